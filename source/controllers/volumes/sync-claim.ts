import type {KubeObject} from '../../api/object.js';
import {equal} from '../../api/values/plain.js';
import type {ControllerContext} from '../controller.js';
import {classOf, findVolume, isReservedFor, selectedNode} from '../scheduler/volumes.js';
import {bindCompleted, boundByController} from './claims.js';
import {provision, waitForProvisioner} from './provision.js';

/** A claim that is bound stays so; another one looks for a volume, or has one made. */
export function syncClaim(context: ControllerContext, claim: KubeObject): void {
	if (claim.metadata.annotations?.[bindCompleted]) checkBound(context, claim);
	else if (claim['spec'].volumeName) bindToNamed(context, claim);
	else bindToAny(context, claim);
}

function checkBound(context: ControllerContext, claim: KubeObject): void {
	const volume = context.client.find<KubeObject>('persistentvolumes', undefined, claim['spec'].volumeName);
	if (volume && isReservedFor(volume, claim)) {
		bind(context, claim, volume);
		return;
	}

	if (claim['status']?.phase === 'Lost') return;
	context.event(claim, 'Warning', 'ClaimLost', 'Bound claim has lost its PersistentVolume. Data on the volume is lost!');
	context.client.updateStatus({...claim, status: {...claim['status'], phase: 'Lost'}});
}

function bindToNamed(context: ControllerContext, claim: KubeObject): void {
	const volume = context.client.find<KubeObject>('persistentvolumes', undefined, claim['spec'].volumeName);
	if (volume && (!volume['spec'].claimRef || isReservedFor(volume, claim))) {
		bind(context, claim, volume);
		return;
	}

	if (volume)
		context.event(claim, 'Warning', 'FailedBinding', `volume ${JSON.stringify(volume.metadata.name)} already bound to a different claim.`);
	setPending(context, claim);
}

function bindToAny(context: ControllerContext, claim: KubeObject): void {
	const {client, event} = context;
	const storageClass = classOf(client, claim);
	const waits = storageClass?.['volumeBindingMode'] === 'WaitForFirstConsumer' && !claim.metadata.annotations?.[selectedNode];
	const reserved = findVolume(client, claim, () => !waits);
	if (reserved) {
		bind(context, claim, reserved);
		return;
	}

	setPending(context, claim);
	const className = claim['spec'].storageClassName;
	if (waits) {
		event(claim, 'Normal', 'WaitForFirstConsumer', 'waiting for first consumer to be created before binding');
	} else if (!className) {
		event(claim, 'Normal', 'FailedBinding', 'no persistent volumes available for this claim and no storage class is set');
	} else if (!storageClass) {
		event(claim, 'Warning', 'ProvisioningFailed', `storageclass.storage.k8s.io ${JSON.stringify(className)} not found`);
	} else if (storageClass['provisioner'] === 'kubernetes.io/no-provisioner') {
		event(claim, 'Normal', 'WaitForPodScheduled', 'waiting for pod to be scheduled');
	} else if (!provision(context, claim, storageClass)) {
		waitForProvisioner(context, claim, storageClass);
	}
}

function setPending({client}: ControllerContext, claim: KubeObject): void {
	if (claim['status']?.phase === 'Pending') return;
	client.updateStatus({...claim, status: {...claim['status'], phase: 'Pending'}});
}

/** Both sides name each other, then both are Bound. Every step may be there already. */
function bind({client}: ControllerContext, claim: KubeObject, volume: KubeObject): void {
	const {namespace, name, uid, resourceVersion} = claim.metadata;
	if (volume['spec'].claimRef?.uid !== uid) {
		const byUs = !volume['spec'].claimRef;
		const claimRef = {apiVersion: 'v1', kind: 'PersistentVolumeClaim', namespace, name, uid, resourceVersion};
		const patch = {...(byUs && {metadata: {annotations: {[boundByController]: 'yes'}}}), spec: {claimRef}};
		client.patch('persistentvolumes', undefined, volume.metadata.name, 'merge', patch);
	}

	const fresh = client.get<KubeObject>('persistentvolumes', undefined, volume.metadata.name);
	if (fresh['status']?.phase !== 'Bound') client.updateStatus({...fresh, status: {...fresh['status'], phase: 'Bound'}});
	if (!claim.metadata.annotations?.[bindCompleted] || claim['spec'].volumeName !== volume.metadata.name) {
		const annotations = {[bindCompleted]: 'yes', ...(!claim['spec'].volumeName && {[boundByController]: 'yes'})};
		client.patch('persistentvolumeclaims', namespace, name, 'merge', {metadata: {annotations}, spec: {volumeName: volume.metadata.name}});
	}

	const bound = client.get<KubeObject>('persistentvolumeclaims', namespace, name);
	const {accessModes, capacity} = volume['spec'];
	const status = {...bound['status'], phase: 'Bound', accessModes, capacity};
	if (!equal(status, bound['status'])) client.updateStatus({...bound, status});
}
