import type {Table} from '../../sim/state.js';
import type {Packet} from '../packet.js';
import {entriesOf, lengthsIn, lookupKeys} from './entry.js';
import {setTypes} from './types.js';
import {derived, type Space} from '../space.js';
import {IpSetError} from './ip-set-error.js';

/** The ipsets of one namespace. Members are in `ipset` spelling: `10.96.0.1,tcp:443`, `30080`, `10.0.0.0/8`. */
export interface IpSets {
	/** In creation order. */
	list(): readonly IpSet[];
	get(name: string): IpSet | undefined;
	/** Throw an `IpSetError` in the tool's words. */
	create(
		name: string,
		type: string,
		options?: {comment?: string; family?: 'inet' | 'inet6'; header?: string},
		quietIfExists?: boolean,
	): void;
	destroy(name: string): void;
	add(name: string, entry: string, quietIfExists?: boolean): void;
	remove(name: string, entry: string, quietIfMissing?: boolean): void;
	flush(name: string): void;
	/** Whether a tuple is in the set, e.g. `contains('KUBE-CLUSTER-IP', '10.96.0.1,tcp:443')`; networks match what they hold. */
	contains(name: string, entry: string): boolean;
}

export interface IpSet {
	readonly name: string;
	/** `hash:ip,port`, `hash:ip,port,ip`, `hash:ip,port,net`, `hash:ip`, `hash:net`, `bitmap:port`, ... */
	readonly type: string;
	readonly header: string;
	readonly revision: number;
	readonly members: readonly string[];
	readonly references: number;
}

export interface IpSetTable extends IpSets {
	rename(from: string, to: string): void;
	swap(one: string, other: string): void;
	matches(name: string, packet: Packet, sides: ReadonlyArray<'src' | 'dst'>): boolean;
	size(name: string): number;
	has(name: string): boolean;
	readonly rows: () => Table<unknown>;
	/** The table of its members: another one after a swap. */
	membersOf(name: string): Table<unknown> | undefined;
	/** Whether this part of a packet is a port and decides: in an empty set nothing does. */
	asksPort(name: string, part: number): boolean;
}

interface SetRow {
	readonly name: string;
	readonly type: string;
	readonly header: string;
	readonly family: 'inet' | 'inet6';
	readonly maxElements: number;
	/** Names its member table: a swap exchanges these. */
	readonly id: number;
}

const nameMax = 31;

