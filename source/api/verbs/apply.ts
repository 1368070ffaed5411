import type {Call, Core, PatchRequest} from '../core.js';
import {create} from './create.js';
import {decode} from '../schema/decode.js';
import {badRequest, notFound} from '../errors.js';
import {appliedFields, type FieldSet, fieldsOf, intersect, pathsOf, subtract, unite, withParents} from '../apply/field-set.js';
import {apiVersionOf, type Kind} from '../kind.js';
import {entry, explicitFields, type Manager, managersOf} from '../apply/managed-fields.js';
import {mergeApplied, removeFields} from '../apply/merge-applied.js';
import {type KubeObject, keyOf} from '../object.js';
import {copy, inKeyOrder, isObject} from '../values/plain.js';
import {ApiError} from '../status.js';
import {homeOf} from '../core.js';
import {sortOf} from '../schema/decode-walk.js';
import {typedErrors} from '../apply/typed.js';
import {update} from './update.js';

const annotation = 'kubectl.kubernetes.io/last-applied-configuration';

/** Server-side apply. Models apimachinery/pkg/util/managedfields and structured-merge-diff's merge.Updater. */
export function applyConfiguration(core: Core, call: Call, kind: Kind, request: PatchRequest): {object: KubeObject; created: boolean} {
	const {namespace, name} = request;
	const body: any = request.patch ?? {};
	checkConfiguration(call, kind, body);
	// What is applied is owned and laid over as it is written: a null or an empty string, too.
	const config = copy(body) as KubeObject;
	const read = (object: KubeObject) => (call.fieldValidation ? converted(kind, object, body, call) : object);
	const wrong = call.fieldValidation ? typedErrors(kind, body) : '';
	if (wrong) throw refused(kind, body, 'create typed patch object @', wrong);
	const applied = withoutReset(kind, call, appliedFields(kind, config));
	const old = core.store.find(homeOf(kind), namespace, name);
	if (!old) {
		if (call.subresource) throw notFound(kind, name);
		const owners = [{...entry(core, call, kind, 'Apply'), fields: applied}];
		return {object: create(core, call, kind, namespace, read({...config, metadata: {...config.metadata, name}}), owners), created: true};
	}

	const managers = ownersBefore(core, call, kind, old);
	const isMine = (manager: Manager) =>
		manager.operation === 'Apply' && manager.manager === call.fieldManager && manager.subresource === call.subresource;
	const mine = managers.find(isMine);
	const others = managers.filter(manager => !isMine(manager));
	// A field that is applied as it stands is shared, not fought over.
	const differing = intersect(applied, fieldsOf(kind, mergeApplied(kind, old, config), old));
	const contested = others.map(manager => ({manager, fields: intersect(manager.fields, differing)}));
	const upgraded = call.fieldManager === 'kubectl' ? lastAppliedFields(kind, old) : {};
	const conflicts = contested
		.map(({manager, fields}) => ({manager, paths: pathsOf(subtract(fields, upgraded))}))
		.filter(({paths}) => paths.length > 0);
	if (conflicts.length > 0 && !request.force) throw conflictError(conflicts);
	const force = request.force || contested.some(({fields}) => pathsOf(fields).length > 0);
	const ownedByOthers = others.reduce<FieldSet>((all, manager) => unite(all, manager.fields), {});
	const dropped = mine ? subtract(subtract(mine.fields, withParents(applied)), ownedByOthers) : {};
	const rest = others.map(manager => ({...manager, fields: subtract(manager.fields, force ? differing : {})}));
	const object = update(
		core,
		{...call, patching: true},
		kind,
		namespace,
		name,
		standing => withLastApplied(call, standing, config, read(removeFields(kind, mergeApplied(kind, standing, config), dropped))),
		() => [...rest, {...entry(core, call, kind, 'Apply'), fields: applied}],
	);
	return {object, created: false};
}

function checkConfiguration(call: Call, kind: Kind, body: any): void {
	if (body !== null && !isObject(body))
		throw badRequest(
			`error decoding YAML: error unmarshaling JSON: while decoding JSON: json: cannot unmarshal ${sortOf(body)} into Go value of type map[string]interface {}`,
		);
	if (!call.fieldManager) {
		throw new ApiError(
			422,
			'Invalid',
			'PatchOptions.meta.k8s.io "" is invalid: fieldManager: Required value: is required for apply patch',
			{
				group: 'meta.k8s.io',
				kind: 'PatchOptions',
				causes: [{reason: 'FieldValueRequired', message: 'Required value: is required for apply patch', field: 'fieldManager'}],
			},
		);
	}

	if (body.metadata?.managedFields?.length) throw badRequest('metadata.managedFields must be nil');
	if (body.apiVersion !== apiVersionOf(kind))
		throw badRequest(
			`Incorrect version specified in apply patch. Specified patch version: ${body.apiVersion ?? ''}, expected: ${apiVersionOf(kind)}`,
		);
	if (body.kind !== kind.kind) {
		throw badRequest(`invalid object type: ${body.apiVersion}, Kind=${body.kind}`);
	}
}

