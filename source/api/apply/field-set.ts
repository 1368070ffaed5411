import type {Kind} from '../kind.js';
import type {KubeObject} from '../object.js';
import {equal, isObject} from '../values/plain.js';
import {type FieldSchema, itemKeys, structSchema, type TypeSchema} from '../schema/schema.js';

/**
 * A set of fields in the notation of FieldsV1: `f:` a field, `k:` an item of an associative list, `v:` a value of a set, `.` the thing itself.
 * Models sigs.k8s.io/structured-merge-diff.
 */
export interface FieldSet {
	readonly [step: string]: FieldSet;
}

type Mutable = {[step: string]: Mutable};
/** What the server sets belongs to no manager. */
const serverMeta = new Set([
	'name',
	'namespace',
	'uid',
	'resourceVersion',
	'generation',
	'creationTimestamp',
	'deletionTimestamp',
	'deletionGracePeriodSeconds',
	'selfLink',
	'managedFields',
]);

/** All fields of an object; with `old`, only those that are new or differ. */
export function fieldsOf(kind: Kind, object: KubeObject, old?: KubeObject, applied = false): FieldSet {
	dots = !applied;
	return collectAll(kind, object, old);
}

/** An applied configuration owns what it names, an update also the maps and lists it makes. Set for the length of one collection. */
let dots = true;

/** FieldsV1 is printed with sorted keys. */
export const sortSteps = (set: FieldSet): FieldSet =>
	Object.fromEntries(
		Object.keys(set)
			.sort()
			.map(step => [step, sortSteps(set[step]!)]),
	);

function collectAll(kind: Kind, object: KubeObject, old: KubeObject | undefined): FieldSet {
	const type: TypeSchema | undefined = structSchema(kind.schema) ? {shape: 'struct', name: kind.schema} : undefined;
	const result: Mutable = {};
	for (const [key, value] of Object.entries(object)) {
		if (key === 'apiVersion' || key === 'kind' || value === undefined) continue;
		if (key === 'metadata') {
			const meta: Mutable = {};
			for (const [name, inner] of Object.entries(object.metadata)) {
				if (!serverMeta.has(name))
					collect(
						meta,
						`f:${name}`,
						inner,
						(old?.metadata as any)?.[name],
						old !== undefined,
						fieldType({shape: 'struct', name: 'meta.v1.ObjectMeta'}, name),
					);
			}

			if (Object.keys(meta).length > 0) result['f:metadata'] = meta;
		} else collect(result, `f:${key}`, value, old?.[key], old !== undefined, fieldType(type, key));
	}

	return result;
}

interface Shape {
	readonly type: TypeSchema | undefined;
	readonly field: FieldSchema | undefined;
}

function fieldType(type: TypeSchema | undefined, key: string): Shape {
	if (type?.shape === 'map') return {type: type.item, field: undefined};
	const field = type?.shape === 'struct' ? structSchema(type.name)?.fields.get(key) : undefined;
	return {type: field?.type, field};
}

function collect(into: Mutable, step: string, value: any, old: any, compare: boolean, shape: Shape): void {
	if (value === null ? !sentAsNull.has(step) : compare && equal(value, old)) return;
	const atomic = isAtomic(value, shape);
	if (atomic) {
		into[step] = {};
		return;
	}

	const inner: Mutable = {};
	const isNew = !compare || old === undefined || old === null;
	if (Array.isArray(value)) collectItems(inner, value, old, compare, shape);
	else
		for (const key of Object.keys(value))
			collect(inner, `f:${key}`, value[key], isObject(old) ? old[key] : undefined, compare, fieldType(shape.type, key));
	const owned = Object.keys(inner).length > 0;
	if (!owned && !isNew) return;
	into[step] = owned && isNew && hasDot(shape) ? {'.': {}, ...inner} : inner;
}

/** Times that Go writes as null where they are not set. */
const sentAsNull = new Set(['f:lastProbeTime']);

/** Structs and required fields are always there; optional maps, lists and pointers to structs own that they are. */
const hasDot = (shape: Shape): boolean =>
	dots && !shape.field?.required && (shape.type?.shape !== 'struct' || !plainStructs.has(shape.field?.name ?? ''));
/** Struct fields that are not pointers in Go. */
const plainStructs = new Set([
	'spec',
	'status',
	'metadata',
	'template',
	'strategy',
	'updateStrategy',
	'resources',
	'jobTemplate',
	'loadBalancer',
	'securityContext',
]);

