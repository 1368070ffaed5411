import {linkLocalOf} from '../../../net/address.js';
import type {Link, LinkAddress} from '../../../net/link.js';
import {linkState, queueLengthOf} from '../../../net/link-state.js';
import type {Namespace} from '../../../net/namespace.js';
import type {TableNames} from './tables.js';

export interface IpOptions {
	readonly family?: 4 | 6;
	readonly brief: boolean;
	readonly oneLine: boolean;
	readonly stats: boolean;
	/** `-s -s`: errors one by one. */
	readonly errors?: boolean;
	readonly details?: boolean;
	/** `-t` and `-ts`: when each event of `monitor` came. */
	readonly stamps?: 'long' | 'short';
	readonly json?: 'plain' | 'pretty';
	/** The ip of BusyBox, as small images have it. */
	readonly busybox: boolean;
	readonly tables: TableNames;
	/** The network that a name or the number of a process stands for, as `ip link set ... netns` takes it. */
	readonly network?: (name: string) => Namespace | undefined;
}

const queues: Readonly<Record<Link['type'], string>> = {
	loopback: 'noqueue',
	ethernet: 'fq_codel',
	veth: 'noqueue',
	bridge: 'noqueue',
	dummy: 'noqueue',
	ipip: 'noqueue',
	vxlan: 'noqueue',
};

/** `<BROADCAST,MULTICAST,UP,LOWER_UP>` without the brackets. */
export function linkFlags(stack: Namespace, link: Link): string {
	const flags: string[] = [];
	if (link.up && !link.carrier) flags.push('NO-CARRIER');
	if (link.type === 'loopback') flags.push('LOOPBACK');
	else if (link.type !== 'ipip') flags.push('BROADCAST');
	if (!link.noArp && link.type !== 'loopback' && link.type !== 'ipip') flags.push('MULTICAST');
	if (link.noArp || link.type === 'ipip') flags.push('NOARP');
	if (link.up) flags.push('UP');
	if (link.up && link.carrier) flags.push('LOWER_UP');
	// The other end, where this namespace sees it.
	if (link.peer?.namespace === stack.name && !stack.links.get(link.peer.link)?.up) flags.push('M-DOWN');
	return flags.join(',');
}

/** `eth0@if7`, `tunl0@NONE`: the other end's index in its own namespace. */
export function linkName(stack: Namespace, link: Link): string {
	if (link.type === 'ipip') return `${link.name}@NONE`;
	if (!link.peer) return link.name;
	const peer = stack.kernel.wire.kernel(link.peer.namespace)?.links.get(link.peer.link);
	return link.peer.namespace === stack.name ? `${link.name}@${link.peer.link}` : `${link.name}@if${peer?.index ?? 0}`;
}

/** Other namespaces are numbered as this one met them. */
export function netnsId(stack: Namespace, link: Link): string {
	if (!link.peer || link.peer.namespace === stack.name) return '';
	const known = [
		...new Set(stack.links.list().flatMap(each => (each.peer && each.peer.namespace !== stack.name ? [each.peer.namespace] : []))),
	];
	return ` link-netnsid ${known.indexOf(link.peer.namespace)}`;
}

export function firstLine(stack: Namespace, link: Link, withMode: boolean): string {
	const length = queueLengthOf(link);
	const queue = link.up ? queues[link.type] : 'noop';
	const master = link.master === undefined ? '' : `master ${link.master} `;
	return (
		`${link.index}: ${linkName(stack, link)}: <${linkFlags(stack, link)}> mtu ${link.mtu} qdisc ${queue} ${master}state ${linkState(link)} ` +
		`${withMode ? 'mode DEFAULT ' : ''}group default ${length === 0 ? '' : `qlen ${length}`}`
	);
}

export function linkLine(stack: Namespace, link: Link): string {
	const kind = link.type === 'loopback' ? 'loopback' : link.type === 'ipip' ? 'ipip' : 'ether';
	const broadcast = link.type === 'loopback' ? '00:00:00:00:00:00' : link.type === 'ipip' ? '0.0.0.0' : 'ff:ff:ff:ff:ff:ff';
	return `    link/${kind} ${link.type === 'ipip' ? '0.0.0.0' : link.mac} brd ${broadcast}${netnsId(stack, link)}`;
}

/** IPv4 first, then IPv6: what was added, and what the kernel adds by itself. */
export function addressesOf(stack: Namespace, link: Link, family: 4 | 6 | undefined): LinkAddress[] {
	const isV6 = ({address}: LinkAddress) => address.includes(':');
	const own6: LinkAddress[] = [];
	const has6 = stack.sysctl(`net.ipv6.conf.all.disable_ipv6`) !== '1' && link.up;
	if (has6 && link.type === 'loopback') own6.push({address: '::1', prefix: 128, scope: 'host'});
	else if (has6 && ['ethernet', 'veth', 'bridge'].includes(link.type))
		own6.push({address: linkLocalOf(link.mac), prefix: 64, scope: 'link'});
	return [
		...(family === 6 ? [] : link.addresses.filter(address => !isV6(address))),
		...(family === 4 ? [] : [...link.addresses.filter(isV6), ...own6]),
	];
}

export function addressText(link: Link, {address, prefix, broadcast, scope, label, dynamic}: LinkAddress): string {
	const isV6 = address.includes(':');
	const brd = broadcast === undefined ? '' : ` brd ${broadcast}`;
	return `${isV6 ? 'inet6' : 'inet'} ${address}/${prefix}${brd} scope ${scope}${dynamic ? ' dynamic' : ''} ${isV6 ? '' : (label ?? link.name)}`;
}

export const lifetime = '       valid_lft forever preferred_lft forever';
