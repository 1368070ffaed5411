import type {Kind} from '../../api/kind.js';

/** What may be asked of each path. Clients look here for whether a server knows dry run and field validation. */
export type Paths = Record<string, object>;

const writeParameters = ['dryRun', 'fieldManager', 'fieldValidation', 'pretty'];
const parametersOf: Readonly<Record<string, readonly string[]>> = {
	get: ['pretty'],
	list: [
		'allowWatchBookmarks',
		'continue',
		'fieldSelector',
		'labelSelector',
		'limit',
		'resourceVersion',
		'resourceVersionMatch',
		'sendInitialEvents',
		'timeoutSeconds',
		'watch',
	],
	post: writeParameters,
	put: writeParameters,
	patch: ['dryRun', 'fieldManager', 'fieldValidation', 'force', 'pretty'],
	delete: ['dryRun', 'gracePeriodSeconds', 'orphanDependents', 'propagationPolicy'],
	deletecollection: [
		'continue',
		'dryRun',
		'fieldSelector',
		'gracePeriodSeconds',
		'labelSelector',
		'limit',
		'orphanDependents',
		'propagationPolicy',
	],
};
const booleans = new Set(['allowWatchBookmarks', 'force', 'orphanDependents', 'sendInitialEvents', 'watch']);
const integers = new Set(['gracePeriodSeconds', 'limit', 'timeoutSeconds']);
const typeOf = (name: string) => (booleans.has(name) ? 'boolean' : integers.has(name) ? 'integer' : 'string');

/** `v2` writes the type beside the name, `v3` into a schema. */
export function pathsOf(kinds: readonly Kind[], version: 'v2' | 'v3'): Paths {
	const paths: Paths = {};
	for (const kind of kinds) {
		const root = kind.group ? `/apis/${kind.group}/${kind.version}` : `/api/${kind.version}`;
		const collection = `${root}${kind.namespaced ? '/namespaces/{namespace}' : ''}/${kind.plural}`;
		const may = (verb: string) => kind.verbs?.includes(verb) ?? true;
		const operation = (verb: string, action: string) => ({
			tags: [root.slice(1).replaceAll('/', '_')],
			parameters: (parametersOf[verb] ?? []).map(name => parameter(name, 'query', version)),
			responses: {200: {description: 'OK'}},
			'x-kubernetes-action': action,
			'x-kubernetes-group-version-kind': {group: kind.group, kind: kind.kind, version: kind.version},
		});
		const inPath = kind.namespaced ? [parameter('namespace', 'path', version)] : [];
		const all = {
			...(may('list') && {get: operation('list', 'list')}),
			...(may('create') && {post: operation('post', 'post')}),
			...(may('deletecollection') && {delete: operation('deletecollection', 'deletecollection')}),
		};
		const one = {
			...(may('get') && {get: operation('get', 'get')}),
			...(may('update') && {put: operation('put', 'put')}),
			...(may('patch') && {patch: operation('patch', 'patch')}),
			...(may('delete') && {delete: operation('delete', 'delete')}),
		};
		paths[collection] = {...all, parameters: inPath};
		if (Object.keys(one).length > 0) paths[`${collection}/{name}`] = {...one, parameters: [parameter('name', 'path', version), ...inPath]};
	}

	return paths;
}

const parameter = (name: string, place: 'query' | 'path', version: 'v2' | 'v3') => ({
	name,
	in: place,
	...(place === 'path' && {required: true}),
	...(version === 'v2' ? {type: typeOf(name)} : {schema: {type: typeOf(name)}}),
	uniqueItems: true,
});
