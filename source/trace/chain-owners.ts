import type {KubeObject} from '../api/object.js';
import {endpointChain, portHash} from '../images/kube-proxy/chain-names.js';
import {servicePorts} from '../images/kube-proxy/service-port.js';
import type {Owners} from './owners.js';

/** Names of chains are hashes. Objects never change, so each is hashed once for all traces; a trace only collects them. */
const hashesOf = new WeakMap<KubeObject, ReadonlyArray<readonly [hash: string, port: string]>>();
const chainsOf = new WeakMap<KubeObject, {service: KubeObject; chains: ReadonlyArray<readonly [chain: string, port: string]>}>();

/** Which Service port a chain of kube-proxy is named after, of those that live now. */
export function ownerOfChain(chain: string, owners: Owners): string | undefined {
	const hash = /^KUBE-(?:SVC|SVL|EXT|FW)-(.+)$/.exec(chain)?.[1];
	return hash ? portOfHash(hash, owners) : portOfEndpoint(chain, owners);
}

function portOfHash(hash: string, owners: Owners): string | undefined {
	for (const service of services(owners)) for (const [each, port] of hashes(service)) if (each === hash) return port;
	return undefined;
}

const services = ({world}: Owners) => world.api.reader.list<KubeObject>('services');

function hashes(service: KubeObject) {
	let known = hashesOf.get(service);
	if (!known) hashesOf.set(service, (known = servicePorts(service).map(port => [portHash(port), port.name])));
	return known;
}

function portOfEndpoint(chain: string, {world}: Owners): string | undefined {
	const {reader} = world.api;
	for (const slice of reader.list<KubeObject>('endpointslices.discovery.k8s.io')) {
		const {namespace, labels} = slice.metadata;
		const service = reader.find<KubeObject>('services', namespace, labels?.['kubernetes.io/service-name'] ?? '');
		for (const [each, port] of service ? endpointChains(service, slice) : []) if (each === chain) return port;
	}
	return undefined;
}

function endpointChains(service: KubeObject, slice: KubeObject) {
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
