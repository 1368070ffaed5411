import {type Call, type Core, homeOf, runAdmission, type Writing} from '../core.js';
import {refuse} from './create.js';
import {badRequest, conflict, invalid, notFound, otherName, plainError, staleObject, unnamed} from '../errors.js';
import {goText} from '../field-error.js';
import type {Kind} from '../kind.js';
import {afterUpdate, forgetManaged, type Manager, managersOf, sameManagers, setManagers, wouldBeManaged} from '../apply/managed-fields.js';
import {type KubeObject, keyOf} from '../object.js';
import {dropEmpty, validateManagers, validateMetaUpdate} from '../object-meta.js';
import {copy, equal, isObject, setOwn} from '../values/plain.js';

/**
 * PUT and PATCH: `change` makes the new object from the present one. Returns the stored object, the old one when nothing changed.
 * Models apiserver/pkg/registry/generic/registry/store.go Update and rest.BeforeUpdate.
 */
export function update(
	core: Core,
	call: Call,
	kind: Kind,
	namespace: string | undefined,
	name: string,
	change: (old: KubeObject) => KubeObject,
	owners?: (draft: KubeObject) => readonly Manager[],
): KubeObject {
	const home = kind.storedAs ? core.registry.resource(kind.storedAs.resource)! : kind;
	const old = core.store.find(homeOf(home), namespace, name);
	if (!old) throw notFound(home, name);
	const given = change(kind.storedAs ? kind.storedAs.fromStored(old) : old);
	const changed = kind.storedAs ? kind.storedAs.toStored(given) : given;
	const draft = call.subresource === 'status' && !call.fieldValidation ? statusDraft(changed, old) : copy(changed);
	draft.metadata = {...draft.metadata};
	const named = call.subresource ? undefined : draft.metadata.managedFields;
	if (!draft.metadata.name) throw unnamed(name);
	if (draft.metadata.name !== name) throw otherName(draft.metadata.name, name);
	if (call.subresource !== 'status' || call.fieldValidation) home.defaults?.(draft);
	const sent = call.fieldValidation && !call.subresource ? {...copy(draft), status: old.status} : undefined;
	const writing: Writing = {operation: 'update', kind: home, namespace, name, draft, old};
	runAdmission(core, call, 'admit', writing);
	if (call.replacing && !draft.metadata.resourceVersion && (home.conditionalUpdate || home.customSchema)) throw unconditional(home, name);
	keepSystemFields(home, draft, old, call.patching ?? false);
	if (call.subresource === 'status') onlyStatus(home, draft, old);
	// A judgement is a condition in the status.
	else if (call.subresource !== 'approval') withoutStatus(home, draft, old);
	const part = partOf(home, call);
	if (part) part.prepare(draft, old);
	else if (call.subresource !== 'status' && call.subresource !== 'finalize') home.prepareForUpdate?.(draft, old);
	if (call.subresource !== 'status') countGeneration(home, draft, old);
	const show = (object: KubeObject) => (kind.storedAs ? kind.storedAs.fromStored(object) : object);
	const same = equal(draft, old);
	if (same && !owners && !named) return show(old);
	const managers = owners?.(draft) ?? afterUpdate(core, call, home, sent ?? draft, old, named);
	if (same && sameManagers(home, old, managers, managersOf(core, home, keyOf(old)))) return show(old);
	if (call.subresource !== 'status') runAdmission(core, call, 'prepare', writing);
	check(call, home, draft, old, named);
	runAdmission(core, call, 'validate', writing);
	if (call.dryRun) return wouldBeManaged(home, draft, managers);
	if (isReleased(home, draft)) {
		forgetManaged(core, home, draft);
		return show(core.store.remove(homeOf(home), draft));
	}

	setManagers(core, home, keyOf(draft), managers);
	return show(core.store.put(homeOf(home), draft, old));
}

/** A private copy of what a status write can change. What is the stored object's own is frozen, and stays. */
function statusDraft(changed: KubeObject, old: KubeObject): KubeObject {
	const draft: KubeObject = {...changed, metadata: copyBeside(changed.metadata, old.metadata)};
	if (changed.status !== undefined) draft.status = copyBeside(changed.status, old.status);
	return draft;
}

function copyBeside<T>(value: T, kept: any): T {
	if (!isObject(value) || !isObject(kept)) return copy(value);
	const result: any = {...value};
	for (const key of Object.keys(result)) if (result[key] !== kept[key]) setOwn(result, key, copy(result[key]));
	return result;
}

/** A subresource is whatever somebody wrote into a path: `constructor` is none. */
const partOf = ({parts}: Kind, {subresource}: Call) =>
	subresource && parts && Object.hasOwn(parts, subresource) ? parts[subresource] : undefined;