export function createIpSets(space: Space, references: (name: string) => number): IpSetTable {
	const rows = space.table<SetRow>('ipset');
	const ids = space.table<number>('ipset-ids');
	const contents = new Map<string, {rows: ReturnType<typeof space.table<true>>; lengths: () => ReturnType<typeof lengthsIn>}>();
	const contentOf = ({id, type}: SetRow) => {
		// A set that was undone may leave its number to one of another type.
		const key = `${id} ${type}`;
		let content = contents.get(key);
		if (!content) {
			const rows = space.table<true>(`ipset/${id}`);
			contents.set(key, (content = {rows, lengths: derived(rows, () => lengthsIn(type, rows().keys()))}));
		}
		return content;
	};
	const members = (row: SetRow) => contentOf(row).rows();
	const holds = (row: SetRow, parts: readonly string[]) => {
		const {rows, lengths} = contentOf(row);
		const held = rows();
		return held.size > 0 && lookupKeys(row.type, parts, lengths()).some(key => held.has(key));
	};

	const need = (name: string): SetRow => {
		const row = rows().get(name);
		if (!row) throw new IpSetError('The set with the given name does not exist');
		return row;
	};
	const view = (row: SetRow): IpSet => ({
		name: row.name,
		type: row.type,
		header: row.header,
		revision: setTypes[row.type]!.revision,
		references: references(row.name),
		members: row.type.startsWith('bitmap:') ? [...members(row).keys()].sort((a, b) => Number(a) - Number(b)) : [...members(row).keys()],
	});

	const table: IpSetTable = {
		list: () => [...rows().values()].map(view),
		get(name) {
			const row = rows().get(name);
			return row && view(row);
		},
		create(name, type, options = {}, quietIfExists = false) {
			const kind = Object.hasOwn(setTypes, type) ? setTypes[type] : undefined;
			if (!kind) throw new IpSetError(`Syntax error: typename '${type}' is unknown`);
			if (name.length > nameMax) throw new IpSetError(`Syntax error: setname '${name}' is longer than ${nameMax} characters`);
			const row = newRow(space, name, type, options, ids().get('') ?? 1);
			const standing = rows().get(name);
			if (standing) {
				const same = standing.type === type && standing.family === row.family;
				if (quietIfExists && same) return;
				throw new IpSetError('Set cannot be created: set with the same name already exists');
			}
			ids().set('', row.id + 1);
			rows().set(name, row);
		},
		destroy(name) {
			const row = need(name);
			if (references(name) > 0) throw new IpSetError('Set cannot be destroyed: it is in use by a kernel component');
			members(row).clear();
			rows().delete(name);
		},
		add(name, entry, quietIfExists = false) {
			const row = need(name);
			const held = members(row);
			for (const key of entriesOf(row.type, entry, row.family)) {
				if (held.has(key)) {
					if (quietIfExists) continue;
					throw new IpSetError("Element cannot be added to the set: it's already added");
				}
				if (held.size >= row.maxElements) throw new IpSetError('Hash is full, cannot add more elements');
				held.set(key, true);
			}
		},
		remove(name, entry, quietIfMissing = false) {
			const row = need(name);
			for (const key of entriesOf(row.type, entry, row.family)) {
				if (!members(row).delete(key) && !quietIfMissing) throw new IpSetError("Element cannot be deleted from the set: it's not added");
			}
		},
		flush: name => members(need(name)).clear(),
		contains(name, entry) {
			const row = need(name);
			return entriesOf(row.type, entry, row.family).every(key => holds(row, key.split(',')));
		},
		rename(from, to) {
			const row = need(from);
			if (rows().has(to)) throw new IpSetError('Set cannot be renamed: a set with the new name already exists');
			if (references(from) > 0) throw new IpSetError('Set cannot be renamed: it is in use by another system');
			rows().delete(from);
			rows().set(to, {...row, name: to});
		},
		swap(one, other) {
			const a = need(one);
			const b = rows().get(other);
			if (!b) throw new IpSetError('Sets cannot be swapped: the second set does not exist');
			if (a.type !== b.type || a.family !== b.family) throw new IpSetError('The sets cannot be swapped: their type does not match');
			rows().set(one, {...b, name: one});
			rows().set(other, {...a, name: other});
		},
		matches(name, packet, sides) {
			const row = rows().get(name);
			if (!row) return false;
			const parts = partsOf(row.type, packet, sides);
			if (!parts) return false;
			return holds(row, parts);
		},
		size: name => members(need(name)).size,
		has: name => rows().has(name),
		rows,
		membersOf(name) {
			const row = rows().get(name);
			return row && members(row);
		},
		asksPort(name, part) {
			const row = rows().get(name);
			return row !== undefined && members(row).size > 0 && setTypes[row.type]!.parts[part] === 'port';
		},
	};
	return table;
}

function newRow(
	space: Space,
	name: string,
	type: string,
	options: {comment?: string; family?: 'inet' | 'inet6'; header?: string},
	id: number,
): SetRow {
	const family = options.family ?? 'inet';
	const given = options.header ?? '';
	const number = (word: string, fallback: number) => Number(new RegExp(`${word} (\\d+)`).exec(given)?.[1] ?? fallback);
	const maxElements = number('maxelem', 65_536);
	const comment = /\bcomment\b/.test(given) || options.comment !== undefined ? ' comment' : '';
	if (type.startsWith('bitmap:')) {
		const range = /range (\S+)/.exec(given)?.[1] ?? '0-65535';
		return {name, type, header: `range ${range}${comment}`, family, maxElements: 65_536, id};
	}
	if (type === 'list:set') return {name, type, header: `size ${number('size', 8)}${comment}`, family, maxElements: number('size', 8), id};
	const initval = /initval (0x[0-9a-f]+)/.exec(given)?.[1] ?? `0x${space.sim.random.fork(`ipset/${space.name}`).hex(8)}`;
	const header = `family ${family} hashsize ${number('hashsize', 1024)} maxelem ${maxElements}${comment} bucketsize ${number('bucketsize', 12)} initval ${initval}`;
	return {name, type, header, family, maxElements, id};
}

/** What of the packet is looked up; undefined when the set's type cannot hold such a packet. */
function partsOf(type: string, packet: Packet, sides: ReadonlyArray<'src' | 'dst'>): string[] | undefined {
	const parts: string[] = [];
	for (const [i, part] of setTypes[type]!.parts.entries()) {
		const side = sides[i];
		if (!side) return undefined;
		const port = side === 'src' ? packet.sourcePort : packet.destinationPort;
		if (part === 'port') {
			if (packet.protocol === 'icmp') return undefined;
			parts.push(type.startsWith('bitmap:') ? String(port) : `${packet.protocol}:${port}`);
		} else if (part === 'ip' || part === 'net') parts.push(side === 'src' ? packet.source : packet.destination);
		else return undefined;
	}
	return parts;
}