function isAtomic(value: any, {type, field}: Shape): boolean {
	if (typeof value !== 'object' || value === null) return true;
	if (field?.atomic) return true;
	if (Array.isArray(value))
		return !field?.listKeys && !field?.set && !(field?.merge && field.mergeKey) && !(field?.merge && !field.mergeKey);
	return type?.shape === 'struct' ? (structSchema(type.name)?.atomic ?? false) : false;
}

function collectItems(into: Mutable, list: any[], old: any, compare: boolean, {type, field}: Shape): void {
	const item = type?.shape === 'list' ? type.item : undefined;
	const keys = itemKeys(field);
	const before: any[] = Array.isArray(old) ? old : [];
	for (const value of list) {
		if (!keys) {
			if (!compare || !before.includes(value)) into[`v:${JSON.stringify(value)}`] = {};
			continue;
		}

		const step = keyStep(keys, value);
		const match = before.find(other => keyStep(keys, other) === step);
		if (compare && equal(value, match)) continue;
		// An atomic item (an ownerReference) is owned as a whole.
		if (item?.shape === 'struct' && structSchema(item.name)?.atomic) {
			into[step] = {};
			continue;
		}

		const inner: Mutable = match === undefined ? {'.': {}} : {};
		for (const key of Object.keys(value))
			collect(inner, `f:${key}`, value[key], match?.[key], compare && match !== undefined, fieldType(item, key));
		// Less than before is no change of what is left.
		if (match === undefined || Object.keys(inner).length > 0) into[step] = inner;
	}
}

/** Keys that are left out take their default, e.g. a port's protocol. */
export const keyStep = (keys: readonly string[], value: any): string =>
	`k:${JSON.stringify(Object.fromEntries([...keys].sort().map(key => [key, value?.[key] ?? (key === 'protocol' ? 'TCP' : '')])))}`;

export function unite(a: FieldSet, b: FieldSet): FieldSet {
	const result: Mutable = {...(a as Mutable)};
	for (const [step, inner] of Object.entries(b))
		result[step] = step in result ? (unite(result[step]!, inner) as Mutable) : (inner as Mutable);
	return result;
}

/** A path that is taken away leaves what lies below it: owning a map and owning what is in it are two things. */
export function subtract(a: FieldSet, b: FieldSet): FieldSet {
	const result: Mutable = {};
	for (const [step, inner] of Object.entries(a)) {
		const minus = b[step];
		const isLeaf = Object.keys(inner).length === 0;
		if (!minus) result[step] = inner as Mutable;
		else if (isLeaf) {
			if (Object.keys(minus).length > 0 && !minus['.']) result[step] = {};
		} else {
			const left = subtract(inner, Object.keys(minus).length > 0 ? minus : {'.': {}});
			if (Object.keys(left).length > 0) result[step] = left as Mutable;
		}
	}

	return result;
}

/** Whoever names a field means what it stands in, too (EnsureNamedFieldsAreMembers). */
export function withParents(set: FieldSet): FieldSet {
	const steps = Object.entries(set);
	if (steps.length === 0) return set;
	return Object.fromEntries([['.', {}], ...steps.map(([step, inner]): [string, FieldSet] => [step, withParents(inner)])]);
}

export function intersect(a: FieldSet, b: FieldSet): FieldSet {
	const result: Mutable = {};
	for (const [step, inner] of Object.entries(a)) {
		const other = b[step];
		if (!other) continue;
		const bothLeaves = Object.keys(inner).length === 0 || Object.keys(other).length === 0;
		const shared = bothLeaves ? {} : (intersect(inner, other) as Mutable);
		if (bothLeaves || Object.keys(shared).length > 0) result[step] = shared;
	}

	return result;
}

/** Paths of the leaves, as conflicts are told: `.spec.replicas`, `.spec.containers[name="web"].image`. */
export function pathsOf(set: FieldSet, prefix = ''): string[] {
	return Object.entries(sortSteps(set)).flatMap(([step, inner]) => {
		if (step === '.') return Object.keys(set).length === 1 ? [prefix] : [];
		const path = prefix + printStep(step);
		return Object.keys(inner).length === 0 ? [path] : pathsOf(inner, path);
	});
}

function printStep(step: string): string {
	if (step.startsWith('f:')) return `.${step.slice(2)}`;
	if (step.startsWith('v:')) return `[=${step.slice(2)}]`;
	const keys = JSON.parse(step.slice(2)) as Record<string, unknown>;
	return `[${Object.entries(keys)
		.map(([key, value]) => `${key}=${JSON.stringify(value)}`)
		.join(',')}]`;
}
