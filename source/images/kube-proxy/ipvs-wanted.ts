import type {VirtualServerId, VirtualServerOptions} from '../../net/ipvs/ipvs.js';
import {categorize, type Endpoint} from './endpoint.js';
import type {ForbiddenAddress} from './ipvs-rules.js';
import type {SetName} from './ipvs-sets.js';
import {externallyAccessible} from './service-port.js';
import type {PortState} from './service-map.js';
import {cidrHolds, type Settings} from './settings.js';

export interface WantedServer {
	readonly id: VirtualServerId;
	readonly options: VirtualServerOptions;
	readonly endpoints: readonly Endpoint[];
}

/** All that the kernel should hold for these service ports. */
export interface Wanted {
	readonly servers: WantedServer[];
	/** On kube-ipvs0, in the order in which the services brought them. */
	readonly addresses: Set<string>;
	readonly members: Map<SetName, Set<string>>;
	readonly forbidden: ForbiddenAddress[];
}

export interface IpvsPlace {
	readonly settings: Settings;
	readonly scheduler: string;
	/** Addresses node ports answer on. */
	readonly nodeIps: readonly string[];
	/** Addresses on other links: such an external address is not bound again. */
	readonly foreign: ReadonlySet<string>;
}

/** Models the per-service part of syncProxyRules (pkg/proxy/ipvs/proxier.go). */
export function wantedOf(ports: Iterable<PortState>, place: IpvsPlace): Wanted {
	const wanted: Wanted = {servers: [], addresses: new Set(), members: new Map(), forbidden: []};
	for (const state of ports) addPort(wanted, state, place);
	wanted.members.set('KUBE-IPVS-IPS', new Set(wanted.addresses));
	return wanted;
}

function addPort(wanted: Wanted, {port, endpoints}: PortState, place: IpvsPlace): void {
	const {protocol} = port;
	const add = (set: SetName, entry: string) => {
		if (!wanted.members.has(set)) wanted.members.set(set, new Set());
		wanted.members.get(set)!.add(entry);
	};

	const options: VirtualServerOptions = {
		scheduler: place.scheduler,
		...(port.affinitySeconds > 0 && {persistentSeconds: port.affinitySeconds}),
	};
	const chosen = categorize(endpoints, port, place.settings);
	const cluster = chosen.cluster ?? [];
	// Unlike in iptables mode, a Local policy without local endpoints falls back to the others.
	const pick = (local: boolean) => (local && (chosen.local?.length ?? 0) > 0 ? chosen.local! : cluster);
	const serve = (address: string, number: number, local: boolean) =>
		wanted.servers.push({id: {protocol, address, port: number}, options, endpoints: pick(local)});
	for (const endpoint of endpoints) {
		if (endpoint.local) add('KUBE-LOOP-BACK', `${endpoint.ip},${protocol}:${endpoint.port},${endpoint.ip}`);
	}

	const entry = (address: string) => `${address},${protocol}:${port.port}`;
	add('KUBE-CLUSTER-IP', entry(port.clusterIp));
	wanted.addresses.add(port.clusterIp);
	serve(port.clusterIp, port.port, port.internalLocal);
	for (const address of port.externalIps) {
		add(port.externalLocal ? 'KUBE-EXTERNAL-IP-LOCAL' : 'KUBE-EXTERNAL-IP', entry(address));
		if (!place.foreign.has(address)) wanted.addresses.add(address);
		serve(address, port.port, port.externalLocal);
	}

	for (const address of port.loadBalancerIps) {
		add('KUBE-LOAD-BALANCER', entry(address));
		if (port.externalLocal) add('KUBE-LOAD-BALANCER-LOCAL', entry(address));
		addRanges(wanted, {port, endpoints}, address, place.settings, add);
		if (!place.foreign.has(address)) wanted.addresses.add(address);
		serve(address, port.port, port.externalLocal);
	}

	if (port.nodePort !== 0) addNodePort({port, endpoints}, place.nodeIps, add, address => serve(address, port.nodePort, port.externalLocal));
	if (port.healthCheckNodePort !== 0 && externallyAccessible(port)) add('KUBE-HEALTH-CHECK-NODE-PORT', String(port.healthCheckNodePort));
}

type Add = (set: SetName, entry: string) => void;

function addRanges(wanted: Wanted, {port}: PortState, address: string, settings: Settings, add: Add): void {
	if (port.sourceRanges.length === 0) return;
	const entry = `${address},${port.protocol}:${port.port}`;
	add('KUBE-LOAD-BALANCER-FW', entry);
	for (const range of port.sourceRanges) add('KUBE-LOAD-BALANCER-SOURCE-CIDR', `${entry},${range}`);
	if (port.sourceRanges.some(range => cidrHolds(range, settings.nodeIp))) add('KUBE-LOAD-BALANCER-SOURCE-IP', `${entry},${address}`);
	else wanted.forbidden.push({address, protocol: port.protocol, port: port.port});
}

function addNodePort({port}: PortState, nodeIps: readonly string[], add: Add, serve: (address: string) => void): void {
	const {protocol, nodePort} = port;
	if (nodeIps.length === 0) return;
	if (protocol === 'sctp') {
		for (const address of nodeIps) {
			add('KUBE-NODE-PORT-SCTP-HASH', `${address},sctp:${nodePort}`);
			if (port.externalLocal) add('KUBE-NODE-PORT-LOCAL-SCTP-HASH', `${address},sctp:${nodePort}`);
		}
	} else {
		const upper = protocol === 'tcp' ? 'TCP' : 'UDP';
		add(`KUBE-NODE-PORT-${upper}`, String(nodePort));
		if (port.externalLocal) add(`KUBE-NODE-PORT-LOCAL-${upper}`, String(nodePort));
	}

	for (const address of nodeIps) serve(address);
}
