import {inPrefix, isLoopback, parseIpv4, parsePrefix} from '../../net/address.js';
import type {ProxyConfig} from './config.js';

/** What the rules of this node depend on besides Services and endpoints. Plain data, fixed at start except for `zone`. */
export interface Settings {
	readonly nodeName: string;
	readonly nodeIp: string;
	readonly zone: string;
	readonly masqueradeAll: boolean;
	/** `0x4000` */
	readonly mark: string;
	/** Match of traffic that starts at a pod of the cluster, and its opposite; `''` when no way to tell is configured. */
	readonly ifLocal: string;
	readonly ifNotLocal: string;
	/** Node ports answer on 127.0.0.1 too. */
	readonly localhostNodePorts: boolean;
	/** Addresses that node ports answer on; undefined: all local ones. */
	readonly nodePortIps?: readonly string[];
	readonly conntrackTcpLiberal: boolean;
	readonly familyV6?: boolean;
}

export interface NodeFacts {
	readonly name: string;
	readonly ip: string;
	readonly zone: string;
	readonly podCidr: string;
	/** IPv4 addresses of its interfaces. */
	readonly addresses: readonly string[];
}

export function settingsOf(config: ProxyConfig, node: NodeFacts): Settings {
	const [ifLocal, ifNotLocal] = localMatch(config, node);
	const nodePortIps = nodePortAddresses(config.nodePortAddresses, node);
	const loopbackWanted =
		config.nodePortAddresses.length === 0 || config.nodePortAddresses.some(cidr => cidr !== 'primary' && holdsLoopback(cidr));
	return {
		nodeName: node.name,
		nodeIp: node.ip,
		zone: node.zone,
		masqueradeAll: config.masqueradeAll,
		mark: `0x${(2 ** config.masqueradeBit).toString(16).padStart(8, '0')}`,
		ifLocal,
		ifNotLocal,
		localhostNodePorts: config.localhostNodePorts && loopbackWanted,
		...(nodePortIps && {nodePortIps}),
		conntrackTcpLiberal: config.tcpBeLiberal,
	};
}

/** pkg/proxy/util/localdetector.go */
function localMatch(config: ProxyConfig, node: NodeFacts): [string, string] {
	const both = (match: string): [string, string] => [match, `! ${match}`];
	switch (config.detectLocalMode) {
		case 'NodeCIDR':
			return node.podCidr ? both(`-s ${node.podCidr}`) : ['', ''];
		case 'BridgeInterface':
			return config.bridgeInterface ? both(`-i ${config.bridgeInterface}`) : ['', ''];
		case 'InterfaceNamePrefix':
			return config.interfaceNamePrefix ? both(`-i ${config.interfaceNamePrefix}+`) : ['', ''];
		default: {
			const cidr = config.clusterCIDR.split(',').find(part => part && !part.includes(':'));
			return cidr ? both(`-s ${cidr}`) : ['', ''];
		}
	}
}

function nodePortAddresses(wanted: readonly string[], node: NodeFacts): string[] | undefined {
	if (wanted.length === 0 || wanted.includes('0.0.0.0/0')) return undefined;
	if (wanted[0] === 'primary') return [node.ip];
	return node.addresses.filter(address => wanted.some(range => cidrHolds(range, address)));
}

function holdsLoopback(cidr: string): boolean {
	const range = parsePrefix(cidr);
	return range !== undefined && (range.length === 0 || isLoopback(cidr));
}

export function cidrHolds(cidr: string, address: string): boolean {
	const range = parsePrefix(cidr);
	const value = parseIpv4(address);
	return range !== undefined && value !== undefined && inPrefix(value, range);
}

/** The IPv6 side of a node without IPv6 addresses. */
export const v6Side = (settings: Settings): Settings => ({
	...settings,
	ifLocal: '',
	ifNotLocal: '',
	familyV6: true,
	...(settings.nodePortIps && {nodePortIps: []}),
});
