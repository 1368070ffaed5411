import type {KubeObject} from '../../api/object.js';
import type {ControllerContext} from '../controller.js';
import type {NodeInfo} from './node-info.js';
import {claimsOf, classOf, findVolume, isReachable, selectedNode} from './volumes.js';

/** While volumes are being bound the pod is looked at again so soon. */
const bindingMs = 20;

/** Binds the pod to its node; volumes that wait for their first consumer go first, and then it is asked again. */
export function bind(context: ControllerContext, pod: KubeObject, info: NodeInfo): {againAfterMs: number} | undefined {
	const {waiting} = claimsOf(context.client, pod);
	if (waiting.length > 0) {
		for (const claim of waiting) assume(context, claim, info);
		return {againAfterMs: bindingMs};
	}

	const {namespace, name, uid} = pod.metadata;
	const target = {apiVersion: 'v1', kind: 'Node', name: info.name};
	context.client.act('pods', namespace, name, 'binding', {apiVersion: 'v1', kind: 'Binding', metadata: {name, namespace, uid}, target});
	context.event(pod, 'Normal', 'Scheduled', `Successfully assigned ${namespace}/${name} to ${info.name}`, {action: 'Binding'});
	return undefined;
}

/** Reserves a volume that fits on the node, or tells the provisioner which node it is for. */
function assume({client}: ControllerContext, claim: KubeObject, info: NodeInfo): void {
	const {namespace, name, uid} = claim.metadata;
	const volume = findVolume(client, claim, candidate => isReachable(candidate, info.node));
	if (volume && !volume['spec'].claimRef) {
		const claimRef = {
			apiVersion: 'v1',
			kind: 'PersistentVolumeClaim',
			namespace,
			name,
			uid,
			resourceVersion: claim.metadata.resourceVersion,
		};
		client.patch('persistentvolumes', undefined, volume.metadata.name, 'merge', {spec: {claimRef}});
	} else if (!volume && classOf(client, claim) && claim.metadata.annotations?.[selectedNode] !== info.name) {
		client.patch('persistentvolumeclaims', namespace, name, 'merge', {metadata: {annotations: {[selectedNode]: info.name}}});
	}
}
