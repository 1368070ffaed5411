import {lookup} from '../lookup.js';
import type {Link} from '../../../net/link.js';
import type {Namespace} from '../../../net/namespace.js';
import {asKernel, IpFailure, NotSimulated} from './failure.js';
import type {IpOptions} from './print.js';
import {selectionOf} from './selection.js';
import {showLinks} from './show.js';

export function ipLink(stack: Namespace, words: readonly string[], options: IpOptions): string {
	const [verb = 'show', ...rest] = words;
	if ('show'.startsWith(verb) || 'list'.startsWith(verb) || verb === 'lst')
		return showLinks(stack, selectionOf(stack, rest).links, options);
	if ('set'.startsWith(verb)) return set(stack, rest);
	if ('add'.startsWith(verb)) return add(stack, rest);
	if ('delete'.startsWith(verb)) return remove(stack, rest);
	if (verb === 'help') throw new NotSimulated('ip link help');
	throw new IpFailure(255, `Command "${verb}" is unknown, try "ip link help".`);
}

function set(stack: Namespace, words: readonly string[]): string {
	const [first, ...others] = words;
	const [name, ...rest] = first === 'dev' ? others : words;
	if (name === undefined) throw new IpFailure(255, 'Not enough information: "dev" argument is required.');
	if (!stack.links.get(name)) throw new IpFailure(1, `Cannot find device "${name}"`);
	// Nothing is changed until every word is understood.
	const changes: Array<() => void> = [];
	for (let i = 0; i < rest.length; i++) {
		const word = rest[i]!;
		const setting = lookup(settings, word);
		if (unsimulatedSettings.includes(word)) throw new NotSimulated(`ip link set ${word}`);
		if (setting) {
			const value = rest[++i];
			if (value === undefined) throw new IpFailure(255, 'Command line is not complete. Try option "help"');
			const change = setting(value, stack.links.get(name)!);
			changes.push(() => stack.links.configure(name, change));
		} else if (word === 'up' || word === 'down') changes.push(() => stack.links.setUp(name, word === 'up'));
		else throw new IpFailure(255, `Error: either "dev" is duplicate, or "${word}" is a garbage.`);
	}
	for (const change of changes) asKernel(change);
	return '';
}

const decimal = (value: string, name: string): number => {
	if (!/^-?\d+$/.test(value)) throw new IpFailure(255, `Error: argument "${value}" is wrong: Invalid "${name}" value\n`);
	return Number(value);
};
const queue = (value: string) => ({queueLength: decimal(value, 'txqueuelen')});

/** What the kernel takes for a device's frames: an ethernet's least is an IPv4 header and a bit. */
function mtu(value: string, {type}: Link): Partial<Link> {
	const size = decimal(value, 'mtu');
	if (type !== 'loopback' && size < 68) throw new IpFailure(2, 'Error: mtu less than device minimum.');
	if (type !== 'loopback' && size > (type === 'ethernet' ? 9000 : 65_535))
		throw new IpFailure(2, 'Error: mtu greater than device maximum.');
	return {mtu: size};
}

function hardwareAddress(value: string): Partial<Link> {
	if (!/^[0-9a-f]{1,2}(:[0-9a-f]{1,2})*$/i.test(value)) throw new IpFailure(1, `"${value}" is invalid lladdr.`);
	return {
		mac: value
			.toLowerCase()
			.split(':')
			.map(part => part.padStart(2, '0'))
			.join(':'),
	};
}

const settings: Readonly<Record<string, (value: string, link: Link) => Partial<Link>>> = {
	mtu,
	txqueuelen: queue,
	qlen: queue,
	txqlen: queue,
	address: hardwareAddress,
};

const unsimulatedSettings =
	'name alias master nomaster promisc multicast arp netns vf group type dynamic broadcast brd allmulticast trailers carrier addrgenmode xdp'.split(
		' ',
	);

const types: Readonly<Record<string, Link['type']>> = {dummy: 'dummy', bridge: 'bridge', ipip: 'ipip'};

function add(stack: Namespace, words: readonly string[]): string {
	const at = words.indexOf('type');
	const type = lookup(types, words[at + 1] ?? '');
	const name = words[0] === 'dev' || words[0] === 'name' ? words[1] : words[0];
	if (at < 0 || name === undefined || name === 'type') throw new IpFailure(1, 'Not enough information: "type" argument is required');
	if (!type || words.length > at + 2) throw new NotSimulated(`ip link add ... type ${words.slice(at + 1).join(' ')}`);
	const hex = stack.kernel.space.sim.random.fork(`net/${stack.name}/mac`).hex(10);
	const mac = `02:${hex.match(/../g)!.join(':')}`;
	asKernel(
		() =>
			void stack.links.add({
				name,
				type,
				mac,
				mtu: type === 'ipip' ? 1480 : 1500,
				up: false,
				carrier: true,
				...(type === 'dummy' && {noArp: true}),
			}),
	);
	return '';
}

function remove(stack: Namespace, words: readonly string[]): string {
	const name = words[0] === 'dev' ? words[1] : words[0];
	if (name === undefined) throw new IpFailure(255, 'Not enough information: "dev" argument is required.');
	const link = stack.links.get(name);
	if (!link) throw new IpFailure(1, `Cannot find device "${name}"`);
	if (link.type === 'loopback' || link.type === 'ethernet') throw new IpFailure(2, 'RTNETLINK answers: Operation not supported');
	if (link.peer) stack.kernel.wire.kernel(link.peer.namespace)?.links.remove(link.peer.link);
	stack.links.remove(link.name);
	return '';
}