/** The server prints the version, a number, in hexadecimal, and names the resource where it names the kind elsewhere (registry/store.go). */
const unconditional = ({group, plural}: Kind, name: string) =>
	invalid({group, kind: plural}, name, [
		{type: 'Invalid', field: 'metadata.resourceVersion', value: goText('0x0'), detail: 'must be specified for an update'},
	]);

/** Whoever writes last on a stale copy loses; what only the server may set stays as it was. */
function keepSystemFields(kind: Kind, draft: KubeObject, old: KubeObject, patching: boolean): void {
	const [meta, before] = [draft.metadata, old.metadata];
	const version = meta.resourceVersion;
	if (version && !/^\d{1,20}$/.test(version)) throw plainError(`strconv.ParseUint: parsing ${JSON.stringify(version)}: invalid syntax`);
	if (version && version !== before.resourceVersion) throw conflict(kind, before.name, staleObject);
	if (before.namespace && meta.namespace && meta.namespace !== before.namespace)
		throw badRequest(`the namespace of the object (${meta.namespace}) does not match the namespace on the request (${before.namespace})`);
	if (meta.uid && meta.uid !== before.uid && !patching) {
		const key = `/registry/${kind.plural}/${keyOf(old)}`;
		const why = `Precondition failed: UID in precondition: ${meta.uid}, UID in object meta: ${before.uid}`;
		throw conflict(kind, before.name, `StorageError: invalid object, Code: 4, Key: ${key}, ResourceVersion: 0, AdditionalErrorMsg: ${why}`);
	}

	meta.name = before.name;
	if (before.namespace) meta.namespace ??= before.namespace;
	meta.resourceVersion = before.resourceVersion;
	if (!patching) meta.uid = before.uid;
	else meta.uid ??= before.uid!;
	meta.creationTimestamp = before.creationTimestamp;
	delete meta.managedFields;
	dropEmpty(meta);
	for (const key of ['generation', 'deletionTimestamp', 'deletionGracePeriodSeconds'] as const) {
		if (before[key] === undefined) delete meta[key];
		else (meta as any)[key] = before[key];
	}
}

/** A status write cannot touch the spec. */
function onlyStatus(kind: Kind, draft: KubeObject, old: KubeObject): void {
	for (const key of new Set([...Object.keys(draft), ...Object.keys(old)])) {
		if (key === 'status' || key === 'metadata') continue;
		if (old[key] === undefined) delete draft[key];
		else draft[key] = old[key];
	}

	if (kind.customSchema) draft.metadata = {...old.metadata};
	else for (const key of kind.statusKeeps ?? []) restore(draft.metadata, old.metadata, key);
}

function restore<T extends object>(draft: T, old: T, key: keyof T): void {
	if (old[key] === undefined) delete draft[key];
	else draft[key] = old[key];
}

/** And the reverse. */
function withoutStatus(kind: Kind, draft: KubeObject, old: KubeObject): void {
	if (!kind.subresources?.includes('status')) return;
	if (old.status === undefined) delete draft.status;
	else draft.status = old.status;
}

function countGeneration(kind: Kind, draft: KubeObject, old: KubeObject): void {
	if (!kind.generation) return;
	const keys = new Set([...Object.keys(draft), ...Object.keys(old)]);
	for (const key of ['apiVersion', 'kind', 'metadata', 'status']) keys.delete(key);
	const same = [...keys].every(key => equal(draft[key], old[key]));
	const sameNotes = kind.generation !== 'annotations' || equal(draft.metadata.annotations, old.metadata.annotations);
	if (!same || !sameNotes) draft.metadata.generation = (old.metadata.generation ?? 0) + 1;
}

function check(call: Call, kind: Kind, draft: KubeObject, old: KubeObject, managers: readonly any[] = []): void {
	const metaErrors = [...validateManagers(managers), ...validateMetaUpdate(draft, old)];
	// Only the server itself writes this one, and it may change what users may not.
	if (call.subresource === 'finalize') return;
	const part = partOf(kind, call);
	const own = part ?? {validate: call.subresource === 'status' ? kind.validateStatus : kind.validate};
	const errors = own.validate?.(draft, old);
	refuse(kind, draft, [...metaErrors, ...(errors ?? [])]);
	if (call.subresource !== 'status') for (const text of kind.warnings?.(draft, old) ?? []) call.warn(text);
}

/** The last finalizer of a deleted object is gone. */
function isReleased(kind: Kind, draft: KubeObject): boolean {
	const meta = draft.metadata;
	return Boolean(meta.deletionTimestamp) && !meta.finalizers?.length && !meta.deletionGracePeriodSeconds && !kind.heldBack?.(draft);
}
