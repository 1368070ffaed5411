import type {KubeObject} from '../../api/object.js';
import {endpointChain, portHash} from '../../images/kube-proxy/chain-names.js';
import {servicePorts} from '../../images/kube-proxy/service-port.js';
import type {Owners} from './owners.js';

type Named = ReadonlyArray<readonly [chain: string, port: string]>;
type Index = ReadonlyMap<string, string>;

/** Names of chains are hashes. Objects never change, so each is hashed once; a list stays the same until something in it is written. */
const hashesOf = new WeakMap<KubeObject, Named>();
const chainsOf = new WeakMap<KubeObject, {service: KubeObject; chains: Named}>();
const byHash = new WeakMap<readonly KubeObject[], Index>();
const byEndpoint = new WeakMap<readonly KubeObject[], {services: readonly KubeObject[]; index: Index}>();

/** Which Service port a chain of kube-proxy is named after, of those that live now. */
export function ownerOfChain(chain: string, owners: Owners): string | undefined {
	const hash = /^KUBE-(?:SVC|SVL|EXT|FW)-(.+)$/.exec(chain)?.[1];
	if (hash) return portsByHash(services(owners)).get(hash);
	return chain.startsWith('KUBE-SEP-') ? portsByEndpoint(owners).get(chain) : undefined;
}

const services = ({world}: Owners) => world.api.reader.list<KubeObject>('services');

function portsByHash(list: readonly KubeObject[]): Index {
	let index = byHash.get(list);
	if (!index) byHash.set(list, (index = new Map(list.flatMap(hashes))));
	return index;
}

function hashes(service: KubeObject): Named {
	let known = hashesOf.get(service);
	if (!known) hashesOf.set(service, (known = servicePorts(service).map(port => [portHash(port), port.name])));
	return known;
}

function portsByEndpoint(owners: Owners): Index {
	const {reader} = owners.world.api;
	const slices = reader.list<KubeObject>('endpointslices.discovery.k8s.io');
	const known = byEndpoint.get(slices);
	if (known?.services === services(owners)) return known.index;
	const index = new Map<string, string>();
	for (const slice of slices) {
		const {namespace, labels} = slice.metadata;
		const service = reader.find<KubeObject>('services', namespace, labels?.['kubernetes.io/service-name'] ?? '');
		for (const [chain, port] of service ? endpointChains(service, slice) : []) index.set(chain, port);
	}
	byEndpoint.set(slices, {services: services(owners), index});
	return index;
}

function endpointChains(service: KubeObject, slice: KubeObject): Named {
	const known = chainsOf.get(slice);
	if (known?.service === service) return known.chains;
	const chains = servicePorts(service).flatMap(port =>
		addressesOf([slice]).map(address => [endpointChain(port, address), port.name] as const),
	);
	chainsOf.set(slice, {service, chains});
	return chains;
}

/** `10.244.1.3:80`, every endpoint with every port. */
export const addressesOf = (slices: readonly KubeObject[]): string[] =>
	slices.flatMap(slice =>
		(slice['ports'] ?? []).flatMap((each: any) =>
			(slice['endpoints'] ?? []).map((endpoint: any) => `${endpoint.addresses?.[0]}:${each.port}`),
		),
	);
