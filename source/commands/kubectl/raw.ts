import type {ApiRequest} from '../../api/server.js';
import {failure} from './failure.js';
import {toJsonLine} from './output/json-print.js';
import type {Session} from './session.js';

/** `kubectl get --raw /api/v1/...`: the path of a request as the server would see it, and its answer as JSON text. */
export function rawRequest(session: Session, verb: 'get' | 'delete' | 'create' | 'update', uri: string, body?: unknown): string {
	const [path = '', search = ''] = uri.split('?');
	if (['/healthz', '/livez', '/readyz'].includes(path)) {
		void session.api;
		return 'ok';
	}

	if (path === '/version') return toJsonLine(versionInfo, false);
	const request = parsePath(path);
	if (!request) throw failure('the server could not find the requested resource');
	const query = Object.fromEntries(
		search
			.split('&')
			.filter(Boolean)
			.map(pair => pair.split('=').map(decodeURIComponent) as [string, string]),
	);
	const actual: ApiRequest['verb'] = verb === 'get' && request.name === undefined ? 'list' : verb;
	return `${toJsonLine(session.request({...request, verb: actual, query, ...(body !== undefined && {body})}), false)}\n`;
}

function parsePath(path: string): Pick<ApiRequest, 'group' | 'version' | 'resource' | 'namespace' | 'name' | 'subresource'> | undefined {
	const parts = path.split('/').filter(Boolean);
	const isCore = parts[0] === 'api';
	if (!isCore && parts[0] !== 'apis') return undefined;
	const [group, version] = isCore ? ['', parts[1]] : [parts[1], parts[2]];
	let rest = parts.slice(isCore ? 2 : 3);
	if (group === undefined || version === undefined || rest.length === 0) return undefined;
	let namespace: string | undefined;
	if (rest[0] === 'namespaces' && rest.length > 2) {
		namespace = rest[1];
		rest = rest.slice(2);
	}

	const [resource, name, subresource] = rest;
	return {group, version, resource: resource!, ...(namespace && {namespace}), ...(name && {name}), ...(subresource && {subresource})};
}

export const versionInfo = {
	major: '1',
	minor: '33',
	emulationMajor: '1',
	emulationMinor: '33',
	minCompatibilityMajor: '1',
	minCompatibilityMinor: '32',
	gitVersion: 'v1.33.1',
	gitCommit: '8adc0f041b8e7ad1d30e29cc59c6ae7a15e19828',
	gitTreeState: 'clean',
	buildDate: '2025-05-15T08:27:33Z',
	goVersion: 'go1.24.2',
	compiler: 'gc',
	platform: 'linux/amd64',
};
