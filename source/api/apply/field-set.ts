import type {Kind} from '../kind.js';
import type {KubeObject} from '../object.js';
import {printedZero} from '../values/go-zero.js';
import {equal, isObject} from '../values/plain.js';
import {shapeOf} from './shape.js';
import {type FieldSchema, itemKeys, structOf, type TypeSchema} from '../schema/schema.js';

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

/** Fields of an object that are new or differ, seen from an older one or from an empty one as Go has it. */
export const fieldsOf = (kind: Kind, object: KubeObject, old: Partial<KubeObject> = {}): FieldSet => collectAll(kind, object, old);

/** An applied configuration owns all that it names, an update also the maps and lists it makes. */
export const appliedFields = (kind: Kind, object: KubeObject): FieldSet => collectAll(kind, object, none);

/** FieldsV1 is printed with sorted keys. */
export const sortSteps = (set: FieldSet): FieldSet =>
	Object.fromEntries(
		Object.keys(set)
			.sort()
			.map(step => [step, sortSteps(set[step]!)]),
	);

export const metaShape: TypeSchema = {shape: 'struct', name: 'meta.v1.ObjectMeta'};

function collectAll(kind: Kind, object: KubeObject, old: Partial<KubeObject> | typeof none): FieldSet {
	const type = shapeOf(kind);
	const result: Mutable = {};
	for (const [key, value] of Object.entries(object)) {
		if (key === 'apiVersion' || key === 'kind' || value === undefined) continue;
		if (key !== 'metadata') {
			const shape = fieldType(type, key);
			collect(result, `f:${key}`, value, heldBy(old, key, shape), shape);
			continue;
		}

		const meta: Mutable = {};
		const before = old === none ? none : (old.metadata ?? {});
		for (const [name, inner] of Object.entries(object.metadata)) {
			const shape = fieldType(metaShape, name);
			if (!serverMeta.has(name)) collect(meta, `f:${name}`, inner, heldBy(before, name, shape), shape);
		}

		if (Object.keys(meta).length > 0) result['f:metadata'] = meta;
	}

	return result;
}

/** Nothing is older than an applied configuration. */
const none = Symbol('none');

/** What the older one holds in a field: what nobody set there, Go holds as zero. All that is in something new is new. */
function heldBy(old: any, key: string, {field}: Shape): any {
	if (old === none || old === undefined) return old;
	const value = isObject(old) ? old[key] : undefined;
	return value === undefined && field ? printedZero(field) : value;
}

interface Shape {
	readonly type: TypeSchema | undefined;
	readonly field: FieldSchema | undefined;
}

function fieldType(type: TypeSchema | undefined, key: string): Shape {
	if (type?.shape === 'map') return {type: type.item, field: undefined};
	const field = structOf(type)?.fields.get(key);
	return {type: field?.type, field};
}

/** `old` is undefined where there was nothing: whoever makes a map, a list or what a pointer points to owns that it is there, its `.` */
function collect(into: Mutable, step: string, value: any, old: any, shape: Shape): void {
	if (old !== none && equal(value, old)) return;
	// A null in a list's or map's place takes away its items: nobody fights over that.
	if (value === null && old !== none && typeof old === 'object' && !shape.field?.atomic) return;
	if (isAtomic(value, shape)) {
		into[step] = {};
		return;
	}

	if (old === none && Array.isArray(value) && value.length === 0) return;
	const inner: Mutable = {};
	if (Array.isArray(value)) collectItems(inner, value, old, shape);
	else
		for (const key of Object.keys(value)) {
			const below = fieldType(shape.type, key);
			collect(inner, `f:${key}`, value[key], heldBy(old, key, below), below);
		}

	const owned = Object.keys(inner).length > 0;
	// Who applies owns an entry of a map, but of a struct only the fields (structured-merge-diff/typed/tofieldset.go).
	const dotted = old === undefined || (old === none && !shape.field);
	if (owned || old === undefined || old === none) into[step] = owned && dotted ? {'.': {}, ...inner} : inner;
}

function isAtomic(value: any, {type, field}: Shape): boolean {
	if (typeof value !== 'object' || value === null) return true;
	if (field?.atomic) return true;
	if (Array.isArray(value))
		return !field?.listKeys && !field?.set && !(field?.merge && field.mergeKey) && !(field?.merge && !field.mergeKey);
	return structOf(type)?.atomic ?? false;
}

function collectItems(into: Mutable, list: any[], old: any, {type, field}: Shape): void {
	const item = type?.shape === 'list' ? type.item : undefined;
	const keys = itemKeys(field);
	const before: any[] = Array.isArray(old) ? old : [];
	for (const value of list) {
		if (!keys) {
			if (!before.includes(value)) into[`v:${JSON.stringify(value)}`] = {};
			continue;
		}

		const step = keyStep(keys, value, item);
		const match = old === none ? none : before.find(other => keyStep(keys, other, item) === step);
		if (equal(value, match)) continue;
		// An atomic item (an ownerReference) is owned as a whole.
		if (structOf(item)?.atomic) {
			into[step] = {};
			continue;
		}

		const isNew = match === undefined || match === none;
		const inner: Mutable = isNew ? {'.': {}} : {};
		for (const key of Object.keys(value)) {
			const below = fieldType(item, key);
			collect(inner, `f:${key}`, value[key], heldBy(match, key, below), below);
		}

		// Less than before is no change of what is left.
		if (isNew || Object.keys(inner).length > 0) into[step] = inner;
	}
}

/** Keys that are left out take their default, e.g. a port's protocol. */
export function keyStep(keys: readonly string[], value: any, item?: TypeSchema): string {
	const left = (key: string) => structOf(item)?.fields.get(key)?.initial ?? (key === 'protocol' ? 'TCP' : '');
	return `k:${JSON.stringify(Object.fromEntries([...keys].sort().map(key => [key, value?.[key] ?? left(key)])))}`;
}

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

/** Paths of the leaves, as conflicts are told: `.spec.replicas`, `.spec.containers[name="web"].image`; at each step what ends there first. */
export function pathsOf(set: FieldSet, prefix = ''): string[] {
	const steps = Object.entries(sortSteps(set)).filter(([step]) => step !== '.');
	if (steps.length === 0) return '.' in set ? [prefix] : [];
	const ends = steps.filter(([, inner]) => Object.keys(inner).length === 0).map(([step]) => prefix + printStep(step));
	return [...ends, ...steps.flatMap(([step, inner]) => (Object.keys(inner).length > 0 ? pathsOf(inner, prefix + printStep(step)) : []))];
}

export function printStep(step: string): string {
	if (step.startsWith('f:')) return `.${step.slice(2)}`;
	if (step.startsWith('v:')) return `[=${step.slice(2)}]`;
	const keys = JSON.parse(step.slice(2)) as Record<string, unknown>;
	return `[${Object.entries(keys)
		.map(([key, value]) => `${key}=${JSON.stringify(value)}`)
		.join(',')}]`;
}
