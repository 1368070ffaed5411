import type {DeleteOptions} from '../client.js';
import {type Call, type Core, homeOf, runAdmission} from '../core.js';
import {conflict, notFound} from '../errors.js';
import type {Kind} from '../kind.js';
import {forgetManaged} from '../apply/managed-fields.js';
import type {KubeObject, ObjectMeta} from '../object.js';
import {equal} from '../values/plain.js';
import {parseRfc3339, rfc3339} from '../values/time.js';

const orphan = 'orphan';
const foreground = 'foregroundDeletion';

/**
 * DELETE. Returns the object as it was left and whether it is gone.
 * Models apiserver/pkg/registry/generic/registry/store.go Delete and rest.BeforeDelete.
 */
export function remove(
	core: Core,
	call: Call,
	kind: Kind,
	namespace: string | undefined,
	name: string,
	options: DeleteOptions,
): {object: KubeObject; gone: boolean} {
	const home = kind.storedAs ? core.registry.resource(kind.storedAs.resource)! : kind;
	const old = core.store.find(homeOf(home), namespace, name);
	if (!old) throw notFound(home, name);
	runAdmission(core, call, 'admit', {operation: 'delete', kind: home, namespace, name, old});
	runAdmission(core, call, 'validate', {operation: 'delete', kind: home, namespace, name, old});
	checkPreconditions(home, old, options.preconditions);
	const show = (object: KubeObject) => (kind.storedAs ? kind.storedAs.fromStored(object) : object);
	const meta = marked(core, home, old, options);
	if (!meta) return {object: show(old), gone: false};
	const draft: KubeObject = {...old, metadata: meta};
	const held = Boolean(meta.finalizers?.length) || Boolean(home.heldBack?.(draft));
	if (held || meta.deletionGracePeriodSeconds) {
		home.markDeleted?.(draft);
		if (equal(draft, old)) return {object: show(old), gone: false};
		if (call.dryRun) return {object: draft, gone: false};
		return {object: show(core.store.put(homeOf(home), draft, old)), gone: false};
	}

	if (call.dryRun) return {object: show(old), gone: true};
	for (const defined of home.defines?.(old) ?? []) removeAll(core, defined);
	// A forced deletion is seen with its deletionTimestamp, as the two writes of the real server leave it.
	const last = core.store.remove(homeOf(home), home.gracePeriod ? draft : old);
	forgetManaged(core, home, last);
	return {object: show(last), gone: true};
}

/** With a definition go all objects it defined. */
function removeAll(core: Core, kind: Kind): void {
	if (kind.storedAs) return;
	for (const object of core.store.shelf(homeOf(kind)).list(undefined)) forgetManaged(core, kind, core.store.remove(homeOf(kind), object));
}

function checkPreconditions(kind: Kind, old: KubeObject, wanted: DeleteOptions['preconditions']): void {
	const named = {group: kind.group, plural: kind.kind, kind: kind.kind};
	const {uid, resourceVersion, name} = old.metadata;
	if (wanted?.uid !== undefined && wanted.uid !== uid)
		throw conflict(
			named,
			name,
			`the UID in the precondition (${wanted.uid}) does not match the UID in record (${uid}). The object might have been deleted and then recreated`,
		);
	if (wanted?.resourceVersion !== undefined && wanted.resourceVersion !== resourceVersion)
		throw conflict(
			named,
			name,
			`the ResourceVersion in the precondition (${wanted.resourceVersion}) does not match the ResourceVersion in record (${resourceVersion}). The object might have been modified`,
		);
}

/** The metadata after the deletion was asked for; undefined when a deletion that is under way stays as it is. */
function marked(core: Core, kind: Kind, old: KubeObject, options: DeleteOptions): ObjectMeta | undefined {
	const meta: ObjectMeta = {...old.metadata};
	if (meta.deletionTimestamp && kind.gracePeriod) {
		const standing = meta.deletionGracePeriodSeconds ?? 0;
		const wanted = options.gracePeriodSeconds;
		if (wanted === undefined || wanted >= standing)
			return standing === 0 && !meta.finalizers?.length ? withFinalizers(meta, options) : undefined;
		const began = parseRfc3339(meta.deletionTimestamp)! - standing * 1000;
		meta.deletionTimestamp = rfc3339(began + wanted * 1000);
		meta.deletionGracePeriodSeconds = wanted;
		return withFinalizers(meta, options);
	}

	withFinalizers(meta, options);
	if (!meta.deletionTimestamp) {
		const grace = kind.gracePeriod?.(old, options.gracePeriodSeconds) ?? 0;
		meta.deletionTimestamp = rfc3339(core.sim.clock.now() + grace * 1000);
		meta.deletionGracePeriodSeconds = grace;
		if (kind.heldBack) delete meta.deletionGracePeriodSeconds;
		if (meta.generation) meta.generation++;
	}

	return meta;
}

/** Orphan and Foreground are finalizers that the garbage collector takes away again. */
function withFinalizers(meta: ObjectMeta, {propagationPolicy}: DeleteOptions): ObjectMeta {
	const present = meta.finalizers ?? [];
	const others = present.filter(name => name !== orphan && name !== foreground);
	const wanted = propagationPolicy
		? {Orphan: orphan, Foreground: foreground, Background: undefined}[propagationPolicy]
		: present.find(name => name === orphan || name === foreground);
	const finalizers = wanted ? [...others, wanted] : others;
	if (finalizers.length > 0) meta.finalizers = finalizers;
	else delete meta.finalizers;
	return meta;
}
