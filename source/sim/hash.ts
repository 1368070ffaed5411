import type {Snapshot} from './state.js';

/** 64 bits as two lanes. */
type Lanes = readonly [high: number, low: number];

/** Values and tables in a snapshot never change, so each is looked at once, however many snapshots share it. */
const valueHashes = new WeakMap<object, Lanes>();
const tableHashes = new WeakMap<ReadonlyMap<string, unknown>, Lanes>();

/**
 * A fingerprint of a whole world, 16 hex digits: equal worlds have equal ones, through JSON and back. The order of rows counts, because
 * the world may go through them. Costs what has changed since the last one. It guards against mishaps, not against an adversary.
 */
export function hashSnapshot({tables}: Snapshot): string {
	let lanes: Lanes = start;
	for (const name of [...tables.keys()].sort()) lanes = fold(foldText(lanes, name), hashTable(tables.get(name)!));
	return hex(lanes);
}

/** The same of any plain data. */
export const hashJson = (value: unknown): string => hex(foldText(start, JSON.stringify(value) ?? ''));

function hashTable(rows: ReadonlyMap<string, unknown>): Lanes {
	let lanes = tableHashes.get(rows);
	if (lanes) return lanes;
	lanes = start;
	for (const [key, value] of rows) lanes = fold(foldText(lanes, key), hashValue(value));
	tableHashes.set(rows, lanes);
	return lanes;
}

function hashValue(value: unknown): Lanes {
	if (typeof value !== 'object' || value === null) return foldText(start, JSON.stringify(value) ?? '');
	let lanes = valueHashes.get(value);
	if (!lanes) valueHashes.set(value, (lanes = foldText(start, JSON.stringify(value))));
	return lanes;
}

const start: Lanes = [0x811c9dc5 | 0, 0x9e3779b9 | 0];

const fold = ([high, low]: Lanes, [a, b]: Lanes): Lanes => [
	Math.imul(high ^ a, 0x01000193) ^ (low >>> 15),
	Math.imul(low ^ b, 0x85ebca6b) ^ (high >>> 13),
];

/** FNV-1a in one lane, a multiplicative hash with another constant in the other; the end mixes them. */
function foldText([high, low]: Lanes, text: string): Lanes {
	let a = high;
	let b = low ^ text.length;
	for (let i = 0; i < text.length; i++) {
		const code = text.charCodeAt(i);
		a = Math.imul(a ^ code, 0x01000193);
		b = Math.imul(b + code, 0x2c1b3c6d) ^ (b >>> 15);
	}

	return fold([a, b], [b >>> 7, a >>> 9]);
}

const hex = ([high, low]: Lanes): string => [high, low].map(lane => (lane >>> 0).toString(16).padStart(8, '0')).join('');
