import type {Reader} from '../../../api/client.js';
import {type KubeObject, keyOf} from '../../../api/object.js';
import type {ApiServer} from '../../../api/server.js';
import {canonicalAddress} from '../names.js';
import type {KubernetesConfig} from './setup.js';

const slices = 'endpointslices.discovery.k8s.io';
const indexes = {
	service: 'coredns/service',
	sliceAddress: 'coredns/slice-address',
	clusterIp: 'coredns/cluster-ip',
	podIp: 'coredns/pod-ip',
} as const;

const slicesService = (slice: KubeObject): string | undefined => slice.metadata.labels?.['kubernetes.io/service-name'];

/** The lookups that CoreDNS's own informers index by; each keeps a query from scanning the cluster. */
export const lookups: ReadonlyArray<{resource: string; index: string; keys(object: any): readonly string[]}> = [
	{
		resource: slices,
		index: indexes.service,
		keys: slice => (slicesService(slice) ? [`${slice.metadata.namespace}/${slicesService(slice)}`] : []),
	},
	{
		resource: slices,
		index: indexes.sliceAddress,
		keys: slice => (slice.endpoints ?? []).flatMap((endpoint: any) => (endpoint.addresses ?? []).map(canonicalAddress)),
	},
	{resource: 'services', index: indexes.clusterIp, keys: service => clusterIps(service).map(canonicalAddress)},
	{resource: 'pods', index: indexes.podIp, keys: pod => (pod.status?.podIP ? [canonicalAddress(pod.status.podIP)] : [])},
];

const prepared = new WeakSet<ApiServer>();

export function addLookups(api: ApiServer): void {
	if (prepared.has(api)) return;
	prepared.add(api);
	for (const {resource, index, keys} of lookups) api.addIndex(resource, index, keys);
}

export const isHeadless = (service: KubeObject): boolean => service['spec']?.clusterIP === 'None';

export function clusterIps(service: KubeObject): string[] {
	const {clusterIP, clusterIPs} = service['spec'] ?? {};
	return isHeadless(service) ? [] : (clusterIPs ?? (clusterIP ? [clusterIP] : []));
}

export interface EndpointAddress {
	readonly ip: string;
	/** First label of the endpoint's own name. */
	readonly hostname: string;
	readonly service: string;
	readonly namespace: string;
	/** -1 where the slice has no ports: then there is an address but no SRV record. */
	readonly ports: ReadonlyArray<{readonly name: string; readonly protocol: string; readonly port: number}>;
}

export function serviceNamed(reader: Reader, config: KubernetesConfig, namespace: string, name: string): KubeObject | undefined {
	const service = reader.find<KubeObject>('services', namespace, name);
	if (!service || !config.labelSelector) return service;
	return reader.list<KubeObject>('services', {namespace, labelSelector: config.labelSelector}).find(each => each.metadata.name === name);
}

export const endpointsOfService = (reader: Reader, config: KubernetesConfig, namespace: string, name: string): EndpointAddress[] =>
	config.endpoints
		? reader.indexed<KubeObject>(slices, indexes.service, `${namespace}/${name}`).flatMap(slice => addressesOf(slice, config))
		: [];

export const endpointsAt = (reader: Reader, config: KubernetesConfig, address: string): EndpointAddress[] =>
	config.endpoints
		? reader
				.indexed<KubeObject>(slices, indexes.sliceAddress, canonicalAddress(address))
				.flatMap(slice => addressesOf(slice, config))
				.filter(endpoint => canonicalAddress(endpoint.ip) === canonicalAddress(address))
		: [];

export const serviceAt = (reader: Reader, address: string): KubeObject | undefined =>
	reader
		.indexed<KubeObject>('services', indexes.clusterIp, canonicalAddress(address))
		.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))[0];

export const podsAt = (reader: Reader, address: string): readonly KubeObject[] =>
	reader.indexed<KubeObject>('pods', indexes.podIp, canonicalAddress(address));

function addressesOf(slice: KubeObject, config: KubernetesConfig): EndpointAddress[] {
	const service = slicesService(slice);
	if (!service) return [];
	const ports = (slice['ports'] ?? []).map((port: any) => ({
		name: port.name ?? '',
		protocol: String(port.protocol ?? 'TCP').toLowerCase(),
		port: port.port,
	}));
	return (slice['endpoints'] ?? [])
		.filter((endpoint: any) => endpoint.conditions?.ready ?? true)
		.flatMap((endpoint: any) =>
			(endpoint.addresses ?? []).map((ip: string) => ({
				ip,
				hostname: endpointHostname(
					{ip, hostname: endpoint.hostname ?? '', targetRefName: endpoint.targetRef?.name ?? ''},
					config.endpointPodNames,
				),
				service,
				namespace: slice.metadata.namespace!,
				ports: ports.length > 0 ? ports : [{name: '', protocol: '', port: -1}],
			})),
		);
}

/** Its host name if it has one, else (if configured) its pod's name, else the address with dashes. */
export function endpointHostname(address: {ip: string; hostname: string; targetRefName: string}, podNames: boolean): string {
	if (address.hostname) return address.hostname;
	if (podNames && address.targetRefName && address.targetRefName.length < 64) return address.targetRefName;
	if (address.ip.includes('.')) return address.ip.replaceAll('.', '-');
	const dashed = address.ip.replaceAll(':', '-');
	// A label must not end in a dash.
	return dashed.endsWith('-') ? `${dashed}0` : dashed;
}
