import type {Table} from '../../sim/state.js';
import type {CtState} from '../conntrack.js';
import type {Flow, FlowKernel} from '../flow.js';
import type {Packet} from '../packet.js';
import type {Asked} from './match-kind.js';
import type {ChainRow, RuleBase} from './table.js';

/**
 * Packets for which a walk through a table went well, and what it counted: as long as nothing that was asked has changed, another such
 * packet is spared the way. Derived: a world that is taken up again walks once more and learns the same.
 */
export interface RememberedWalk {
	/** Rules that counted the packet. */
	readonly counted: readonly string[];
	/** Mark of the packet afterwards. */
	readonly marked: number;
}

interface Shape extends RememberedWalk {
	readonly protocol: Packet['protocol'];
	readonly mark: number;
	/** Absent: no rule asked. */
	readonly flags: number | undefined;
	/** Ports for which every rule that asked gives the same answer. */
	readonly sourcePorts: Ports;
	readonly destinationPorts: Ports;
	readonly inLink: string;
	readonly outLink: string;
	readonly ctState: CtState;
	readonly reply: boolean | undefined;
	readonly nat: number;
	readonly local: boolean;
	readonly sets: readonly Seen[];
}

interface Ports {
	low: number;
	high: number;
}

interface Seen {
	readonly table: Table<unknown>;
	readonly version: number;
}

type ByAddress = Map<string, Map<string, Shape[]>>;

const shapesMax = 24;
const listsMax = 2048;
const portMax = 65_535;

const memories = new WeakMap<RuleBase, {readonly seen: readonly Seen[]; readonly walks: Map<ChainRow, ByAddress>; lists: number}>();

/** What rules may ask beside the packet itself, of the ipsets only their names. */
const asked = (base: RuleBase, {links, routes, ipsets}: FlowKernel): ReadonlyArray<Table<unknown>> => [
	base.rows(),
	links.rows(),
	routes.rows(),
	ipsets.rows(),
];

const stands = ({table, version}: Seen): boolean => table.version === version;

/** The walks of one machine, forgotten when a rule, an address or a route has changed. */
function memoryOf(base: RuleBase, kernel: FlowKernel) {
	let memory = memories.get(base);
	const tables = asked(base, kernel);
	if (!memory?.seen.every((seen, at) => seen.table === tables[at] && stands(seen)) || memory.lists > listsMax) {
		memory = {seen: tables.map(table => ({table, version: table.version})), walks: new Map(), lists: 0};
		memories.set(base, memory);
	}
	return memory;
}

export const flagsOf = ({flags, payload}: Packet): number =>
	(flags?.fin ? 1 : 0) | (flags?.syn ? 2 : 0) | (flags?.rst ? 4 : 0) | (payload ? 8 : 0) | (flags?.ack ? 16 : 0);

const isWithin = (port: number, {low, high}: Ports): boolean => port >= low && port <= high;

const fits = (shape: Shape, {packet, inLink, outLink, ctState, tracked, local}: Flow): boolean =>
	shape.ctState === ctState &&
	shape.reply === tracked?.reply &&
	isWithin(packet.sourcePort, shape.sourcePorts) &&
	isWithin(packet.destinationPort, shape.destinationPorts) &&
	shape.inLink === inLink &&
	shape.outLink === outLink &&
	shape.mark === packet.mark &&
	shape.protocol === packet.protocol &&
	shape.local === local &&
	shape.nat === (tracked?.row.nat ?? 0) &&
	(shape.flags === undefined || shape.flags === flagsOf(packet)) &&
	shape.sets.every(stands);

/** How a packet like this went through the chain before. */
export function recall(base: RuleBase, chain: ChainRow, flow: Flow): RememberedWalk | undefined {
	const {source, destination} = flow.packet;
	return memoryOf(base, flow.kernel)
		.walks.get(chain)
		?.get(source)
		?.get(destination)
		?.find(shape => fits(shape, flow));
}

