import {lookup} from '../lookup.js';
import type {Link} from '../../../net/link.js';
import type {Namespace} from '../../../net/namespace.js';
import {asKernel, IpFailure, NotSimulated} from './failure.js';
import {hardwareAddress, mtuOf} from './link-words.js';

/** What is said of a device before and behind its type. */
interface Wanted {
	name?: string;
	mac?: string;
	mtu?: number;
}

const types: Readonly<Record<string, {readonly type: Link['type']; readonly prefix: string; readonly mtu?: number}>> = {
	dummy: {type: 'dummy', prefix: 'dummy'},
	bridge: {type: 'bridge', prefix: 'bridge'},
	ipip: {type: 'ipip', prefix: 'tunl', mtu: 1480},
	veth: {type: 'veth', prefix: 'veth'},
};
const otherTypes =
	/^(?:bond|can|geneve|gre|gretap|ifb|ip6gre|ip6tnl|ipvlan|ipvtap|macsec|macvlan|macvtap|sit|team|vcan|vlan|vrf|vti|vxlan|wireguard|xfrm)$/;

export function addLink(stack: Namespace, words: readonly string[]): string {
	const at = words.indexOf('type');
	if (at < 0) throw new IpFailure(1, 'Not enough information: "type" argument is required');
	const [kind = '', ...rest] = words.slice(at + 1);
	const found = lookup(types, kind);
	if (!found && !otherTypes.test(kind)) throw new IpFailure(2, 'Error: Unknown device type.');
	const wanted = readWords(words.slice(0, at));
	if (!found || (kind !== 'veth' && rest.length > 0)) throw new NotSimulated(`ip link add ... type ${words.slice(at + 1).join(' ')}`);
	const taken = (name: string) => stack.links.get(name) !== undefined;
	const name = wanted.name ?? free(found.prefix, taken);
	if (taken(name)) throw new IpFailure(2, 'RTNETLINK answers: File exists');
	if (found.type === 'veth') addPair(stack, {...wanted, name}, rest);
	else
		asKernel(
			() =>
				void stack.links.add({
					name,
					type: found.type,
					mac: wanted.mac ?? drawAddress(stack),
					mtu: wanted.mtu ?? found.mtu ?? 1500,
					up: false,
					// A bridge without ports has nothing to carry.
					carrier: found.type !== 'bridge',
					...(found.type === 'dummy' && {noArp: true}),
				}),
		);
	return '';
}

/** Both ends at once; the other one is there first. */
function addPair(stack: Namespace, wanted: Wanted & {name: string}, rest: readonly string[]): void {
	const [word, ...more] = rest;
	if (word !== undefined && word !== 'peer') throw new IpFailure(255, `Error: either "type" is duplicate, or "${word}" is a garbage.`);
	const peer = readWords(more);
	const other = peer.name ?? free('veth', name => name === wanted.name || stack.links.get(name) !== undefined);
	if (other === wanted.name || stack.links.get(other)) throw new IpFailure(2, 'RTNETLINK answers: File exists');
	const end = ({mac, mtu}: Wanted, name: string, far: string) => ({
		name,
		type: 'veth' as const,
		mac: mac ?? drawAddress(stack),
		mtu: mtu ?? 1500,
		up: false,
		carrier: false,
		peer: {namespace: stack.name, link: far},
	});
	stack.links.add(end(peer, other, wanted.name));
	stack.links.add(end(wanted, wanted.name, other));
}

/** A random address that is nobody's: local, and of one station. */
const drawAddress = (stack: Namespace): string => {
	const hex = stack.kernel.space.sim.random.fork(`net/${stack.name}/mac`).hex(10);
	return `02:${hex.match(/../g)!.join(':')}`;
};

function free(prefix: string, taken: (name: string) => boolean): string {
	let number = 0;
	while (taken(`${prefix}${number}`)) number++;
	return `${prefix}${number}`;
}

function readWords(words: readonly string[]): Wanted {
	const wanted: Wanted = {};
	for (let i = 0; i < words.length; i++) {
		const word = words[i]!;
		const value = words[i + 1];
		const takes = /^(?:name|dev|address|mtu)$/.test(word);
		if (takes && value === undefined) throw new IpFailure(255, 'Command line is not complete. Try option "help"');
		if (takes) i++;
		if (word === 'address') wanted.mac = hardwareAddress(value!);
		else if (word === 'mtu') wanted.mtu = mtuOf(value!);
		else if (/^(?:link|numtxqueues|numrxqueues|txqueuelen|qlen|txqlen|netns|index|broadcast|brd|gso_max_size)$/.test(word))
			throw new NotSimulated(`ip link add ${word}`);
		else wanted.name = nameOf(takes ? value! : word);
	}
	return wanted;
}

function nameOf(name: string): string {
	if (name.length > 15 || name === '' || /[/\s]/.test(name))
		throw new IpFailure(255, `Error: argument "${name}" is wrong: "name" not a valid ifname`);
	return name;
}
