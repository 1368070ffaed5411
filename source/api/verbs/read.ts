import type {ListOptions, Reader} from '../client.js';
import {homeOf} from '../core.js';
import {badRequest, notFound, unknownResource} from '../errors.js';
import {type FieldTerm, matchesFields, parseFieldSelector} from '../selector/field-selector.js';
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
	const labels = labelSelector ? orBadRequest(() => parseLabelSelector(labelSelector)) : undefined;
	const terms = fieldSelector ? fieldTerms(kind, fieldSelector) : undefined;
	let objects = kind.live?.() ?? candidates(store, kind, kind.namespaced ? namespace : undefined, terms);
	if (labels) objects = objects.filter(object => matchesLabels(labels, object.metadata.labels));
	if (kind.storedAs) objects = objects.map(kind.storedAs.fromStored);
	return terms ? objects.filter(termMatcher(kind, terms)) : objects;
}

/** The objects among which the wanted ones are: those that an index has for one of the fields, or all. */
function candidates(store: Store, kind: Kind, namespace: string | undefined, terms: readonly FieldTerm[] = []): readonly KubeObject[] {
	const shelf = store.shelf(homeOf(kind));
	const filed = terms.find(({field, operator}) => operator === '=' && kind.fieldIndexes?.includes(field));
	if (!filed || kind.storedAs) return shelf.list(namespace);
	const found = shelf.indexed(filed.field, filed.value);
	return namespace ? found.filter(object => object.metadata.namespace === namespace) : found;
}

/** Files the objects of a kind under the fields by which they are asked for. */
export function addFieldIndexes(store: Store, kind: Kind): void {
	for (const field of kind.fieldIndexes ?? [])
		store.shelf(homeOf(kind)).addIndex(field, object => [kind.selectableFields![field]!(object)]);
}

export const fieldMatcher = (kind: Kind, text: string): ((object: KubeObject) => boolean) => termMatcher(kind, fieldTerms(kind, text));

/** Refuses fields the kind cannot be selected by. */
function fieldTerms(kind: Kind, text: string): readonly FieldTerm[] {
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

	return terms;
}

function termMatcher(kind: Kind, terms: readonly FieldTerm[]): (object: KubeObject) => boolean {
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
