import type {Link, LinkAddress} from '../../../net/link.js';
import type {Namespace} from '../../../net/namespace.js';
import type {Neighbour} from '../../../net/neighbour.js';
import type {Route} from '../../../net/route.js';
import {destinationText} from './route-text.js';
import {linkState} from '../../../net/link-state.js';
import {firstLine, type IpOptions, linkFlags, linkLine, linkName} from './print.js';

type Json = Readonly<Record<string, unknown>>;

/** iproute2's own pretty printing: objects by line, lists of plain values on one. */
export function jsonText(rows: readonly Json[], {json}: IpOptions): string {
	return `${json === 'pretty' ? pretty(rows, 0) : JSON.stringify(rows)}\n`;
}

function pretty(value: unknown, depth: number): string {
	const pad = '    '.repeat(depth + 1);
	if (Array.isArray(value)) {
		if (value.length === 0) return '[ ]';
		return `[ ${value.map(each => pretty(each, depth + 1)).join(',')} ]`;
	}
	if (typeof value !== 'object' || value === null) return JSON.stringify(value);
	const rows = Object.entries(value).map(([key, each]) => `${pad}${'    '}"${key}": ${pretty(each, depth + 1)}`.slice(4));
	return `{\n${rows.join(',\n')}\n${pad.slice(4)}}`;
}

/** `ip -j link`, and of `ip -j addr` all but the addresses. */
export function linkJson(stack: Namespace, link: Link, {brief, family}: IpOptions, withMode: boolean): Json {
	const [, peer] = linkName(stack, link).split('@');
	const index = /^if(\d+)$/.exec(peer ?? '')?.[1];
	const other = index === undefined ? {link: peer === 'NONE' ? null : peer} : {link_index: Number(index)};
	const [, mtu, qdisc, master] = /mtu (\d+) qdisc (\S+) (?:master (\S+) )?/.exec(firstLine(stack, link, withMode))!;
	const [, kind, address, broadcast, netns] = /link\/(\S+) (\S+) brd (\S+)(?: link-netnsid (\d+))?/.exec(linkLine(stack, link))!;
	const flags = linkFlags(stack, link).split(',');
	if (brief && withMode) return {...(peer && other), ifname: link.name, operstate: linkState(link), address, flags};
	if (brief) return {...(peer && other), ifname: link.name, operstate: linkState(link)};
	return {
		ifindex: link.index,
		...(peer && other),
		ifname: link.name,
		flags,
		mtu: Number(mtu),
		qdisc,
		...(master && {master}),
		operstate: linkState(link),
		...(withMode && {linkmode: 'DEFAULT'}),
		group: 'default',
		...(link.queueLength !== 0 && {txqlen: link.queueLength ?? 1000}),
		...(family === undefined && {link_type: kind === 'ether' ? 'ether' : kind, address, broadcast}),
		...(netns !== undefined && {link_netnsid: Number(netns)}),
	};
}

const forever = 4_294_967_295;

export const addressJson = (link: Link, {address, prefix, broadcast, scope, label, dynamic}: LinkAddress, {brief}: IpOptions): Json =>
	brief
		? {local: address, prefixlen: prefix}
		: {
				family: address.includes(':') ? 'inet6' : 'inet',
				local: address,
				prefixlen: prefix,
				...(broadcast !== undefined && {broadcast}),
				scope,
				...(dynamic && {dynamic: true}),
				...(!address.includes(':') && {label: label ?? link.name}),
				valid_life_time: forever,
				preferred_life_time: forever,
			};

export const routeJson = (route: Route, withoutDev: boolean, table?: string): Json => ({
	...(route.type !== undefined && route.type !== 'unicast' && {type: route.type}),
	dst: destinationText(route.destination),
	...(route.via && {gateway: route.via}),
	...(route.dev && !withoutDev && {dev: route.dev}),
	...(table && {table}),
	...(route.protocol && route.protocol !== 'boot' && {protocol: route.protocol}),
	...(route.scope && route.scope !== 'global' && {scope: route.scope}),
	...(route.source && {prefsrc: route.source}),
	...(route.metric && {metric: route.metric}),
	flags: route.onlink ? ['onlink'] : [],
});

export const neighbourJson = ({address, device, mac, state}: Neighbour, withoutDev: boolean): Json => ({
	dst: address,
	...(!withoutDev && {dev: device}),
	...(mac !== undefined && {lladdr: mac}),
	state: [state],
});