/** Notes what one walk asks and counts. */
export interface WalkNotes {
	/** A rule was held against the packet; `undefined`: it asked for more than can be remembered. */
	ask(asked: Asked | undefined, sets: readonly string[] | undefined): void;
	/** Of a long chain only rules were looked at that ask for this destination port, or for none; `ports`: what others ask for. */
	skip(ports: readonly number[]): void;
	/** `plain`: it did nothing but decide, or mark. */
	count(rule: string, plain: boolean): void;
	/** The packet has passed. */
	keep(): void;
}

export function takeNotes(base: RuleBase, chain: ChainRow, flow: Flow): WalkNotes {
	const {packet, inLink, outLink, ctState, tracked, local, kernel} = flow;
	const sourcePorts = {low: 0, high: portMax};
	const destinationPorts = {low: 0, high: portMax};
	const counted: string[] = [];
	const sets: Seen[] = [];
	const nat = tracked?.row.nat ?? 0;
	let flags: number | undefined;
	let spoilt = false;
	return {
		ask(asked, names) {
			if (!asked) spoilt = true;
			if (!asked || spoilt) return;
			if (asked.flags) flags = flagsOf(packet);
			for (const each of asked.ports ?? []) {
				const [ports, port] = each.side === 'source' ? [sourcePorts, packet.sourcePort] : [destinationPorts, packet.destinationPort];
				if ('low' in each) narrow(ports, port, each.low, each.high);
				else if (kernel.ipsets.asksPort(each.set.name, each.set.at)) narrow(ports, port, port, port);
			}
			for (const name of names ?? []) {
				const table = kernel.ipsets.membersOf(name);
				if (table && !sets.some(seen => seen.table === table)) sets.push({table, version: table.version});
			}
		},
		skip(ports) {
			if (spoilt) return;
			const at = firstFrom(ports, packet.destinationPort);
			for (const port of ports.slice(Math.max(0, at - 1), at + 2)) narrow(destinationPorts, packet.destinationPort, port, port);
		},
		count(rule, plain) {
			counted.push(rule);
			if (!plain) spoilt = true;
		},
		keep() {
			if (spoilt) return;
			const marked = flow.packet.mark;
			const reply = tracked?.reply;
			const {protocol, mark} = packet;
			const shape = {
				protocol,
				mark,
				flags,
				sourcePorts,
				destinationPorts,
				inLink,
				outLink,
				ctState,
				reply,
				nat,
				local,
				sets,
				counted,
				marked,
			};
			store(base, chain, flow.kernel, packet, shape);
		},
	};
}

function store(base: RuleBase, chain: ChainRow, kernel: FlowKernel, {source, destination}: Packet, shape: Shape): void {
	const memory = memoryOf(base, kernel);
	let bySource = memory.walks.get(chain);
	if (!bySource) memory.walks.set(chain, (bySource = new Map()));
	let byDestination = bySource.get(source);
	if (!byDestination) bySource.set(source, (byDestination = new Map()));
	let shapes = byDestination.get(destination);
	if (!shapes) {
		byDestination.set(destination, (shapes = []));
		memory.lists++;
	}
	// The oldest goes: a port that each connection has for itself may have been asked for.
	if (shapes.length >= shapesMax) shapes.shift();
	shapes.push(shape);
}

/** Keeps of `ports` the part around `port` for which "is it between `low` and `high`?" has the same answer. */
function narrow(ports: Ports, port: number, low: number, high: number): void {
	if (port < low) ports.high = Math.min(ports.high, low - 1);
	else if (port > high) ports.low = Math.max(ports.low, high + 1);
	else {
		ports.low = Math.max(ports.low, low);
		ports.high = Math.min(ports.high, high);
	}
}

/** Where in ascending `ports` the first stands that is not below `port`. */
function firstFrom(ports: readonly number[], port: number): number {
	let [low, high] = [0, ports.length];
	while (low < high) {
		const middle = (low + high) >> 1;
		if (ports[middle]! < port) low = middle + 1;
		else high = middle;
	}
	return low;
}
