import type {ListOptions, Reader} from '../client.js';
import {homeOf} from '../core.js';
import {badRequest, notFound, unknownResource} from '../errors.js';
import {matchesFields, parseFieldSelector} from '../selector/field-selector.js';
import type {KindRegistry} from '../kind-registry.js';
import type {Kind} from '../kind.js';
import {matchesLabels, parseLabelSelector} from '../selector/label-selector.js';
import type {KubeObject} from '../object.js';
import {valueAt} from '../values/plain.js';
import type {Store} from '../store.js';

/** Live reading of the store, selectors included. */
export function createReader(store: Store, registry: KindRegistry): Reader {
	const kindFor = (resource: string): Kind => {
		const kind = registry.resource(resource);
		if (!kind) throw unknownResource();
		return kind;
	};
	const show = (kind: Kind, object: KubeObject) => (kind.storedAs ? kind.storedAs.fromStored(object) : object);
	const reader = {
		find(resource: string, namespace: string | undefined, name: string) {
			const kind = kindFor(resource);
			if (kind.live) return kind.live().find(({metadata}) => metadata.name === name);
			const object = store.find(homeOf(kind), kind.namespaced ? namespace : undefined, name);
			return object && show(kind, object);
		},
		get(resource: string, namespace: string | undefined, name: string) {
			const object = reader.find(resource, namespace, name);
			if (!object) throw notFound(kindFor(resource), name);
			return object;
		},
		list: (resource: string, options: ListOptions = {}) => list(store, kindFor(resource), options),
		indexed: (resource: string, index: string, value: string) => store.shelf(homeOf(kindFor(resource))).indexed(index, value),
	};
	return reader as Reader;
}

export function list(store: Store, kind: Kind, {namespace, labelSelector, fieldSelector}: ListOptions): readonly KubeObject[] {
	let objects: readonly KubeObject[] = kind.live?.() ?? store.shelf(homeOf(kind)).list(kind.namespaced ? namespace : undefined);
	if (labelSelector) {
		const selector = orBadRequest(() => parseLabelSelector(labelSelector));
		objects = objects.filter(object => matchesLabels(selector, object.metadata.labels));
	}

	if (kind.storedAs) objects = objects.map(kind.storedAs.fromStored);
	const matches = fieldSelector ? fieldMatcher(kind, fieldSelector) : undefined;
	return matches ? objects.filter(matches) : objects;
}

/** Refuses fields the kind cannot be selected by. */
export function fieldMatcher(kind: Kind, text: string): (object: KubeObject) => boolean {
	const terms = orBadRequest(() => parseFieldSelector(text));
	for (const {field} of terms) {
		if (
			field !== 'metadata.name' &&
			!(field === 'metadata.namespace' && kind.namespaced) &&
			!(kind.selectableFields && Object.hasOwn(kind.selectableFields, field))
		) {
			throw badRequest(unsupportedField(kind, field));
		}
	}

	const readers = new Map(terms.map(({field}) => [field, {read: kind.selectableFields?.[field], path: field.split('.')}]));
	return object =>
		matchesFields(terms, field => {
			const {read, path} = readers.get(field)!;
			return String(read?.(object) ?? valueAt(object, path) ?? '');
		});
}

/** Custom resources and kinds without a conversion function of their own word it differently (runtime.DefaultMetaV1FieldSelectorConversion). */
const unsupportedField = (kind: Kind, field: string): string =>
	kind.fieldRefusal?.(field) ??
	(kind.selectableFields && Object.keys(kind.selectableFields).length > 0
		? `field label not supported: ${field}`
		: `${JSON.stringify(field)} is not a known field selector: only "metadata.name", "metadata.namespace"`);

export function orBadRequest<T>(parse: () => T): T {
	try {
		return parse();
	} catch (error) {
		throw badRequest((error as Error).message);
	}
}
