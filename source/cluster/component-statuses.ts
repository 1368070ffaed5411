import type {KubeObject} from '../api/object.js';

/** What kube-apiserver finds when it knocks at the other parts (pkg/registry/core/componentstatus). */
export const componentStatuses = ({controllersUp, schedulerUp}: {controllersUp(): boolean; schedulerUp(): boolean}): KubeObject[] => [
	component('controller-manager', controllersUp() || 10_257),
	component('scheduler', schedulerUp() || 10_259),
	// A server that answers has its etcd.
	component('etcd-0', true),
];

/** `true`, or the port on which nobody answers. */
function component(name: string, health: true | number): KubeObject {
	const message =
		health === true
			? {message: 'ok'}
			: {message: `Get "https://127.0.0.1:${health}/healthz": dial tcp 127.0.0.1:${health}: connect: connection refused`};
	return {
		apiVersion: 'v1',
		kind: 'ComponentStatus',
		metadata: {name, creationTimestamp: null} as any,
		conditions: [{type: 'Healthy', status: health === true ? 'True' : 'False', ...message}],
	};
}
