import type {KubeObject} from '../../api/object.js';
import {type ServicePort, usesCluster, usesLocal} from './service-port.js';

/** One address of an EndpointSlice for one service port. Models pkg/proxy/endpoint.go. */
export interface Endpoint {
	/** `10.244.1.9:8080`; endpoints stand in plain text order of it. */
	readonly address: string;
	readonly ip: string;
	readonly port: number;
	readonly local: boolean;
	readonly ready: boolean;
	readonly serving: boolean;
	readonly terminating: boolean;
	readonly zones?: readonly string[];
}

export interface Place {
	readonly nodeName: string;
	/** Label `topology.kubernetes.io/zone` of the node, `''` without one. */
	readonly zone: string;
}

/** The endpoints of `port` in all slices of its Service, each address once. */
export function endpointsOf(port: ServicePort, slices: readonly KubeObject[], nodeName: string): Endpoint[] {
	const found = new Map<string, Endpoint>();
	for (const slice of slices) {
		if (slice['addressType'] !== 'IPv4') continue;
		for (const slicePort of slice['ports'] ?? []) {
			if ((slicePort.name ?? '') !== port.portName || slicePort.port == null) continue;
			if (String(slicePort.protocol ?? 'TCP').toLowerCase() !== port.protocol) continue;
			for (const entry of slice['endpoints'] ?? []) {
				const endpoint = endpointOf(entry, slicePort.port, nodeName);
				if (endpoint && (!found.has(endpoint.address) || endpoint.local)) found.set(endpoint.address, endpoint);
			}
		}
	}

	return [...found.values()].sort((a, b) => (a.address < b.address ? -1 : 1));
}

function endpointOf(entry: any, port: number, nodeName: string): Endpoint | undefined {
	const ip = entry.addresses?.[0];
	if (!ip) return undefined;
	const ready = entry.conditions?.ready ?? true;
	const zones = entry.hints?.forZones?.map((zone: any) => zone.name);
	return {
		address: `${ip}:${port}`,
		ip,
		port,
		local: entry.nodeName !== undefined && entry.nodeName === nodeName,
		ready,
		serving: entry.conditions?.serving ?? ready,
		terminating: entry.conditions?.terminating ?? false,
		...(zones?.length && {zones}),
	};
}

export interface Categorized {
	/** Traffic policy Cluster; undefined where the port has no use for them. */
	readonly cluster: readonly Endpoint[] | undefined;
	/** Traffic policy Local, on this node. */
	readonly local: readonly Endpoint[] | undefined;
	/** All that either list holds. */
	readonly reachable: readonly Endpoint[];
	/** False: nobody anywhere, so traffic is rejected rather than dropped. */
	readonly hasAny: boolean;
}

/** Which endpoints serve which policy (pkg/proxy/topology.go). Terminating ones help out only where no ready one is left. */
export function categorize(endpoints: readonly Endpoint[], port: ServicePort, place: Place): Categorized {
	const cluster = usesCluster(port) ? clusterEndpoints(endpoints, place.zone) : undefined;
	if (!usesLocal(port)) return {cluster, local: undefined, reachable: cluster ?? [], hasAny: (cluster ?? []).length > 0};
	const local = readyOrTerminating(endpoints.filter(endpoint => endpoint.local));
	const hasAny = endpoints.some(endpoint => endpoint.ready || isServingTerminating(endpoint));
	if (!cluster) return {cluster, local, reachable: local, hasAny};
	const extra = local.filter(endpoint => !cluster.includes(endpoint));
	const reachable = extra.length === 0 ? cluster : [...cluster, ...extra].sort((a, b) => (a.address < b.address ? -1 : 1));
	return {cluster, local, reachable, hasAny};
}

function clusterEndpoints(endpoints: readonly Endpoint[], zone: string): Endpoint[] {
	const ready = endpoints.filter(endpoint => endpoint.ready);
	const hinted = ready.every(endpoint => endpoint.zones) && ready.some(endpoint => endpoint.zones?.includes(zone));
	if (hinted) return ready.filter(endpoint => endpoint.zones?.includes(zone));
	return ready.length > 0 ? ready : endpoints.filter(isServingTerminating);
}

function readyOrTerminating(endpoints: readonly Endpoint[]): Endpoint[] {
	const ready = endpoints.filter(endpoint => endpoint.ready);
	return ready.length > 0 ? ready : endpoints.filter(isServingTerminating);
}

const isServingTerminating = (endpoint: Endpoint): boolean => endpoint.serving && endpoint.terminating;
