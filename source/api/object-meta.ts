import type {FieldError} from './field-error.js';
import type {Kind} from './kind.js';
import {isLabel1123, isLabelValue, isQualifiedName, isSubdomain1123} from './selector/label-syntax.js';
import type {KubeObject, ObjectMeta, OwnerReference} from './object.js';
import {equal} from './values/plain.js';

/** Metadata rules of every kind. Models apimachinery/pkg/api/validation/objectmeta.go. */
const annotationsMaxBytes = 256 * 1024;
const standardFinalizers = ['orphan', 'foregroundDeletion', 'kubernetes'];

export function validateMeta(kind: Kind, object: KubeObject): FieldError[] {
	const meta = object.metadata;
	const errors: FieldError[] = [];
	const rule = kind.nameRule ?? isSubdomain1123;
	if (meta.generateName) {
		const masked =
			meta.generateName.length > 1 && meta.generateName.endsWith('-') ? meta.generateName.slice(0, -1) + 'a' : meta.generateName;
		for (const detail of rule(masked)) errors.push({type: 'Invalid', field: 'metadata.generateName', value: meta.generateName, detail});
	}

	if (!meta.name) errors.push({type: 'Required', field: 'metadata.name', detail: 'name or generateName is required'});
	else for (const detail of rule(meta.name)) errors.push({type: 'Invalid', field: 'metadata.name', value: meta.name, detail});
	if (kind.namespaced) {
		if (!meta.namespace) errors.push({type: 'Required', field: 'metadata.namespace', detail: ''});
		else
			for (const detail of isLabel1123(meta.namespace))
				errors.push({type: 'Invalid', field: 'metadata.namespace', value: meta.namespace, detail});
	}

	if (!kind.namespaced && meta.namespace) errors.push({type: 'Forbidden', field: 'metadata.namespace', detail: 'not allowed on this type'});
	return [...errors, ...validateMutableMeta(meta)];
}

function validateMutableMeta(meta: ObjectMeta): FieldError[] {
	return [
		...validateLabels(meta.labels, 'metadata.labels'),
		...validateAnnotations(meta.annotations, 'metadata.annotations'),
		...validateOwners(meta.ownerReferences ?? []),
		...(meta.finalizers ?? []).flatMap((name, at) => validateFinalizer(name, 'metadata.finalizers', `metadata.finalizers[${at}]`)),
		...bothWays(meta.finalizers ?? []),
	];
}

/** The garbage collector cannot do both. */
const bothWays = (finalizers: readonly string[]): FieldError[] =>
	finalizers.includes('orphan') && finalizers.includes('foregroundDeletion')
		? [
				{
					type: 'Invalid',
					field: 'metadata.finalizers',
					value: finalizers,
					detail: 'finalizer orphan and foregroundDeletion cannot be both set',
				},
			]
		: [];

/** `managers`: metadata.managedFields as a client sent it. */
export const validateManagers = (managers: readonly any[]): FieldError[] =>
	managers.length === 1 && Object.keys(managers[0] ?? {}).length === 0 ? [] : managers.flatMap((each, at) => managerErrors(each ?? {}, at));

function managerErrors({operation = '', fieldsType}: any, at: number): FieldError[] {
	const errors: FieldError[] = [];
	const field = `metadata.managedFields[${at}]`;
	if (operation !== 'Apply' && operation !== 'Update')
		errors.push({type: 'Invalid', field: `${field}.operation`, value: operation, detail: 'must be `Apply` or `Update`'});
	if (fieldsType && fieldsType !== 'FieldsV1')
		errors.push({type: 'Invalid', field: `${field}.fieldsType`, value: fieldsType, detail: 'must be `FieldsV1`'});
	return errors;
}

export function validateLabels(labels: Record<string, string> | undefined, field: string): FieldError[] {
	const errors: FieldError[] = [];
	for (const key in labels) {
		for (const detail of isQualifiedName(key)) errors.push({type: 'Invalid', field, value: key, detail});
		for (const detail of isLabelValue(labels[key]!)) errors.push({type: 'Invalid', field, value: labels[key], detail});
	}

	return errors;
}

