import {type Call, type Core, homeOf} from '../core.js';
import {type FieldSet, fieldsOf, sortSteps, subtract, unite} from './field-set.js';
import {apiVersionOf, type Kind} from '../kind.js';
import {type KubeObject, keyOf} from '../object.js';
import {equal, freeze, isObject} from '../values/plain.js';
import {rfc3339} from '../values/time.js';

/**
 * Who set which field. The store keeps this apart from the objects and keeps it lazily: an entry without `fields` owns all of its half of the
 * object (spec or status), which is the truth as long as nobody else writes to that half; only a second writer makes it explicit.
 */
export interface Manager {
	readonly manager: string;
	readonly operation: 'Apply' | 'Update';
	readonly subresource?: string;
	readonly apiVersion: string;
	/** Empty for the scale subresource, which tells none. */
	readonly time: string;
	readonly fields?: FieldSet;
}

const tableOf = (core: Core, kind: Kind) => core.sim.state.table<readonly Manager[]>(`api/managers/${homeOf(kind)}`);

export const managersOf = (core: Core, kind: Kind, key: string): readonly Manager[] => tableOf(core, kind).get(key) ?? nobody;

const nobody: readonly Manager[] = [];

export function setManagers(core: Core, kind: Kind, key: string, managers: readonly Manager[]): void {
	const kept = managers.filter(({fields}) => !fields || Object.keys(fields).length > 0);
	if (kept.length > 0) tableOf(core, kind).set(key, kept);
	else tableOf(core, kind).delete(key);
}

/**
 * A write that names metadata.managedFields rewrites who owns what, and a list of one empty entry forgets all; one that names none, or what
 * cannot be read, leaves it as it stands.
 */
function given(list: readonly any[] | undefined): readonly Manager[] | undefined {
	if (!list || list.length === 0) return undefined;
	if (list.length === 1 && Object.keys(list[0] ?? {}).length === 0) return [];
	if (!list.every(({fieldsV1}) => isObject(fieldsV1))) return undefined;
	return list.map(({manager, operation, apiVersion, time, subresource, fieldsV1}) => ({
		manager,
		operation,
		apiVersion,
		time: time ?? '',
		...(subresource && {subresource}),
		fields: fieldsV1,
	}));
}

/** Who owns an object that is made; `sent`: what of it the client asked for, when the server has added to that. */
export function afterCreate(core: Core, call: Call, kind: Kind, sent: FieldSet | undefined, named: readonly any[] | undefined) {
	const own = entry(core, call, kind);
	return [...(given(named) ?? []), sent ? {...own, fields: sent} : own];
}

export function forgetManaged(core: Core, kind: Kind, object: KubeObject): void {
	tableOf(core, kind).delete(keyOf(object));
}

/** After an update: what changed belongs to whoever changed it, and to nobody else any more. `named`: the managedFields that were sent. */
export function afterUpdate(
	core: Core,
	call: Call,
	kind: Kind,
	object: KubeObject,
	old: KubeObject,
	named: readonly any[] | undefined,
): readonly Manager[] {
	const standing = given(named) ?? managersOf(core, kind, keyOf(old));
	if (isUntracked(call, kind, old, standing)) return [];
	const mine = (other: Manager) =>
		other.manager === call.fieldManager && other.operation === 'Update' && other.subresource === call.subresource;
	const status = call.subresource === 'status';
	const own = standing.find(mine);
	const alone = standing.every(other => mine(other) || (other.subresource === 'status') !== status);
	const metaSame = !status || sameMeta(object, old);
	if (!named && alone && metaSame && !own?.fields) return [...standing.filter(other => !mine(other)), entry(core, call, kind)];
	const explicit = standing.map(other => ({...other, fields: explicitFields(kind, other, old)}));
	const changed = fieldsOf(kind, object, old);
	// Seen from the new object, what is gone differs too; what is still there was found above.
	const removed = subtract(fieldsOf(kind, old, object), changed);
	const rest = explicit.map(other => (mine(other) ? other : {...other, fields: subtract(subtract(other.fields, changed), removed)}));
	const before = explicit.find(mine);
	const fields = subtract(unite(before?.fields ?? {}, changed), removed);
	const time = before && Object.keys(changed).length === 0 ? {time: before.time} : {};
	return [...rest.filter(other => !mine(other)), {...entry(core, call, kind), ...time, fields}];
}

