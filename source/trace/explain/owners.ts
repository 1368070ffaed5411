import type {KubeObject} from '../../api/object.js';
import {keyOf} from '../../api/object.js';
import type {World} from '../../node/world.js';
import {type ServicePort, servicePorts} from '../../images/kube-proxy/service-port.js';

/** A service address, and the port that was asked for if the Service has it. */
export interface ServiceAddress {
	readonly service: KubeObject;
	/** Field that holds the address, or the node port. */
	readonly field: string;
	readonly port?: ServicePort;
	readonly index: number;
}

export interface EndpointPlace {
	readonly slice: KubeObject;
	readonly index: number;
	readonly pod?: KubeObject;
}

/** Finds the objects behind addresses, namespaces and names. Reads the API; keeps nothing beyond one trace. */
export interface Owners {
	readonly world: World;
	/** `pod default/web-1` for `pod/<uid>`; a host's name as it is. */
	label(where: string): string;
	podOf(where: string): KubeObject | undefined;
	/** Node that carries the namespace. */
	nodeOf(where: string): string;
	/** `pod default/web-1`, `node k8s-node1`, `host reg`; undefined when nobody has it. */
	holder(address: string): string | undefined;
	podAt(address: string): KubeObject | undefined;
	service(key: string): KubeObject | undefined;
	/** The Service whose address this is. A node's own address counts with a node port only. */
	serviceAt(address: string, port: number, protocol: string): ServiceAddress | undefined;
	/** Where `address:port` stands in the slices of a Service. */
	endpoint(serviceKey: string, address: string): EndpointPlace | undefined;
	slices(serviceKey: string): readonly KubeObject[];
	/** Who listens: `pod default/web-1`, or the program of a host. */
	listener(where: string, protocol: 'tcp' | 'udp', address: string, port: number): string;
}

const slicesResource = 'endpointslices.discovery.k8s.io';

export function createOwners(world: World): Owners {
	const {reader} = world.api;
	let byUid: Map<string, KubeObject> | undefined;
	const pods = () => (byUid ??= new Map(reader.list<KubeObject>('pods').map(pod => [pod.metadata.uid!, pod])));
	const podOf = (where: string) => (where.startsWith('pod/') ? pods().get(where.slice(4)) : undefined);
	const podAt = (address: string) =>
		[...pods().values()].find(
			({spec, status}: KubeObject) =>
				status?.podIP === address && !spec?.hostNetwork && status?.phase !== 'Succeeded' && status?.phase !== 'Failed',
		);
	const label = (where: string) => {
		const pod = podOf(where);
		return pod ? `pod ${keyOf(pod)}` : where.startsWith('pod/') ? 'a pod that is gone' : where;
	};
	const slices = (key: string) => reader.indexed<KubeObject>(slicesResource, 'service', key);
	return {
		world,
		label,
		podOf,
		podAt,
		slices,
		nodeOf: where => (podOf(where)?.['spec']?.nodeName as string | undefined) ?? where,
		holder(address) {
			const host = world.hostAt(address);
			if (host) return `${reader.find('nodes', undefined, host.name) ? 'node' : 'host'} ${host.name}`;
			const pod = podAt(address);
			return pod && `pod ${keyOf(pod)}`;
		},
		service(key) {
			const [namespace, name] = key.split('/') as [string, string];
			return reader.find<KubeObject>('services', namespace, name);
		},
		serviceAt: (address, port, protocol) => findService(world, address, port, protocol),
		endpoint(key, address) {
			const at = address.lastIndexOf(':');
			const ip = address.slice(0, at);
			for (const slice of slices(key)) {
				const index = (slice['endpoints'] ?? []).findIndex((each: any) => each.addresses?.[0] === ip);
				if (index === -1 || !(slice['ports'] ?? []).some((each: any) => String(each.port) === address.slice(at + 1))) continue;
				const {targetRef} = slice['endpoints'][index];
				const pod = targetRef?.kind === 'Pod' ? reader.find<KubeObject>('pods', targetRef.namespace, targetRef.name) : undefined;
				return {slice, index, ...(pod && {pod})};
			}
			return undefined;
		},
		listener: (where, protocol, address, port) => whoListens(world, label(where), where, protocol, address, port),
	};
}

function findService(world: World, address: string, port: number, protocol: string): ServiceAddress | undefined {
	const isHost = world.hostAt(address) !== undefined || address.startsWith('127.');
	for (const service of world.api.reader.list<KubeObject>('services')) {
		const field = isHost ? undefined : addressField(service, address);
		if (field === undefined && !isHost) continue;
		const ports = servicePorts(service);
		const index = ports.findIndex(each => each.protocol === protocol && (isHost ? each.nodePort : each.port) === port);
		if (isHost && index === -1) continue;
		const found = ports[index];
		return {service, field: field ?? `spec.ports[${index}].nodePort`, index, ...(found && {port: found})};
	}
	return undefined;
}

/** The field of a Service that holds this address. */
export function addressField({spec, status}: KubeObject, address: string): string | undefined {
	if (spec?.clusterIP === address || spec?.clusterIPs?.includes(address)) return 'spec.clusterIP';
	const external = (spec?.externalIPs ?? []).indexOf(address);
	if (external !== -1) return `spec.externalIPs[${external}]`;
	const ingress = (status?.loadBalancer?.ingress ?? []).findIndex((each: any) => each.ip === address);
	return ingress === -1 ? undefined : `status.loadBalancer.ingress[${ingress}].ip`;
}

function whoListens(world: World, label: string, where: string, protocol: 'tcp' | 'udp', address: string, port: number): string {
	if (where.startsWith('pod/')) return label;
	const host = world.host(where);
	if (!host) return 'a server';
	const listening = host.stack.sockets.listeners().filter(each => each.protocol === protocol && each.port === port);
	const listener = listening.find(each => each.address === address) ?? listening[0];
	const container = host.processes.get(listener?.process.pid ?? -1)?.container;
	const found = container ? world.runtime(where).container(container) : undefined;
	return found ? `pod ${found.podNamespace}/${found.podName}` : (listener?.process.name ?? 'the kernel');
}