export function validateAnnotations(annotations: Record<string, string> | undefined, field: string): FieldError[] {
	const errors: FieldError[] = [];
	let size = 0;
	for (const key in annotations) {
		for (const detail of isQualifiedName(key.toLowerCase())) errors.push({type: 'Invalid', field, value: key, detail});
		size += key.length + annotations[key]!.length;
	}

	if (size > annotationsMaxBytes) errors.push({type: 'TooLong', field, detail: `may not be more than ${annotationsMaxBytes} bytes`});
	return errors;
}

/** `item`: where a name that is no standard one is reported, which differs from where a malformed one is. */
export function validateFinalizer(name: string, field: string, item = field): FieldError[] {
	const errors: FieldError[] = isQualifiedName(name).map(detail => ({type: 'Invalid', field, value: name, detail}));
	if (!name.includes('/') && !standardFinalizers.includes(name))
		errors.push({type: 'Invalid', field: item, value: name, detail: 'name is neither a standard finalizer name nor is it fully qualified'});
	return errors;
}

function validateOwners(owners: readonly OwnerReference[]): FieldError[] {
	const errors: FieldError[] = [];
	let controller = '';
	for (const owner of owners) {
		const field = 'metadata.ownerReferences';
		if (!owner.apiVersion || owner.apiVersion.split('/').length > 2)
			errors.push({type: 'Invalid', field: `${field}.apiVersion`, value: owner.apiVersion ?? '', detail: 'version must not be empty'});
		else if (owner.apiVersion === 'v1' && owner.kind === 'Event')
			errors.push({type: 'Invalid', field, value: owner, detail: '/v1, Kind=Event is disallowed from being an owner'});
		for (const key of ['kind', 'name', 'uid'] as const)
			if (!owner[key])
				errors.push({type: 'Invalid', field: `${field}.${key}`, value: owner[key] ?? '', detail: `${key} must not be empty`});
		if (owner.controller) {
			if (controller)
				errors.push({
					type: 'Invalid',
					field,
					value: owners,
					detail: `Only one reference can have Controller set to true. Found "true" in references for ${controller} and ${owner.kind}/${owner.name}`,
				});
			controller ||= `${owner.kind}/${owner.name}`;
		}
	}

	return errors;
}

export function validateMetaUpdate(object: KubeObject, old: KubeObject): FieldError[] {
	const errors: FieldError[] = [];
	const [meta, before] = [object.metadata, old.metadata];
	if (before.deletionTimestamp) {
		const added = (meta.finalizers ?? []).filter(name => !before.finalizers?.includes(name));
		if (added.length > 0)
			errors.push({
				type: 'Forbidden',
				field: 'metadata.finalizers',
				detail: `no new finalizers can be added if the object is being deleted, found new finalizers []string{${added.map(name => JSON.stringify(name)).join(', ')}}`,
			});
	}

	const unchanged = ['name', 'namespace', 'uid', 'creationTimestamp', 'deletionTimestamp', 'deletionGracePeriodSeconds'] as const;
	for (const key of unchanged) {
		if (!equal(meta[key], before[key]))
			errors.push({type: 'Invalid', field: `metadata.${key}`, value: meta[key], detail: 'field is immutable'});
	}

	if (!meta.resourceVersion)
		errors.push({type: 'Invalid', field: 'metadata.resourceVersion', value: '', detail: 'must be specified for an update'});
	const sameMeta = meta.labels === before.labels && meta.annotations === before.annotations && meta.finalizers === before.finalizers;
	return sameMeta && meta.ownerReferences === before.ownerReferences ? errors : [...errors, ...validateMutableMeta(meta)];
}

/** Go leaves empty maps and lists out. */
export function dropEmpty(meta: ObjectMeta): void {
	for (const key of ['labels', 'annotations'] as const) if (meta[key] && Object.keys(meta[key]).length === 0) delete meta[key];
	for (const key of ['ownerReferences', 'finalizers'] as const) if (meta[key]?.length === 0) delete meta[key];
}
