import {type Call, type Core, homeOf, runAdmission, type Writing} from '../core.js';
import {alreadyExists, badRequest, invalid, noSpace, plainError} from '../errors.js';
import type {FieldError} from '../field-error.js';
import type {Kind} from '../kind.js';
import {type FieldSet, fieldsOf} from '../apply/field-set.js';
import {afterCreate, type Manager, setManagers, wouldBeManaged} from '../apply/managed-fields.js';
import {type KubeObject, keyOf} from '../object.js';
import {dropEmpty, validateManagers, validateMeta} from '../object-meta.js';
import {objectsMax} from '../store.js';
import {copy} from '../values/plain.js';
import {rfc3339} from '../values/time.js';
import {createUid} from '../values/uid.js';

const generatedNameMax = 63;
const suffixLength = 5;
const nameAttemptsMax = 8;

/** POST. `object` stays the caller's. Models apiserver/pkg/registry/generic/registry/store.go Create. */
export function create(
	core: Core,
	call: Call,
	kind: Kind,
	namespace: string | undefined,
	object: KubeObject,
	owners?: readonly Manager[],
): KubeObject {
	const draft = kind.storedAs ? copy(kind.storedAs.toStored(object)) : copy(object);
	const home = kind.storedAs ? core.registry.resource(kind.storedAs.resource)! : kind;
	draft.metadata = draft.metadata ? {...draft.metadata} : {name: ''};
	place(home, draft, namespace);
	home.defaults?.(draft);
	const sent = call.fieldValidation || home.allocates ? sentFields(home, draft) : undefined;
	const writing: Writing = {operation: 'create', kind: home, namespace: draft.metadata.namespace, name: draft.metadata.name ?? '', draft};
	runAdmission(core, call, 'admit', writing);
	const generated = fillSystemFields(core, home, draft);
	home.prepareForCreate?.(draft);
	const prepared = {...writing, name: draft.metadata.name};
	runAdmission(core, call, 'prepare', prepared);
	refuse(home, draft, [
		...validateMeta(home, draft),
		...validateManagers(object.metadata?.managedFields ?? []),
		...(home.validate?.(draft) ?? []),
	]);
	for (const text of home.warnings?.(draft) ?? []) call.warn(text);
	runAdmission(core, call, 'validate', prepared);
	const resource = homeOf(home);
	const taken = () => core.store.shelf(resource).table.has(keyOf(draft));
	for (let attempt = 1; generated && taken() && attempt < nameAttemptsMax; attempt++)
		draft.metadata.name = generateName(core, draft.metadata.generateName!);
	if (taken()) throw alreadyExists(home, draft.metadata.name);
	const managers = owners ?? afterCreate(core, call, home, sent, object.metadata?.managedFields);
	if (call.dryRun) return wouldBeManaged(home, draft, managers);
	if (core.store.isFull) {
		core.sim.notes.notSimulated(`more than ${objectsMax} objects`);
		throw noSpace();
	}
	const stored = core.store.put(resource, draft, undefined);
	setManagers(core, home, keyOf(stored), managers);
	return kind.storedAs ? kind.storedAs.fromStored(stored) : stored;
}

/** What admission and the server itself add belongs to nobody; the status is not the creator's to set. */
const sentFields = (kind: Kind, draft: KubeObject): FieldSet =>
	fieldsOf(kind, kind.subresources?.includes('status') ? {...draft, status: undefined} : draft);

/** The request's namespace rules; an object may repeat it but not contradict it. */
function place(kind: Kind, draft: KubeObject, namespace: string | undefined): void {
	if (!kind.namespaced) return void delete draft.metadata.namespace;

	if (namespace !== undefined && draft.metadata.namespace && draft.metadata.namespace !== namespace)
		throw badRequest('the namespace of the provided object does not match the namespace sent on the request');
	draft.metadata.namespace ||= namespace ?? 'default';
}

function fillSystemFields(core: Core, kind: Kind, draft: KubeObject): boolean {
	const meta = draft.metadata;
	if (meta.resourceVersion) throw plainError('resourceVersion should not be set on objects to be created');
	const generated = !meta.name && Boolean(meta.generateName);
	if (generated) meta.name = generateName(core, meta.generateName!);
	if (kind.namesItself) meta.name ||= createUid(core.uids);
	delete meta.deletionTimestamp;
	delete meta.deletionGracePeriodSeconds;
	delete meta.managedFields;
	dropEmpty(meta);
	delete meta['selfLink' as keyof typeof meta];
	meta.uid = createUid(core.uids);
	meta.creationTimestamp = rfc3339(core.sim.clock.now());
	if (kind.generation) meta.generation = 1;
	else if (!kind.customSchema) delete meta.generation;
	if (kind.subresources?.includes('status') && kind.kind !== 'Node') draft.status = {};
	return generated;
}

function generateName(core: Core, base: string): string {
	return base.slice(0, generatedNameMax - suffixLength) + core.names.suffix(suffixLength);
}

export function refuse(kind: Kind, object: KubeObject, errors: readonly FieldError[]): void {
	if (errors.length > 0) throw invalid(kind, object.metadata.name, errors);
}
