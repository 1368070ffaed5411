import type {Custom} from '../resources.js';

export interface Reference {
	readonly from: {readonly kind: 'Gateway' | 'HTTPRoute' | 'GRPCRoute'; readonly namespace: string};
	readonly to: {readonly kind: 'Service' | 'Secret'; readonly namespace: string; readonly name: string};
}

/** Whether a reference into another namespace is allowed there. */
export function isGranted(grants: readonly Custom[], {from, to}: Reference): boolean {
	return grants.some(
		({metadata, spec}) =>
			metadata.namespace === to.namespace &&
			spec.from.some(
				(each: any) => each.group === 'gateway.networking.k8s.io' && each.kind === from.kind && each.namespace === from.namespace,
			) &&
			spec.to.some(
				(each: any) => (each.group === '' || each.group === 'core') && each.kind === to.kind && (!each.name || each.name === to.name),
			),
	);
}
