import {brotliCompressSync, brotliDecompressSync, constants} from 'node:zlib';
import type {SavedSession} from '../shell/session/session.js';
import type {Everything} from './moment.js';
import {editsBetween, type RowEdits, withEdits} from './row-edits.js';

type Tables = ReadonlyMap<string, ReadonlyMap<string, unknown>>;
type TableEdits = ReadonlyArray<readonly [table: string, edits: RowEdits]>;

/** How one moment becomes the next. Plain data. */
interface Step {
	readonly tables: TableEdits;
	readonly sessions: readonly SessionEdits[];
}

/** A history is lines that are added behind, while those in front are forgotten. */
interface SessionEdits extends Omit<SavedSession, 'history'> {
	readonly first: number;
	/** So many lines from `first` on stand where they stood. */
	readonly kept: number;
	readonly lines: readonly string[];
}

/**
 * Moments of one world, one after the other, as the edits that lead from `base` to the first and on; a few hundredths of what they hold.
 * Each is written when it is added: all at once would be felt.
 */
export interface Packing {
	add(moment: Everything): void;
	close(): Uint8Array;
}

export function packing(base: Everything): Packing {
	let before = base;
	const steps: string[] = [];
	return {
		add(moment) {
			steps.push(JSON.stringify(stepBetween(before, moment)));
			before = moment;
		},
		close: () => brotliCompressSync(`[${steps.join(',')}]`, {params: {[constants.BROTLI_PARAM_QUALITY]: 1}}),
	};
}

export function unpack(base: Everything, packed: Uint8Array): readonly Everything[] {
	const steps = JSON.parse(brotliDecompressSync(packed).toString()) as readonly Step[];
	let at = base;
	return steps.map(step => {
		at = after(at, step);
		return at;
	});
}

const none: ReadonlyMap<string, unknown> = new Map();

const stepBetween = (before: Everything, {world, sessions}: Everything): Step => ({
	tables: tablesBetween(before.world.tables, world.tables),
	sessions: sessions.map((session, index) => sessionBetween(before.sessions[index], session)),
});

function after(before: Everything, {tables, sessions}: Step): Everything {
	return {
		world: {tables: edited(before.world.tables, tables)},
		sessions: sessions.map((edits, index) => sessionAfter(before.sessions[index], edits)),
	};
}

function tablesBetween(before: Tables, now: Tables): TableEdits {
	const found: Array<TableEdits[number]> = [];
	const compare = (name: string, rows: ReadonlyMap<string, unknown>) => {
		const was = before.get(name) ?? none;
		const edits = was === rows ? undefined : editsBetween(was, rows);
		if (edits) found.push([name, edits]);
	};
	for (const [name, rows] of now) compare(name, rows);
	for (const name of before.keys()) if (!now.has(name)) compare(name, none);
	return found;
}

function edited(before: Tables, edits: TableEdits): Tables {
	const tables = new Map(before);
	for (const [name, rows] of edits) {
		const now = withEdits(before.get(name) ?? none, rows);
		if (now.size > 0) tables.set(name, now);
		else tables.delete(name);
	}
	return tables;
}

const linesFrom = (session: SavedSession | undefined, first: number): readonly string[] => {
	const {history} = session ?? {};
	return history && first >= history.first ? history.entries.slice(first - history.first) : [];
};

function sessionBetween(before: SavedSession | undefined, {history: {entries, first}, ...session}: SavedSession): SessionEdits {
	const old = linesFrom(before, first);
	const differs = entries.findIndex((line, index) => line !== old[index]);
	const kept = differs < 0 ? entries.length : differs;
	return {...session, first, kept, lines: entries.slice(kept)};
}

/** In the order of `Session.save`, as their fingerprint reads them. */
const sessionAfter = (before: SavedSession | undefined, {shells, pid, first, kept, lines}: SessionEdits): SavedSession => ({
	shells,
	history: {entries: [...linesFrom(before, first).slice(0, kept), ...lines], first},
	pid,
});
