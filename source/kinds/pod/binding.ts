import {badRequest, conflict, plainError} from '../../api/errors.js';
import type {Action} from '../../api/kind.js';
import {rfc3339} from '../../api/values/time.js';

/** POST pods/binding: gives the pod its node, once. Models pkg/registry/core/pod/storage BindingREST.assignPod. */
export const binding: Action = ({kind, reader, keep, sim, namespace, name, body}) => {
	const pod = reader.get<any>('pods', namespace, name);
	if (body?.metadata?.name !== name) throw badRequest('name in URL does not match name in Binding object');
	const {kind: target = '', name: node = ''} = body.target ?? {};
	if (target && target !== 'Node')
		throw plainError(`target.kind: Unsupported value: ${JSON.stringify(target)}: supported values: "Node", "<empty>"`);
	if (!node) throw plainError('target.name: Required value');
	if (pod.metadata.deletionTimestamp) throw conflict(kind, name, `pod ${name} is being deleted, cannot be assigned to a host`);
	if (pod.spec.nodeName) throw conflict(kind, name, `pod ${name} is already assigned to node ${JSON.stringify(pod.spec.nodeName)}`);
	const others = (pod.status.conditions ?? []).filter((condition: {type: string}) => condition.type !== 'PodScheduled');
	const scheduled = {type: 'PodScheduled', status: 'True', lastProbeTime: null, lastTransitionTime: rfc3339(sim.clock.now())};
	keep({...pod, spec: {...pod.spec, nodeName: node}, status: {...pod.status, conditions: [...others, scheduled]}}, pod);
	return {kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', code: 201};
};