/** Nobody owns what the resource, or its status, does not take (GetResetFields of the strategies). */
function withoutReset(
	kind: Kind,
	{subresource}: Call,
	{'f:status': status, 'f:spec': spec, 'f:metadata': metadata, ...rest}: FieldSet,
): FieldSet {
	const keepsStatus = subresource === 'status' || !kind.subresources?.includes('status');
	const kept = subresource === 'status' ? (kind.statusKeeps ?? []).map(key => `f:${key}`) : [];
	const taken = Object.entries(metadata ?? {}).filter(([key]) => !kept.includes(key));
	return {
		...rest,
		...(taken.length > 0 && {'f:metadata': Object.fromEntries(taken) as FieldSet}),
		...(spec && subresource !== 'status' && {'f:spec': spec}),
		...(status && keepsStatus && {'f:status': status}),
	};
}

/** What was laid together is read as what it says it is (managedfields/internal/structuredmerge.go). */
const converted = (kind: Kind, object: KubeObject, body: any, call: Call): KubeObject =>
	decode(
		kind,
		object,
		{...call, fieldValidation: 'Ignore'},
		{
			type: 'apply',
			body,
			refuse(text) {
				const to = `${kind.group}/${kind.version}, Kind=${kind.kind}`;
				return refused(kind, body, 'convert new object @ to proper version', `unable to convert unstructured object to ${to}: ${text}`);
			},
		},
	);

function refused(kind: Kind, {metadata}: any, step: string, text: string): ApiError {
	const what = `(${metadata?.namespace ?? ''}/${metadata?.name ?? ''}; ${kind.group}/${kind.version}, Kind=${kind.kind})`;
	return new ApiError(500, '', `failed to ${step.replace('@', what)}: ${text}`);
}

/** What nobody owns was there before the first who applies (managedfields/internal/skipnonapplied.go). */
function ownersBefore(core: Core, call: Call, kind: Kind, old: KubeObject) {
	const managers = managersOf(core, kind, keyOf(old)).map(manager => ({...manager, fields: explicitFields(kind, manager, old)}));
	if (managers.some(({fields}) => Object.keys(fields).length > 0)) return managers;
	const {fields: _, ...own} = entry(core, {...call, fieldManager: 'before-first-apply'}, kind);
	return [{...own, fields: explicitFields(kind, own, old)}];
}

/**
 * What `kubectl apply` wrote before `--server-side` was used is kubectl's own, by whatever name, so that nobody has to force the change;
 * not what was changed since (managedfields/internal/lastappliedmanager.go).
 */
function lastAppliedFields(kind: Kind, old: KubeObject): FieldSet {
	const text = old.metadata.annotations?.[annotation];
	if (text === undefined) return {};
	try {
		const written = JSON.parse(text) as KubeObject;
		if (written.apiVersion !== apiVersionOf(kind)) return {};
		const standing = subtract(appliedFields(kind, written), fieldsOf(kind, mergeApplied(kind, old, written), old));
		return unite(standing, {'f:metadata': {'f:annotations': {[`f:${annotation}`]: {}}}});
	} catch {
		return {};
	}
}

/** The server keeps kubectl's annotation true when kubectl goes over to server-side apply (managedfields/internal/lastappliedupdater.go). */
function withLastApplied(call: Call, old: KubeObject, config: KubeObject, merged: KubeObject): KubeObject {
	if (call.fieldManager !== 'kubectl' || old.metadata.annotations?.[annotation] === undefined) return merged;
	const {[annotation]: _, ...annotations} = config.metadata.annotations ?? {};
	const {annotations: __, ...metadata} = config.metadata;
	const written = {...config, metadata: {...metadata, ...(Object.keys(annotations).length > 0 && {annotations})}};
	const text = `${JSON.stringify(inKeyOrder(written))}\n`;
	return {...merged, metadata: {...merged.metadata, annotations: {...merged.metadata.annotations, [annotation]: text}}};
}

function conflictError(conflicts: Array<{manager: Manager; paths: string[]}>): ApiError {
	const describe = ({manager, operation, subresource, apiVersion, time}: Manager) => {
		const how = operation === 'Update' ? ` using ${apiVersion}` : '';
		return `conflict with ${JSON.stringify(manager)}${subresource ? ` with subresource ${JSON.stringify(subresource)}` : ''}${how}${operation === 'Update' && time ? ` at ${time}` : ''}`;
	};
	const causes = conflicts.flatMap(({manager, paths}) =>
		paths.map(field => ({reason: 'FieldManagerConflict', message: describe(manager).replace(/ at \S+$/, ''), field})),
	);
	return new ApiError(409, 'Conflict', conflictText(causes), {causes});
}

/** One conflict on one line, several by manager (apimachinery/pkg/util/managedfields/internal/conflict.go). */
function conflictText(causes: ReadonlyArray<{readonly message: string; readonly field: string}>): string {
	if (causes.length === 1) return `Apply failed with 1 conflict: ${causes[0]!.message}: ${causes[0]!.field}`;
	const groups = [...new Set(causes.map(({message}) => message))].sort().map(message => {
		const fields = causes.filter(cause => cause.message === message).map(({field}) => `\n- ${field}`);
		return `${message.replace('conflict with', 'conflicts with')}:${fields.join('')}`;
	});
	return `Apply failed with ${causes.length} conflicts: ${groups.join('\n')}`;
}
