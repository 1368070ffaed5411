import {brotliCompressSync, brotliDecompressSync, constants} from 'node:zlib';
import type {SavedSession} from '../shell/session/session.js';
import type {Everything} from './moment.js';
import {editsBetween, type RowEdits, withEdits} from './row-edits.js';

type Tables = ReadonlyMap<string, ReadonlyMap<string, unknown>>;
type TableEdits = ReadonlyArray<readonly [table: string, edits: RowEdits]>;

/**
 * Moments of one world, one after the other, as the edits that lead from `base` to the first and on; a few hundredths of what they hold.
 * Each is written when it is added: all at once would be felt at the line that closes the package.
 */
export interface Packing {
	add(moment: Everything): void;
	close(): Uint8Array;
}

export function packing(base: Everything): Packing {
	let before = tablesOf(base);
	const steps: string[] = [];
	return {
		add(moment) {
			const after = tablesOf(moment);
			steps.push(JSON.stringify(differences(before, after)));
			before = after;
		},
		close: () => brotliCompressSync(`[${steps.join(',')}]`, {params: {[constants.BROTLI_PARAM_QUALITY]: 1}}),
	};
}

export function unpack(base: Everything, packed: Uint8Array): readonly Everything[] {
	const steps = JSON.parse(brotliDecompressSync(packed).toString()) as readonly TableEdits[];
	let tables = tablesOf(base);
	return steps.map(edits => {
		tables = edited(tables, edits);
		return everythingOf(tables);
	});
}

const none: ReadonlyMap<string, unknown> = new Map();

function differences(before: Tables, after: Tables): TableEdits {
	const names = [...after.keys(), ...[...before.keys()].filter(name => !after.has(name))];
	return names.flatMap(name => {
		const edits = editsBetween(before.get(name) ?? none, after.get(name) ?? none);
		return edits ? [[name, edits] as const] : [];
	});
}

function edited(before: Tables, edits: TableEdits): Tables {
	const tables = new Map(before);
	for (const [name, rows] of edits) {
		const after = withEdits(before.get(name) ?? none, rows);
		if (after.size > 0) tables.set(name, after);
		else tables.delete(name);
	}
	return tables;
}

/** No table of a world is called so. */
const sessionTable = /^\u0000(\d+)$/;
const shells = 'shells';

/** The shells' memory as further tables: a line more in the history is a row more. */
function tablesOf({world, sessions}: Everything): Tables {
	const more = sessions.map(({history, ...session}, index) => {
		const lines = history.entries.map((line, at) => [String(history.first + at), line] as const);
		return [`\u0000${index}`, new Map<string, unknown>([[shells, {...session, first: history.first}], ...lines])] as const;
	});
	return new Map([...world.tables, ...more]);
}

function everythingOf(tables: Tables): Everything {
	const ofWorld = [...tables].filter(([name]) => !sessionTable.test(name));
	const sessions = [...tables].filter(([name]) => sessionTable.test(name)).sort(([a], [b]) => Number(a.slice(1)) - Number(b.slice(1)));
	return {world: {tables: new Map(ofWorld)}, sessions: sessions.map(([, rows]) => sessionOf(rows))};
}

function sessionOf(rows: ReadonlyMap<string, unknown>): SavedSession {
	const {first, ...session} = rows.get(shells) as Omit<SavedSession, 'history'> & {first: number};
	const entries = [...rows].flatMap(([key, line]) => (key === shells ? [] : [line as string]));
	// In the order of `Session.save`, as their fingerprint reads them.
	return {shells: session.shells, history: {entries, first}, pid: session.pid};
}
