import type {Directive} from '../config/configuration.js';
import type {Exchange} from '../request/exchange.js';
import {expand} from '../variables/variables.js';
import {atWeight, keyHash, onRing} from './hash.js';
import {isUp} from './health.js';
import {type Peer, readPeer} from './peer.js';
import {roundRobin} from './round-robin.js';

/** The servers, and those that come in when all of them fail. */
interface Group {
	readonly peers: readonly Peer[];
	readonly backup: readonly Peer[];
}

/** Blocks are immutable: this is only a cache. */
const groups = new WeakMap<Directive, Group>();

function groupOf(upstream: Directive): Group {
	let group = groups.get(upstream);
	if (!group) groups.set(upstream, (group = readGroup(upstream)));
	return group;
}

function readGroup({block = []}: Directive): Group {
	const servers = block.filter(({name, args}) => name === 'server' && !args.includes('down'));
	const peers = servers.filter(({args}) => !args.includes('backup')).map(readPeer);
	return {peers, backup: servers.filter(({args}) => args.includes('backup')).map(readPeer)};
}

/** `ip_hash`: the first three bytes of an IPv4 address. */
function ipHash(address: string): number {
	let hash = 89;
	for (const part of address.split('.').slice(0, 3)) hash = (hash * 113 + Number(part)) % 6271;
	return hash;
}

/** How many there are, and a function that gives whom to ask next: each is asked once, and who has failed of late is left out. */
export function peersOf(exchange: Exchange, upstream: Directive): {readonly total: number; readonly next: () => Peer | undefined} {
	const {peers, backup} = groupOf(upstream);
	const total = peers.length + backup.length;
	if (total <= 1) return {total, next: once([...peers, ...backup])};
	const first = peers.length > 1 ? chosen(exchange, upstream, peers) : undefined;
	const up = (each: Peer) => isUp(exchange, upstream, each);
	if (first !== undefined) return {total, next: once([...peers.slice(first), ...peers.slice(0, first), ...backup].filter(up))};
	const left = new Set(peers.filter(up));
	const reserve = once(backup.filter(up));
	return {
		total,
		next: () => {
			const peer = roundRobin(exchange, upstream, peers, left) ?? reserve();
			if (peer) left.delete(peer);
			return peer;
		},
	};
}

function once(peers: readonly Peer[]): () => Peer | undefined {
	let at = 0;
	return () => peers[at++];
}

/** Which of the peers comes first when a method says so, and not whose turn it is. */
function chosen(exchange: Exchange, {block = []}: Directive, peers: readonly Peer[]): number | undefined {
	const {context, client} = exchange;
	const method = block.find(({name}) => name === 'ip_hash' || name === 'hash' || name === 'random');
	if (method?.name === 'ip_hash') return atWeight(peers, ipHash(client));
	if (method?.name === 'hash') {
		const key = expand(exchange, method.args[0] ?? '');
		return method.args[1] === 'consistent' ? onRing(method, peers, key) : atWeight(peers, keyHash(key));
	}

	if (method?.name !== 'random') return undefined;
	const sum = peers.reduce((all, {weight}) => all + weight, 0);
	return atWeight(peers, context.machine.sim.random.fork(`nginx/${context.machine.hostname}/random`).int(sum));
}
