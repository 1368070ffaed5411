import type {KubeObject} from '../api/object.js';
import type {Snapshot} from '../sim/state.js';
import type {FieldDiff, ObjectDiff} from './world-diff.js';

const prefix = 'api/objects/';
/** They say that something was written, not what. */
const bookkeeping =
	/^metadata\.(?:resourceVersion|managedFields|generation|uid)$|\.(?:observedGeneration|last(?:Transition|Update|Probe|Heartbeat)Time)$/;
/** A heartbeat and a record of what happened are no difference in what is. */
const left = new Set(['events', 'leases.coordination.k8s.io']);

/**
 * Every object that was made, removed or changed: the learner's before the system's, what came and went before what is another than
 * before, and last what merely fares otherwise. Tables that both worlds share are not looked into.
 */
export function diffObjects(before: Snapshot, after: Snapshot): ObjectDiff[] {
	const names = new Set([...before.tables.keys(), ...after.tables.keys()]);
	return [...names]
		.filter(name => name.startsWith(prefix) && !left.has(name.slice(prefix.length)) && before.tables.get(name) !== after.tables.get(name))
		.sort()
		.flatMap(name => diffTable(name.slice(prefix.length), rowsOf(before, name), rowsOf(after, name)))
		.sort((a, b) => rank(a) - rank(b));
}

function rank({namespace = '', change, fields}: ObjectDiff): number {
	const own = change !== 'changed' ? 0 : fields.some(({path}) => !path.startsWith('status')) ? 1 : 2;
	return own + (namespace.startsWith('kube-') ? 3 : 0);
}

export const rowsOf = (snapshot: Snapshot, name: string) => (snapshot.tables.get(name) ?? new Map()) as ReadonlyMap<string, KubeObject>;

function diffTable(resource: string, before: ReadonlyMap<string, KubeObject>, after: ReadonlyMap<string, KubeObject>): ObjectDiff[] {
	return [...new Set([...before.keys(), ...after.keys()])].sort().flatMap((key): ObjectDiff[] => {
		const [old, now] = [before.get(key), after.get(key)];
		if (old === now) return [];
		const {namespace, name} = (now ?? old)!.metadata;
		const id = {resource, ...(namespace && {namespace}), name};
		if (!old || !now) return [{...id, change: old ? 'deleted' : 'created', fields: []}];
		const fields = diffFields(old, now);
		return fields.length === 0 ? [] : [{...id, change: 'changed', fields}];
	});
}

export function diffFields(before: unknown, after: unknown, path = ''): FieldDiff[] {
	if (before === after || bookkeeping.test(path)) return [];
	const both = [before, after].map(byKey(before, after));
	if (both.every(Array.isArray) || both.every(isRecord)) {
		const [old, now] = both as [Record<string, unknown>, Record<string, unknown>];
		const keys = new Set([...Object.keys(old), ...Object.keys(now)]);
		return [...keys].flatMap(key => diffFields(old[key], now[key], join(path, key, Array.isArray(before) && Array.isArray(after))));
	}
	return JSON.stringify(before) === JSON.stringify(after)
		? []
		: [{path, ...(before !== undefined && {before}), ...(after !== undefined && {after})}];
}

/** Conditions are known by their type, containers and ports by their name, wherever in the list they stand. */
function byKey(before: unknown, after: unknown): (list: unknown) => unknown {
	const key = ['type', 'name'].find(each => [before, after].every(list => isKeyed(list, each)));
	return key === undefined ? list => list : list => Object.fromEntries((list as Keyed[]).map(each => [each[key], each]));
}

type Keyed = Readonly<Record<string, string>>;

const isKeyed = (list: unknown, key: string): boolean =>
	Array.isArray(list) &&
	list.every(each => isRecord(each) && typeof (each as Keyed)[key] === 'string' && (each as Keyed)[key] !== '') &&
	new Set(list.map(each => each[key])).size === list.length;

const isRecord = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value);

/** `spec.ports[0].port`, `metadata.labels['app.kubernetes.io/name']` */
function join(path: string, key: string, inList: boolean): string {
	if (inList) return `${path}[${key}]`;
	if (!/^[A-Za-z_][\w-]*$/.test(key)) return `${path}['${key}']`;
	return path ? `${path}.${key}` : key;
}
