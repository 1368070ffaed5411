import type {Directive} from '../config/configuration.js';
import type {Exchange} from '../request/exchange.js';
import {expand} from '../variables/variables.js';

interface Peer {
	readonly address: string;
	readonly weight: number;
}

/** The order of one round, and those that come in when all of them fail. */
interface Group {
	readonly round: readonly string[];
	readonly peers: readonly string[];
	readonly backup: readonly string[];
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
	const peers = servers
		.filter(({args}) => !args.includes('backup'))
		.map(({args}): Peer => ({address: args[0]!, weight: Number(args.find(arg => arg.startsWith('weight='))?.slice(7) ?? 1)}));
	const backup = servers.filter(({args}) => args.includes('backup')).map(({args}) => args[0]!);
	return {round: smooth(peers), peers: peers.map(({address}) => address), backup};
}

/** ngx_http_upstream_get_peer: smooth weighted round robin, until it begins anew. */
function smooth(peers: readonly Peer[]): string[] {
	const total = peers.reduce((sum, {weight}) => sum + weight, 0);
	const current = peers.map(() => 0);
	return Array.from({length: total}, () => {
		let best = 0;
		for (const [index, {weight}] of peers.entries()) {
			current[index]! += weight;
			if (current[index]! > current[best]!) best = index;
		}

		current[best]! -= total;
		return peers[best]!.address;
	});
}

/** `ip_hash`: the first three bytes of an IPv4 address. */
function ipHash(address: string): number {
	let hash = 89;
	for (const part of address.split('.').slice(0, 3)) hash = (hash * 113 + Number(part)) % 6271;
	return hash;
}

/** Whom to ask, in which order: each is asked once. */
export function peersOf(exchange: Exchange, upstream: Directive): readonly string[] {
	const {round, peers, backup} = groupOf(upstream);
	if (round.length <= 1) return [...round, ...backup];
	const first = round[turnOf(exchange, upstream, round.length)]!;
	const at = peers.indexOf(first);
	return [...peers.slice(at), ...peers.slice(0, at), ...backup];
}

function turnOf(exchange: Exchange, upstream: Directive, length: number): number {
	const {block = [], args} = upstream;
	const {context, client} = exchange;
	const method = block.find(({name}) => name === 'ip_hash' || name === 'hash' || name === 'random');
	if (method?.name === 'ip_hash') return ipHash(client) % length;
	if (method?.name === 'hash') return textHash(expand(exchange, method.args[0] ?? '')) % length;
	if (method?.name === 'random') return context.machine.sim.random.fork(`nginx/${context.machine.hostname}/random`).int(length);
	const name = args[0] ?? '';
	const turn = exchange.nginx.memory().turns[name] ?? 0;
	exchange.nginx.remember(({turns}) => ({turns: {...turns, [name]: (turn + 1) % length}}));
	return turn;
}

const textHash = (text: string): number => {
	let hash = 0;
	for (let at = 0; at < text.length; at++) hash = (Math.imul(hash, 31) + text.charCodeAt(at)) >>> 0;
	return hash;
};
