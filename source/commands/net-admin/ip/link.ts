import {lookup} from '../lookup.js';
import type {Link} from '../../../net/link.js';
import type {Namespace} from '../../../net/namespace.js';
import {carry, relocate, settleBridge} from './carrier.js';
import {asKernel, IpFailure, NotSimulated} from './failure.js';
import {addLink} from './link-add.js';
import {decimal, hardwareAddress, mtuOf} from './link-words.js';
import type {IpOptions} from './print.js';
import {selectionOf} from './selection.js';
import {showLinks} from './show.js';

export function ipLink(stack: Namespace, words: readonly string[], options: IpOptions): string {
	const [verb = 'show', ...rest] = words;
	if ('show'.startsWith(verb) || 'list'.startsWith(verb) || verb === 'lst')
		return showLinks(stack, selectionOf(stack, rest).links, options);
	if ('set'.startsWith(verb)) return set(stack, rest, options);
	if ('add'.startsWith(verb)) return addLink(stack, rest);
	if ('delete'.startsWith(verb)) return remove(stack, rest);
	if (verb === 'help') throw new NotSimulated('ip link help');
	throw new IpFailure(255, `Command "${verb}" is unknown, try "ip link help".`);
}

function set(stack: Namespace, words: readonly string[], options: IpOptions): string {
	const [first, ...after] = words;
	const [name, ...rest] = first === 'dev' ? after : words;
	if (name === undefined) throw new IpFailure(255, 'Not enough information: "dev" argument is required.');
	if (!stack.links.get(name)) throw new IpFailure(1, `Cannot find device "${name}"`);
	// Nothing is changed until every word is understood.
	const changes: Array<() => void> = [];
	for (let i = 0; i < rest.length; i++) {
		const word = rest[i]!;
		const setting = lookup(settings, word);
		if (unsimulatedSettings.includes(word)) throw new NotSimulated(`ip link set ${word}`);
		if (word === 'nomaster') changes.push(() => enslave(stack, name, undefined));
		else if (Object.hasOwn(moves, word)) {
			const value = rest[++i];
			if (value === undefined) throw new IpFailure(255, 'Command line is not complete. Try option "help"');
			changes.push(moves[word]!(stack, name, value, options));
		} else if (setting) {
			const value = rest[++i];
			if (value === undefined) throw new IpFailure(255, 'Command line is not complete. Try option "help"');
			const change = setting(value, stack.links.get(name)!);
			changes.push(() => stack.links.configure(name, change));
		} else if (word === 'up' || word === 'down') changes.push(() => raise(stack, name, word === 'up'));
		else throw new IpFailure(255, `Error: either "dev" is duplicate, or "${word}" is a garbage.`);
	}
	for (const change of changes) asKernel(change);
	return '';
}

function raise(stack: Namespace, name: string, up: boolean): void {
	stack.links.setUp(name, up);
	carry(stack, name);
}

function enslave(stack: Namespace, name: string, master: string | undefined): void {
	const before = stack.links.get(name)!.master;
	stack.links.setMaster(name, master);
	for (const bridge of new Set([before, master])) if (bridge !== undefined && stack.links.get(bridge)) settleBridge(stack.links, bridge);
}

/** Where a device goes: what is asked is looked at first, and done when every word is understood. */
const moves: Readonly<Record<string, (stack: Namespace, name: string, value: string, options: IpOptions) => () => void>> = {
	name(stack, name, value) {
		if (stack.links.get(value)) throw new IpFailure(2, 'RTNETLINK answers: File exists');
		const link = stack.links.get(name)!;
		if (link.up) throw new IpFailure(2, 'RTNETLINK answers: Device or resource busy');
		return () => relocate(stack, link, stack, value);
	},
	master(stack, name, value) {
		const bridge = stack.links.get(value);
		if (!bridge) throw new IpFailure(255, `Error: argument "${value}" is wrong: Device does not exist\n`);
		if (bridge.type !== 'bridge') throw new IpFailure(2, 'RTNETLINK answers: Operation not supported');
		return () => enslave(stack, name, value);
	},
	netns(stack, name, value, {network}) {
		const other = network?.(value);
		if (!other) throw new IpFailure(255, `Error: argument "${value}" is wrong: Invalid "netns" value\n`);
		const link = stack.links.get(name)!;
		if (link.type === 'loopback' || link.type === 'bridge') throw new IpFailure(2, 'RTNETLINK answers: Invalid argument');
		if (other.links.get(name)) throw new IpFailure(2, 'RTNETLINK answers: File exists');
		return () => relocate(stack, link, other, name);
	},
};

const queue = (value: string) => ({queueLength: decimal(value, 'txqueuelen')});

/** What the kernel takes for a device's frames: an ethernet's least is an IPv4 header and a bit. */
function mtu(value: string, {type}: Link): Partial<Link> {
	const size = mtuOf(value);
	if (type !== 'loopback' && size < 68) throw new IpFailure(2, 'Error: mtu less than device minimum.');
	if (type !== 'loopback' && size > (type === 'ethernet' ? 9000 : 65_535))
		throw new IpFailure(2, 'Error: mtu greater than device maximum.');
	return {mtu: size};
}

const settings: Readonly<Record<string, (value: string, link: Link) => Partial<Link>>> = {
	mtu,
	txqueuelen: queue,
	qlen: queue,
	txqlen: queue,
	address: value => ({mac: hardwareAddress(value)}),
};

const unsimulatedSettings =
	'alias promisc multicast arp vf group type dynamic broadcast brd allmulticast trailers carrier addrgenmode xdp'.split(' ');

function remove(stack: Namespace, words: readonly string[]): string {
	const name = words[0] === 'dev' ? words[1] : words[0];
	if (name === undefined) throw new IpFailure(255, 'Not enough information: "dev" argument is required.');
	const link = stack.links.get(name);
	if (!link) throw new IpFailure(1, `Cannot find device "${name}"`);
	if (link.type === 'loopback' || link.type === 'ethernet') throw new IpFailure(2, 'RTNETLINK answers: Operation not supported');
	if (link.peer) stack.kernel.wire.kernel(link.peer.namespace)?.links.remove(link.peer.link);
	stack.links.remove(link.name);
	if (link.master !== undefined) settleBridge(stack.links, link.master);
	for (const port of stack.links.list()) if (port.master === link.name) stack.links.setMaster(port.name, undefined);
	return '';
}
