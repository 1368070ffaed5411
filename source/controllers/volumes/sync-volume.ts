import type {KubeObject} from '../../api/object.js';
import type {ControllerContext} from '../controller.js';
import {boundByController} from './claims.js';

/** Free, bound, or left behind by its claim and then reclaimed as its policy says. */
export function syncVolume(context: ControllerContext, volume: KubeObject): void {
	const reference = volume['spec'].claimRef;
	if (!reference?.uid) {
		setPhase(context, volume, 'Available');
		return;
	}

	const claim = context.client.find<KubeObject>('persistentvolumeclaims', reference.namespace, reference.name);
	if (claim && claim.metadata.uid === reference.uid) {
		if (claim['spec'].volumeName === volume.metadata.name) setPhase(context, volume, 'Bound');
		// The claim went elsewhere: what the controller reserved it lets go again.
		else if (claim['spec'].volumeName && volume.metadata.annotations?.[boundByController]) release(context, volume);
		return;
	}

	if (volume['status']?.phase === 'Failed') return;
	const policy = volume['spec'].persistentVolumeReclaimPolicy;
	if (policy === 'Delete') remove(context, volume);
	else if (policy === 'Recycle') recycle(context, volume);
	else setPhase(context, volume, 'Released');
}

function setPhase({client}: ControllerContext, volume: KubeObject, phase: string, message?: string): void {
	if (volume['status']?.phase === phase) return;
	const {message: _, ...status} = volume['status'] ?? {};
	client.updateStatus({...volume, status: {...status, phase, ...(message && {message})}});
}

/** Only what was made here, or lies in /tmp, may be deleted (pkg/volume/hostpath NewDeleter). */
function remove(context: ControllerContext, volume: KubeObject): void {
	const {hostPath} = volume['spec'];
	const provisioned = volume.metadata.annotations?.['pv.kubernetes.io/provisioned-by'];
	if (provisioned || hostPath?.path?.startsWith('/tmp/')) {
		if (!volume.metadata.deletionTimestamp) {
			setPhase(context, volume, 'Released');
			context.client.delete('persistentvolumes', undefined, volume.metadata.name);
		}

		return;
	}

	const why = hostPath
		? `host_path deleter only supports /tmp/.+ but received provided ${hostPath.path}`
		: `error getting deleter volume plugin for volume ${JSON.stringify(volume.metadata.name)}: no deletable volume plugin matched`;
	context.event(volume, 'Warning', 'VolumeFailedDelete', why);
	setPhase(context, volume, 'Failed', why);
}

function recycle(context: ControllerContext, volume: KubeObject): void {
	if (!volume['spec'].hostPath && !volume['spec'].nfs) {
		const text = 'No recycler plugin found for the volume!';
		context.event(volume, 'Warning', 'VolumeFailedRecycle', text);
		setPhase(context, volume, 'Failed', text);
		return;
	}

	context.event(volume, 'Normal', 'VolumeRecycled', 'Volume recycled');
	release(context, volume);
}

function release(context: ControllerContext, volume: KubeObject): void {
	const patch = {metadata: {annotations: {[boundByController]: null}}, spec: {claimRef: null}};
	setPhase(context, context.client.patch<KubeObject>('persistentvolumes', undefined, volume.metadata.name, 'merge', patch), 'Available');
}
