import type {Link} from '../../../net/link.js';
import type {Namespace} from '../../../net/namespace.js';
import {selectLinks} from './address.js';
import {asKernel, IpFailure, NotSimulated} from './failure.js';
import type {IpOptions} from './print.js';
import {showLinks} from './show.js';

export function ipLink(stack: Namespace, words: readonly string[], options: IpOptions): string {
	const [verb = 'show', ...rest] = words;
	if ('show'.startsWith(verb) || 'list'.startsWith(verb) || verb === 'lst') return showLinks(stack, selectLinks(stack, rest), options);
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
	for (const word of rest) {
		if (unsimulatedSettings.includes(word)) throw new NotSimulated(`ip link set ${word}`);
		if (word !== 'up' && word !== 'down') throw new IpFailure(255, `Error: either "dev" is duplicate, or "${word}" is a garbage.`);
		asKernel(() => stack.links.setUp(name, word === 'up'));
	}
	return '';
}

const unsimulatedSettings =
	'mtu address name alias master nomaster promisc multicast arp txqueuelen qlen netns vf group type dynamic broadcast brd allmulticast trailers carrier addrgenmode xdp'.split(
		' ',
	);

const types: Readonly<Record<string, Link['type']>> = {dummy: 'dummy', bridge: 'bridge', ipip: 'ipip'};

function add(stack: Namespace, words: readonly string[]): string {
	const at = words.indexOf('type');
	const type = types[words[at + 1] ?? ''];
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
