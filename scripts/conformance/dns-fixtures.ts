import type {Reader} from '../../source/api/client.js';
import {type KubeObject, keyOf} from '../../source/api/object.js';
import {lookups} from '../../source/images/coredns/kubernetes/objects.js';

const resources: Readonly<Record<string, string>> = {
	Namespace: 'namespaces',
	Service: 'services',
	EndpointSlice: 'endpointslices.discovery.k8s.io',
	Pod: 'pods',
	Endpoints: 'endpoints',
	Deployment: 'deployments.apps',
};

/** A list of objects as CoreDNS reads the API. */
export function fixtureReader(objects: readonly KubeObject[]): Reader {
	const of = (resource: string) => objects.filter(object => resources[object.kind] === resource);
	const find = (resource: string, namespace: string | undefined, name: string) =>
		of(resource).find(object => keyOf(object) === (namespace ? `${namespace}/${name}` : name)) as any;
	return {
		find,
		get: find,
		list: resource => of(resource) as any,
		indexed(resource, index, value) {
			const {keys} = lookups.find(lookup => lookup.index === index)!;
			return of(resource).filter(object => keys(object).includes(value)) as any;
		},
	};
}

/** Endpoints written by hand get a slice for each address family, as the mirroring controller makes them. */
export function mirrored(objects: readonly KubeObject[]): KubeObject[] {
	return objects.flatMap(object => {
		if (object.kind !== 'Endpoints') return [object];
		return (object['subsets'] ?? []).flatMap((subset: any, i: number) =>
			['IPv4', 'IPv6'].flatMap(family => {
				const ready = (subset.addresses ?? []).filter((address: any) => address.ip.includes(':') === (family === 'IPv6'));
				if (ready.length === 0) return [];
				const {name, namespace} = object.metadata;
				const endpoints = ready.map((address: any) => ({
					addresses: [address.ip],
					conditions: {ready: true},
					...(address.hostname && {hostname: address.hostname}),
					...(address.targetRef && {targetRef: address.targetRef}),
				}));
				const metadata = {name: `${name}-${i}-${family}`, namespace, labels: {'kubernetes.io/service-name': name}};
				return [
					{apiVersion: 'discovery.k8s.io/v1', kind: 'EndpointSlice', metadata, addressType: family, ports: subset.ports ?? [], endpoints},
				];
			}),
		);
	});
}
