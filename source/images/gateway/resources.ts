import type {Client} from '../../api/client.js';
import {ApiError} from '../../api/status.js';
import type {KubeObject} from '../../api/object.js';

/** Custom resources have no Go type here: their shape is what their definition has checked. */
export type Custom = KubeObject & {readonly spec: any; readonly status?: any};

const group = 'gateway.networking.k8s.io';

export const resources = {
	classes: `gatewayclasses.${group}`,
	gateways: `gateways.${group}`,
	httpRoutes: `httproutes.${group}`,
	grpcRoutes: `grpcroutes.${group}`,
	grants: `referencegrants.${group}`,
	slices: 'endpointslices.discovery.k8s.io',
	definitions: 'customresourcedefinitions.apiextensions.k8s.io',
	leases: 'leases.coordination.k8s.io',
} as const;

/** All that the control plane decides by. */
export interface Objects {
	readonly classes: readonly Custom[];
	readonly gateways: readonly Custom[];
	readonly httpRoutes: readonly Custom[];
	readonly grpcRoutes: readonly Custom[];
	readonly grants: readonly Custom[];
	find(resource: string, namespace: string | undefined, name: string): Custom | undefined;
	/** EndpointSlices of a Service. */
	slices(namespace: string, service: string): readonly Custom[];
}

/** Undefined as long as the Gateway API is not installed. */
export function readObjects(client: Client): Objects | undefined {
	const list = (resource: string) => client.list<Custom>(resource);
	try {
		return {
			classes: list(resources.classes),
			gateways: list(resources.gateways),
			httpRoutes: list(resources.httpRoutes),
			grpcRoutes: list(resources.grpcRoutes),
			grants: list(resources.grants),
			find: (resource, namespace, name) => client.find<Custom>(resource, namespace, name),
			slices: (namespace, service) =>
				client.list<Custom>(resources.slices, {namespace, labelSelector: `kubernetes.io/service-name=${service}`}),
		};
	} catch (error) {
		if (!(error instanceof ApiError)) throw error;
		return undefined;
	}
}

export const keyOf = ({metadata}: KubeObject): string => `${metadata.namespace ?? ''}/${metadata.name}`;

/** The older first, then by `namespace/name`: who wins where only one can. */
export function older(one: KubeObject, other: KubeObject): number {
	const [a, b] = [one.metadata.creationTimestamp ?? '', other.metadata.creationTimestamp ?? ''];
	if (a !== b) return a < b ? -1 : 1;
	return keyOf(one) < keyOf(other) ? -1 : 1;
}
