import {isObject} from '../../../api/values/plain.js';
import {failure, notSimulated} from '../failure.js';
import {pathParts, placesAt} from './field-path.js';
import {goesBy, groupOf, type Resource} from './resource.js';

interface Selector {
	readonly group?: string;
	readonly version?: string;
	readonly kind?: string;
	readonly name?: string;
	readonly namespace?: string;
	readonly labelSelector?: string;
	readonly annotationSelector?: string;
}

interface Options {
	readonly delimiter?: string;
	readonly index?: number;
	readonly create?: boolean;
	readonly encoding?: string;
}

export interface Replacement {
	readonly source?: Selector & {readonly fieldPath?: string; readonly options?: Options};
	readonly targets?: ReadonlyArray<{
		readonly select?: Selector;
		readonly reject?: readonly Selector[];
		readonly fieldPaths?: readonly string[];
		readonly options?: Options;
	}>;
}

/** Copies one field into others. Models sigs.k8s.io/kustomize/api/filters/replacement. */
export function replaceFields(resources: readonly Resource[], {source, targets}: Replacement): void {
	if (!source || !targets?.length) throw failure('replacements must specify a source and at least one target');
	const value = sourceValue(resources, source);
	for (const {select, reject = [], fieldPaths, options = {}} of targets) {
		if (!select) throw failure('target must specify resources to select');
		if (options.encoding) throw notSimulated('options.encoding of a kustomization replacement');
		for (const resource of resources) {
			if (!fits(resource, select) || reject.some(each => fits(resource, each))) continue;
			for (const path of fieldPaths?.length ? fieldPaths : ['metadata.name']) put(resource, path, value, options);
		}
	}
}

function sourceValue(
	resources: readonly Resource[],
	{fieldPath = 'metadata.name', options, ...selector}: NonNullable<Replacement['source']>,
): unknown {
	const found = resources.filter(resource => fits(resource, selector));
	if (found.length === 0) throw failure(`nothing selected by ${idOfSelector(selector)}`);
	if (found.length > 1) throw failure(`multiple matches for selector ${idOfSelector(selector)}`);
	const [place] = placesAt(found[0]!.object, pathParts(fieldPath));
	const value = place?.holder[place.key];
	if (value === undefined) throw failure(`fieldPath \`${fieldPath}\` is missing for replacement source ${idOfSelector(selector)}`);
	if (options?.delimiter === undefined) return value;
	const part = String(value).split(options.delimiter)[options.index ?? 0];
	if (part === undefined) throw failure(`options.index ${options.index} is out of bounds for value ${String(value)}`);
	return part;
}

const idOfSelector = ({group, version, kind, name, namespace}: Selector): string =>
	`${kind || '[noKind]'}.${version || '[noVer]'}.${group || '[noGrp]'}/${name || '[noName]'}.${namespace || '[noNs]'}`;

/** A resource is known by all its names. */
function fits(resource: Resource, {group, version, kind, name, namespace, labelSelector, annotationSelector}: Selector): boolean {
	if (labelSelector || annotationSelector) throw notSimulated('labelSelector of a kustomization replacement');
	const {object} = resource;
	return (
		(!group || groupOf(object) === group) &&
		(!version || object.apiVersion.split('/').at(-1) === version) &&
		(!kind || object.kind === kind) &&
		(!name || goesBy(resource, name)) &&
		(!namespace || (object.metadata.namespace ?? 'default') === namespace)
	);
}

function put({object}: Resource, path: string, value: unknown, {create = false, delimiter, index = 0}: Options): void {
	const places = placesAt(object, pathParts(path), create);
	if (places.length === 0) throw failure(`unable to find field "${path}" in replacement target`);
	for (const {holder, key} of places) {
		const before = holder[key];
		const scalar = before === undefined || before === null || typeof before !== 'object';
		if (delimiter && !scalar) throw failure('delimiter option can only be used with scalar nodes');
		const now = delimiter ? joined(String(before ?? ''), String(value), delimiter, index) : structured(value);
		// A plain field keeps its type.
		holder[key] = scalar && typeof now !== 'object' && before !== undefined ? typed(before, String(now)) : now;
	}
}

const structured = (value: unknown): unknown => (isObject(value) || Array.isArray(value) ? JSON.parse(JSON.stringify(value)) : value);

function joined(text: string, value: string, delimiter: string, index: number): string {
	const parts = text.split(delimiter);
	if (index < 0) parts.unshift(value);
	else if (index >= parts.length) parts.push(value);
	else parts[index] = value;
	return parts.join(delimiter);
}

function typed(before: unknown, text: string): unknown {
	if (typeof before === 'number' && text !== '' && !Number.isNaN(Number(text))) return Number(text);
	return typeof before === 'boolean' && /^(?:true|false)$/.test(text) ? text === 'true' : text;
}
