import type {Snapshot} from '../sim/state.js';
import type {SavedSession} from '../shell/session/session.js';

/** A world at rest, and the shells that somebody sits at. */
export interface Moment {
	readonly world: Snapshot;
	readonly shells: SavedSession;
}

/** What looking around leaves behind: time that passed, chance that was used up, packets that were counted, connections that were closed. */
const traces =
	/^(?:sim\/(?:clock\/(?:now|order|queue)|random)|api\/resourceVersion|api\/(?:objects|managers)\/(?:events|leases)(?:\..*)?|net\/.*\/(?:ip6?tables-counters|conntrack|connections|connections-limit|standing|neighbours|traffic)|(?:kubelet\/.*\/probes|program\/.*\/answering))$/;

const stamp = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/;

/** Whether what follows is the same from both moments on, whatever was only looked at before one of them. Says no when in doubt. */
export const alike = (a: Moment, b: Moment): boolean => sameShells(a.shells, b.shells) && sameWorld(a.world, b.world);

function sameWorld({tables: a}: Snapshot, {tables: b}: Snapshot): boolean {
	const names = [...a.keys(), ...[...b.keys()].filter(name => !a.has(name))];
	return names.every(name => a.get(name) === b.get(name) || traces.test(name) || sameRows(a.get(name), b.get(name)));
}

function sameRows(a: ReadonlyMap<string, unknown> = new Map(), b: ReadonlyMap<string, unknown> = new Map()): boolean {
	return a.size === b.size && [...a].every(([key, row]) => row === b.get(key) || (b.has(key) && settled(row) === settled(b.get(key))));
}

/** History, the last status and where commands were found are of no later command's concern. */
const sameShells = (a: SavedSession, b: SavedSession): boolean => settled(a.shells.map(lasting)) === settled(b.shells.map(lasting));

const lasting = (shell: SavedSession['shells'][number]) => ({
	...shell,
	status: 0,
	pipeStatus: [],
	hashed: undefined,
	variables: shell.variables.filter(([name]) => name !== '_'),
});

/** As text, without when it was and in which version. */
const settled = (value: unknown): string => JSON.stringify(value, (field, each) => (isTrace(field, each) ? undefined : each));

const isTrace = (field: string, value: unknown) =>
	field === 'resourceVersion' || field === 'managedFields' || field === 'mtimeMs' || (typeof value === 'string' && stamp.test(value));
