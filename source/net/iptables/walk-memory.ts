import type {Table} from '../../sim/state.js';
import type {Flow, FlowKernel} from '../flow.js';
import {type Packet, tcpFlags} from '../packet.js';
import {type ChainRow, chainKey, type RuleBase} from './table.js';

/**
 * A walk that went well, and the packets for which it goes the same way: as long as nothing that was asked has changed, they are spared it.
 * Derived: a world that is taken up again walks once more and learns the same.
 */
export interface KnownWalk extends Pick<Flow, 'inLink' | 'outLink' | 'ctState' | 'local'>, Pick<Packet, 'protocol' | 'mark'> {
	readonly reply: boolean | undefined;
	/** What is translated of the connection. */
	readonly nat: number;
	/** Of a TCP segment; absent: no rule asked. */
	readonly flags: number | undefined;
	/** Ports for which every rule that asked gives the same answer. */
	readonly sourcePorts: Ports;
	readonly destinationPorts: Ports;
	/** Rules that count the packet. */
	readonly counted: readonly string[];
	/** Mark of the packet afterwards. */
	readonly marked: number;
	/** Chains on the way, and members of the sets that were asked. */
	readonly chains: readonly ChainRow[];
	readonly sets: readonly Seen[];
	/** Of the rules, when these chains were last found as they were. */
	rulesVersion: number;
}

export interface Ports {
	low: number;
	high: number;
}

export interface Seen {
	readonly table: Table<unknown>;
	readonly version: number;
}

interface Memory {
	readonly rules: Table<ChainRow>;
	readonly links: Seen;
	readonly routes: Seen;
	readonly policy: Seen;
	readonly sets: Seen;
	/** By chain, source and destination. */
	readonly walks: Map<string, Map<string, Map<string, KnownWalk[]>>>;
	lists: number;
}

/** Of one pair of addresses: a port that each connection has for itself may have been asked for. */
const walksMax = 24;
const listsMax = 2048;

const memories = new WeakMap<RuleBase, Memory>();

export const seenNow = (table: Table<unknown>): Seen => ({table, version: table.version});
const stands = ({table, version}: Seen): boolean => table.version === version;
const isSame = (seen: Seen, table: Table<unknown>): boolean => seen.table === table && stands(seen);

/** The walks of one machine, forgotten when an address or a route has changed, or which set has which name. */
function memoryOf(base: RuleBase, {links, routes, ipsets}: FlowKernel): Memory {
	const known = memories.get(base);
	if (
		known?.rules === base.rows() &&
		isSame(known.links, links.rows()) &&
		isSame(known.routes, routes.rows()) &&
		isSame(known.policy, routes.policy()) &&
		isSame(known.sets, ipsets.rows()) &&
		known.lists <= listsMax
	)
		return known;
	const seen = {
		links: seenNow(links.rows()),
		routes: seenNow(routes.rows()),
		policy: seenNow(routes.policy()),
		sets: seenNow(ipsets.rows()),
	};
	const memory: Memory = {rules: base.rows(), ...seen, walks: new Map(), lists: 0};
	memories.set(base, memory);
	return memory;
}

/** How a packet like this went through a built-in chain before. */
export function recallWalk(base: RuleBase, chain: ChainRow, flow: Flow): KnownWalk | undefined {
	const {source, destination} = flow.packet;
	const memory = memoryOf(base, flow.kernel);
	const walks = memory.walks.get(wayOf(chain))?.get(source)?.get(destination);
	if (!walks) return undefined;
	for (const [at, walk] of walks.entries()) {
		if (!fits(walk, flow)) continue;
		if (isSameWay(walk, memory)) return walk;
		walks.splice(at, 1);
		return undefined;
	}
	return undefined;
}

export function keepWalk(base: RuleBase, {kernel, packet: {source, destination}}: Flow, walk: KnownWalk): void {
	const memory = memoryOf(base, kernel);
	const bySource = within(memory.walks, wayOf(walk.chains[0]!), () => new Map<string, Map<string, KnownWalk[]>>());
	const byDestination = within(bySource, source, () => new Map<string, KnownWalk[]>());
	const walks = within(byDestination, destination, () => {
		memory.lists++;
		return [];
	});
	if (walks.length >= walksMax) walks.shift();
	walks.push(walk);
}

const wayOf = ({table, name}: ChainRow): string => chainKey(table, name);

function within<V>(map: Map<string, V>, key: string, make: () => V): V {
	let value = map.get(key);
	if (value === undefined) map.set(key, (value = make()));
	return value;
}

const fits = (walk: KnownWalk, {packet, inLink, outLink, ctState, tracked, local}: Flow): boolean =>
	walk.ctState === ctState &&
	walk.reply === tracked?.reply &&
	isWithin(packet.sourcePort, walk.sourcePorts) &&
	isWithin(packet.destinationPort, walk.destinationPorts) &&
	walk.inLink === inLink &&
	walk.outLink === outLink &&
	walk.mark === packet.mark &&
	walk.protocol === packet.protocol &&
	walk.local === local &&
	walk.nat === (tracked?.row.nat ?? 0) &&
	(walk.flags === undefined || walk.flags === tcpFlags(packet));

const isWithin = (port: number, {low, high}: Ports): boolean => port >= low && port <= high;

/** Whether no chain on the way, nor a set that was asked, has changed since. */
function isSameWay(walk: KnownWalk, {rules}: Memory): boolean {
	if (!walk.sets.every(stands)) return false;
	if (walk.rulesVersion === rules.version) return true;
	if (!walk.chains.every(chain => rules.get(chainKey(chain.table, chain.name)) === chain)) return false;
	walk.rulesVersion = rules.version;
	return true;
}
