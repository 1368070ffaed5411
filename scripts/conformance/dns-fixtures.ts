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

export const serverAddress = '10.244.0.2';
export const clientAddress = '10.244.0.200';

/** What a running cluster adds to the objects of a fixture: the DNS pod, the client pod, addresses for pods and slices for selectors. */
export function populated(objects: readonly KubeObject[], clientNamespace: string | undefined): KubeObject[] {
	const pods: KubeObject[] = objects
		.filter(object => object.kind === 'Pod' && !object['status']?.podIP)
		.map((pod, i) => ({...pod, status: {podIP: `10.244.1.${i + 1}`}}));
	const dns = {
		apiVersion: 'v1',
		kind: 'Pod',
		metadata: {name: 'coredns', namespace: 'kube-system', labels: {'k8s-app': 'kube-dns'}},
		status: {podIP: serverAddress},
	};
	const client = {
		apiVersion: 'v1',
		kind: 'Pod',
		metadata: {name: 'client', namespace: clientNamespace ?? 'default'},
		status: {podIP: clientAddress},
	};
	const running = [...pods, ...(clientNamespace ? [dns, client] : [])];
	const slices = objects
		.filter(object => object.kind === 'Service' && object['spec'].selector)
		.flatMap(service => selected(service, running));
	return [...objects.filter(object => !pods.some(pod => keyOf(pod) === keyOf(object) && object.kind === 'Pod')), ...running, ...slices];
}

function selected(service: KubeObject, pods: readonly KubeObject[]): KubeObject[] {
	const chosen = pods.filter(
		pod =>
			pod.metadata.namespace === service.metadata.namespace &&
			Object.entries(service['spec'].selector).every(([key, value]) => pod.metadata.labels?.[key] === value),
	);
	if (chosen.length === 0) return [];
	const {name, namespace} = service.metadata;
	const endpoints = chosen.map(pod => ({
		addresses: [pod['status'].podIP],
		conditions: {ready: true},
		targetRef: {kind: 'Pod', name: pod.metadata.name},
	}));
	const metadata = {name: `${name}-pods`, namespace: namespace!, labels: {'kubernetes.io/service-name': name}};
	return [
		{
			apiVersion: 'discovery.k8s.io/v1',
			kind: 'EndpointSlice',
			metadata,
			addressType: 'IPv4',
			ports: service['spec'].ports ?? [],
			endpoints,
		},
	];
}