/** What has no manager left gets none by an update (managedfields/internal/skipnonapplied.go). */
function isUntracked(call: Call, kind: Kind, old: KubeObject, standing: readonly Manager[]): boolean {
	if (standing.length === 0) return true;
	return call.fieldValidation !== undefined && standing.every(each => Object.keys(explicitFields(kind, each, old)).length === 0);
}

/** Whether two lists say the same, whenever it was said. */
export function sameManagers(kind: Kind, object: KubeObject, a: readonly Manager[], b: readonly Manager[]): boolean {
	const timeless = (managers: readonly Manager[]) =>
		printManagers(
			kind,
			object,
			managers.map(each => ({...each, time: ''})),
		);
	return equal(timeless(a), timeless(b));
}

/** What a lazy entry owns of the object as it stood. */
export function explicitFields(kind: Kind, manager: Manager, object: KubeObject): FieldSet {
	if (manager.fields) return manager.fields;
	const all = allFields(kind, object);
	const {'f:status': status, ...rest} = all;
	if (manager.subresource === 'status') {
		const reported = kind.atBirth ? fieldsOf(kind, object, kind.atBirth(object))['f:status'] : status;
		return reported ? {'f:status': reported} : {};
	}

	return kind.subresources?.includes('status') ? rest : all;
}

/** What is stored stays as it is, and its managers are asked for at each read. */
const known = new WeakMap<KubeObject, {readonly kind: Kind; readonly fields: FieldSet}>();

function allFields(kind: Kind, object: KubeObject): FieldSet {
	const kept = known.get(object);
	if (kept?.kind === kind) return kept.fields;
	const fields = fieldsOf(kind, kind.asSent?.(object) ?? object);
	if (Object.isFrozen(object)) known.set(object, {kind, fields});
	return fields;
}

const sameMeta = (a: KubeObject, b: KubeObject) =>
	equal(a.metadata.annotations, b.metadata.annotations) &&
	equal(a.metadata.finalizers, b.metadata.finalizers) &&
	equal(a.metadata.labels, b.metadata.labels);

export const entry = (core: Core, call: Call, kind: Kind, operation: Manager['operation'] = 'Update'): Manager => ({
	manager: call.fieldManager,
	operation,
	...(call.subresource && {subresource: call.subresource}),
	apiVersion: apiVersionOf(kind),
	time: call.subresource === 'scale' ? '' : rfc3339(core.sim.clock.now()),
});

/** metadata.managedFields as the server shows it: Apply before Update, then by time. */
export function managedFieldsOf(core: Core, kind: Kind, object: KubeObject): readonly unknown[] {
	const managers = managersOf(core, kind, keyOf(object));
	const kept = printed.get(object);
	if (kept?.managers === managers && kept.kind === kind) return kept.lines;
	const lines = freeze(printManagers(kind, object, managers));
	if (Object.isFrozen(object)) printed.set(object, {kind, managers, lines});
	return lines;
}

const printed = new WeakMap<KubeObject, {readonly kind: Kind; readonly managers: readonly Manager[]; readonly lines: readonly unknown[]}>();

/** A dry run keeps nothing, but tells who would own what. */
export const wouldBeManaged = (kind: Kind, object: KubeObject, managers: readonly Manager[]): KubeObject => ({
	...object,
	metadata: {...object.metadata, managedFields: printManagers(kind, object, managers) as unknown[]},
});

export function printManagers(kind: Kind, object: KubeObject, managers: readonly Manager[]): readonly unknown[] {
	const rank = (manager: Manager) => `${manager.operation === 'Apply' ? 0 : 1}${manager.time || 0} ${manager.manager}`;
	return managers
		.map(manager => ({manager, fields: explicitFields(kind, manager, object)}))
		.filter(({fields}) => Object.keys(fields).length > 0)
		.sort((a, b) => (rank(a.manager) < rank(b.manager) ? -1 : 1))
		.map(({manager: {fields: _, ...manager}, fields}) => ({
			manager: manager.manager,
			operation: manager.operation,
			apiVersion: manager.apiVersion,
			...(manager.time && {time: manager.time}),
			fieldsType: 'FieldsV1',
			fieldsV1: sortSteps(fields),
			...(manager.subresource && {subresource: manager.subresource}),
		}));
}
