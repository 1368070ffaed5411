import type {KubeObject} from '../api/object.js';
import type {Reader} from '../api/client.js';
import type {Machine} from '../node/host/machine.js';

export interface ExpectedServer {
	/** `TCP 10.96.0.10:53`, as ipvsadm lists it. */
	readonly id: string;
	/** Which Service wants it, e.g. `kube-system/kube-dns:dns-tcp`. */
	readonly service: string;
	/** `address:port` of every ready endpoint that must stand behind it, sorted. */
	readonly servers: readonly string[];
}

/** The virtual servers that an ipvs-mode node must hold for all Services. Models pkg/proxy/ipvs/proxier.go (syncProxyRules). */
export function expectedVirtualServers(reader: Reader, node: Machine): ExpectedServer[] {
	return reader.list('services').flatMap(service => (isProxied(service) ? ofService(service, reader, node) : []));
}

const isProxied = ({spec}: KubeObject) => spec.type !== 'ExternalName' && spec.clusterIP && spec.clusterIP !== 'None';

function ofService(service: KubeObject, reader: Reader, node: Machine): ExpectedServer[] {
	const {namespace, name} = service.metadata;
	const slices = reader.list('endpointslices.discovery.k8s.io', {
		namespace: namespace!,
		labelSelector: `kubernetes.io/service-name=${name}`,
	});
	const {spec, status} = service;
	const external: string[] = [
		...(spec.externalIPs ?? []),
		...(status?.loadBalancer?.ingress ?? []).flatMap((each: {ip?: string}) => each.ip ?? []),
	];
	return spec.ports.flatMap((port: Port) => {
		const inside = readyEndpoints(slices, port, spec.internalTrafficPolicy === 'Local' ? node.hostname : undefined, false);
		const outside = readyEndpoints(slices, port, spec.externalTrafficPolicy === 'Local' ? node.hostname : undefined, true);
		const entry = (address: string, number: number, servers: readonly string[]) => ({
			id: `${port.protocol ?? 'TCP'} ${address}:${number}`,
			service: `${namespace}/${name}${port.name ? `:${port.name}` : ''}`,
			servers,
		});
		return [
			entry(spec.clusterIP, port.port, inside),
			...external.map(address => entry(address, port.port, outside)),
			...(port.nodePort ? nodeAddresses(node).map(address => entry(address, port.nodePort!, outside)) : []),
		];
	});
}

interface Port {
	readonly name?: string;
	readonly protocol?: string;
	readonly port: number;
	readonly nodePort?: number;
}

/** With `localTo`, only that node's endpoints; an external list that is empty then falls back to all of them, as the proxier does. */
function readyEndpoints(slices: readonly KubeObject[], port: Port, localTo: string | undefined, fallBack: boolean): string[] {
	const all = slices.flatMap(slice => {
		const target = slice['ports']?.find(
			(each: Port) => (each.name ?? '') === (port.name ?? '') && (each.protocol ?? 'TCP') === (port.protocol ?? 'TCP'),
		);
		if (!target) return [];
		return (slice['endpoints'] ?? [])
			.filter((endpoint: any) => endpoint.conditions?.ready !== false)
			.flatMap((endpoint: any) =>
				endpoint.addresses.map((address: string) => ({server: `${address}:${target.port}`, node: endpoint.nodeName})),
			);
	});
	const local = localTo === undefined ? all : all.filter(each => each.node === localTo);
	return (local.length === 0 && fallBack ? all : local).map(each => each.server).sort();
}

/** Every IPv4 address of the node but loopback's and kube-ipvs0's: where a nodePort listens. */
const nodeAddresses = ({stack}: Machine): string[] =>
	stack.links
		.list()
		.filter(link => link.type !== 'loopback' && link.name !== 'kube-ipvs0')
		.flatMap(link => link.addresses.filter(each => !each.address.includes(':')).map(each => each.address));
