import {type Call, type Core, homeOf} from '../core.js';
import {type FieldSet, fieldsOf, sortSteps, subtract, unite} from './field-set.js';
import {apiVersionOf, type Kind} from '../kind.js';
import {type KubeObject, keyOf} from '../object.js';
import {equal} from '../values/plain.js';
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

export const managersOf = (core: Core, kind: Kind, key: string): readonly Manager[] => tableOf(core, kind).get(key) ?? [];

export function setManagers(core: Core, kind: Kind, key: string, managers: readonly Manager[]): void {
	const kept = managers.filter(({fields}) => !fields || Object.keys(fields).length > 0);
	if (kept.length > 0) tableOf(core, kind).set(key, kept);
	else tableOf(core, kind).delete(key);
}

/** A patch that names metadata.managedFields rewrites who owns what; a list of one empty entry forgets all. */
export function writeManagers(core: Core, kind: Kind, key: string, list: readonly any[]): void {
	setManagers(
		core,
		kind,
		key,
		list
			.filter(({fieldsV1}) => fieldsV1)
			.map(({manager, operation, apiVersion, time, subresource, fieldsV1}) => ({
				manager,
				operation,
				apiVersion,
				time: time ?? '',
				...(subresource && {subresource}),
				fields: fieldsV1,
			})),
	);
}

/** `sent`: what of it the client asked for, when the server has added to that. */
export function recordCreate(core: Core, call: Call, kind: Kind, object: KubeObject, sent?: FieldSet): void {
	const own = entry(core, call, kind);
	setManagers(core, kind, keyOf(object), [sent ? {...own, fields: sent} : own]);
}

export function forgetManaged(core: Core, kind: Kind, object: KubeObject): void {
	tableOf(core, kind).delete(keyOf(object));
}

/** After an update: what changed belongs to whoever changed it, and to nobody else any more. */
export function recordUpdate(core: Core, call: Call, kind: Kind, object: KubeObject, old: KubeObject): void {
	const key = keyOf(object);
	const standing = managersOf(core, kind, key);
	const mine = (other: Manager) =>
		other.manager === call.fieldManager && other.operation === 'Update' && other.subresource === call.subresource;
	const status = call.subresource === 'status';
	const own = standing.find(mine);
	const alone = standing.every(other => mine(other) || (other.subresource === 'status') !== status);
	const metaSame = !status || sameMeta(object, old);
	if (alone && metaSame && !own?.fields) {
		setManagers(core, kind, key, [...standing.filter(other => !mine(other)), entry(core, call, kind)]);
		return;
	}

	const explicit = standing.map(other => ({...other, fields: explicitFields(kind, other, old)}));
	const changed = fieldsOf(kind, object, old);
	// Seen from the new object, what is gone differs too; what is still there was found above.
	const removed = subtract(fieldsOf(kind, old, object), changed);
	const rest = explicit.map(other => (mine(other) ? other : {...other, fields: subtract(subtract(other.fields, changed), removed)}));
	const mineBefore = explicit.find(mine)?.fields ?? {};
	const fields = subtract(unite(mineBefore, changed), removed);
	setManagers(core, kind, key, [...rest.filter(other => !mine(other)), {...entry(core, call, kind), fields}]);
}

/** What a lazy entry owns of the object as it stood. */
export function explicitFields(kind: Kind, manager: Manager, object: KubeObject): FieldSet {
	if (manager.fields) return manager.fields;
	const all = fieldsOf(kind, kind.asSent?.(object) ?? object);
	const {'f:status': status, ...rest} = all;
	if (manager.subresource === 'status') {
		const reported = kind.atBirth ? fieldsOf(kind, object, kind.atBirth(object))['f:status'] : status;
		return reported ? {'f:status': reported} : {};
	}

	return kind.subresources?.includes('status') ? rest : all;
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
	return printManagers(kind, object, managersOf(core, kind, keyOf(object)));
}

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
