import type {Kind} from '../../../api/kind.js';
import type {KubeObject} from '../../../api/object.js';
import {isObject} from '../../../api/values/plain.js';
import {resolve, type Schema, schemaOf} from '../explain/open-api.js';
import type {Session} from '../session.js';

/**
 * What kubectl finds wrong by itself with what it cannot ask the server to look at strictly: lists, and kinds that nobody can patch.
 * Models kubectl/pkg/util/openapi/validation and kube-openapi/pkg/util/proto/validation.
 */
export function problemsOf(session: Session, document: KubeObject): string[] {
	const items: unknown = document['items'];
	if (document.apiVersion !== 'v1' || document.kind !== 'List') return modelProblems(session, document);
	if (!Array.isArray(items)) return ['invalid object to validate'];
	return items.flatMap(item => typeProblems(item) ?? modelProblems(session, item));
}

/** What is wrong with the type of a document; undefined when it is known. */
export function typeProblems(document: unknown): string[] | undefined {
	if (!isObject(document)) return ['invalid object to validate'];
	const problems = [...(document['apiVersion'] ? [] : ['apiVersion not set']), ...(document['kind'] ? [] : ['kind not set'])];
	return problems.length > 0 ? problems : undefined;
}

/** The server's schema says of which kinds a request may ask for strictness: those that can be patched. */
export function isServerChecked(session: Session, {apiVersion, kind}: KubeObject): boolean {
	const found = session.api.kindOf(apiVersion, kind);
	return found ? found.verbs === undefined || found.verbs.includes('patch') : !kind.endsWith('List');
}

function modelProblems(session: Session, object: KubeObject): string[] {
	const kind = session.api.kindOf(object.apiVersion, object.kind);
	if (kind) return valueProblems(object, object.kind, schemaOf(kind), typeName(kind));
	const item = object.kind.endsWith('List') ? session.api.kindOf(object.apiVersion, object.kind.slice(0, -'List'.length)) : undefined;
	if (!item) return [];
	const [of, named] = [schemaOf(item), typeName(item)];
	const metadata = resolve('meta.v1.ListMeta') ?? {};
	const list = {
		type: 'object',
		required: ['items'],
		properties: {apiVersion: {}, kind: {}, metadata, items: {type: 'array', items: of ?? {}}},
	};
	const fields = valueProblems({...object, items: []}, object.kind, list, `${named}List`);
	return [
		...fields,
		...(Array.isArray(object['items']) ? object['items'] : []).flatMap((one, at) =>
			valueProblems(one, `${object.kind}.items[${at}]`, of, named),
		),
	];
}

const groups: Readonly<Record<string, string>> = {
	meta: 'io.k8s.apimachinery.pkg.apis.meta',
	apiextensions: 'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions',
	apiregistration: 'io.k8s.kube-aggregator.pkg.apis.apiregistration',
};
const scalars: Readonly<Record<string, string>> = {
	quantity: 'io.k8s.apimachinery.pkg.api.resource.Quantity',
	intstr: 'io.k8s.apimachinery.pkg.util.intstr.IntOrString',
	time: 'io.k8s.apimachinery.pkg.apis.meta.v1.Time',
	microtime: 'io.k8s.apimachinery.pkg.apis.meta.v1.MicroTime',
};

/** `io.k8s.api.core.v1.PodSpec`, as OpenAPI v2 names `core.v1.PodSpec`. */
function modelName(ref: string): string {
	const [group = '', ...rest] = ref.split('.');
	return `${groups[group] ?? `io.k8s.api.${group}`}.${rest.join('.')}`;
}

const typeName = ({customSchema, schema, group, version, kind}: Kind): string =>
	customSchema ? `${group.split('.').reverse().join('.')}.${version}.${kind}` : modelName(schema);

function kindOfValue(value: unknown): string {
	if (Array.isArray(value)) return 'array';
	if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
	return typeof value === 'object' ? 'map' : typeof value;
}

/** `path`: where the value stands; `type`: what the place is called in the schema. */
function valueProblems(value: unknown, path: string, schema: Schema | undefined, type: string): string[] {
	const ref = schema?.allOf?.[0]?.$ref ?? schema?.$ref;
	if (ref !== undefined) {
		if (ref in scalars) return isObject(value) || Array.isArray(value) ? [misfit(path, scalars[ref]!, value, 'string')] : [];
		return valueProblems(value, path, resolve(ref), modelName(ref));
	}

	if (!schema || Object.keys(schema).length === 0) return [];
	const of = (wanted: string) => [misfit(path, type, value, wanted)];
	if (schema.items) return Array.isArray(value) ? itemProblems(value, path, schema.items, type) : of('array');
	if (schema.properties) return isObject(value) ? fieldProblems(value, path, schema, type) : of('map');
	if (typeof schema.additionalProperties === 'object') {
		const item = schema.additionalProperties;
		if (!isObject(value)) return of('map');
		return sortedEntries(value).flatMap(([key, one]) => valueProblems(one, `${path}.${key}`, item, type));
	}

	const wanted = schema.type;
	if (wanted === undefined || wanted === 'object' || wanted === 'array') return [];
	const given = kindOfValue(value);
	const fits =
		wanted === 'string'
			? given !== 'map' && given !== 'array'
			: wanted === 'boolean'
				? given === wanted
				: /^(?:integer|number)$/.test(given);
	return fits ? [] : of(wanted);
}

const misfit = (path: string, type: string, value: unknown, wanted: string): string =>
	`ValidationError(${path}): invalid type for ${type}: got "${kindOfValue(value)}", expected "${wanted}"`;

const sortedEntries = (map: object): Array<[string, unknown]> =>
	Object.entries(map)
		.filter(([, value]) => value !== null)
		.sort(([a], [b]) => (a < b ? -1 : 1));

const itemProblems = (list: readonly unknown[], path: string, item: Schema, type: string): string[] =>
	list.flatMap((value, at) =>
		value === null
			? [`ValidationError(${path}): unknown object type "nil" in ${path}[${at}]`]
			: valueProblems(value, `${path}[${at}]`, item, type),
	);

function fieldProblems(
	map: Record<string, unknown>,
	path: string,
	{properties = {}, required = [], ...rest}: Schema,
	type: string,
): string[] {
	const open = (rest as Record<string, unknown>)['x-kubernetes-preserve-unknown-fields'] === true;
	const problems = sortedEntries(map).flatMap(([key, value]) => {
		const schema = Object.hasOwn(properties, key) ? properties[key] : undefined;
		if (schema) return valueProblems(value, `${path}.${key}`, schema, `${type}.${key}`);
		return open ? [] : [`ValidationError(${path}): unknown field "${key}" in ${type}`];
	});
	const missing = required.filter(key => map[key] === undefined || map[key] === null);
	return [...problems, ...missing.map(key => `ValidationError(${path}): missing required field "${key}" in ${type}`)];
}
