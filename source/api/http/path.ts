/** What the path of a request names. Models apiserver/pkg/endpoints/request/requestinfo.go. */
export interface ResourcePath {
	readonly group: string;
	readonly version: string;
	readonly resource: string;
	readonly namespace?: string;
	readonly name?: string;
	readonly subresource?: string;
	/** What follows the subresource: the path that a proxy is asked for. */
	readonly rest: string;
	/** The old form `/api/v1/watch/pods`. */
	readonly watch: boolean;
}

const namespaceSubresources = new Set(['status', 'finalize']);

/** Undefined where the path is none of a resource. */
export function parseResourcePath(path: string): ResourcePath | undefined {
	const parts = segments(path);
	if (!parts) return undefined;
	const isCore = parts[0] === 'api';
	if (!isCore && parts[0] !== 'apis') return undefined;
	const [group, version] = isCore ? ['', parts[1]] : [parts[1], parts[2]];
	let rest = parts.slice(isCore ? 2 : 3);
	const watch = rest[0] === 'watch';
	if (watch) rest = rest.slice(1);
	if (group === undefined || version === undefined || rest.length === 0) return undefined;
	let namespace: string | undefined;
	if (rest[0] === 'namespaces' && rest.length > 2 && !(rest.length === 3 && namespaceSubresources.has(rest[2]!))) {
		namespace = rest[1];
		rest = rest.slice(2);
	}

	const [resource = '', name, subresource, ...more] = rest;
	// Only what a proxy is asked for may have an empty part.
	if (parts.slice(0, parts.length - more.length).includes('')) return undefined;
	return {
		group,
		version,
		resource,
		...(namespace && {namespace}),
		...(name && {name}),
		...(subresource && {subresource}),
		rest: more.join('/'),
		watch,
	};
}

function segments(path: string): string[] | undefined {
	try {
		return path
			.replace(/^\/|\/$/g, '')
			.split('/')
			.map(decodeURIComponent);
	} catch {
		return undefined;
	}
}

/** The way back: the path and the query of a request. */
export function requestUri(request: Partial<ResourcePath> & {readonly query?: Readonly<Record<string, string>>}): string {
	const {group, version, namespace, resource, name, subresource, query = {}} = request;
	const parts = [
		...(group ? ['/apis', group] : ['/api']),
		version,
		...(namespace ? ['namespaces', namespace] : []),
		resource,
		name,
		subresource,
	];
	const search = Object.entries(query).sort(([a], [b]) => (a < b ? -1 : 1));
	const text = search.map(([key, value]) => `${key}=${encodeURIComponent(value)}`).join('&');
	return parts.filter(Boolean).join('/') + (text && `?${text}`);
}
