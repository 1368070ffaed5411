import type {Core} from './core.js';
import {apiVersionOf, type Kind} from './kind.js';
import type {KubeObject} from './object.js';
import {allow} from './verbs/requests.js';
import type {ApiRequest, ApiResponse} from './server.js';
import {ApiError} from './status.js';
import {tableOf} from './verbs/table.js';
import {aggregatedCall} from './aggregated-call.js';

/** Undefined where the resource is the server's own. Models kube-aggregator/pkg/apiserver/handler_proxy.go. */
export function aggregate(core: Core, request: ApiRequest): ApiResponse | undefined {
	const kind = core.registry.served(request.group, request.version, request.resource);
	if (!kind?.aggregatedBy) return undefined;
	try {
		return forward(core, request, kind, kind.aggregatedBy);
	} catch (error) {
		if (!(error instanceof ApiError)) throw error;
		return {code: error.status.code, body: error.status, warnings: []};
	}
}

function forward(core: Core, request: ApiRequest, kind: Kind, by: string): ApiResponse {
	const {verb, group, version, resource, namespace, name, query, user} = request;
	allow(core, {user, verb, group, version, resource, ...(namespace && {namespace}), ...(name && {name})});
	const service = core.reader.get<KubeObject>('apiservices.apiregistration.k8s.io', undefined, by);
	const available = service['status']?.conditions?.find((each: any) => each.type === 'Available')?.status === 'True';
	// Clients name the verb of HTTP.
	const what = `(get ${resource}.${group}${name ? ` ${name}` : ''})`;
	const unavailable = new ApiError(503, 'ServiceUnavailable', `the server is currently unable to handle the request ${what}`, {
		...(name && {name}),
		group,
		kind: resource,
	});
	if (!available || !core.callAggregated) throw unavailable;
	if (verb !== 'get' && verb !== 'list')
		throw new ApiError(405, 'MethodNotAllowed', 'the server does not allow this method on the requested resource', {});
	const labels = query['labelSelector'] ? `?labelSelector=${encodeURIComponent(query['labelSelector'])}` : '';
	const path = `/apis/${apiVersionOf(kind)}${namespace ? `/namespaces/${namespace}` : ''}/${resource}${name ? `/${name}` : ''}${labels}`;
	const answer = core.callAggregated(aggregatedCall(service, path));
	if ('error' in answer) throw unavailable;
	return {
		code: answer.code,
		body: request.as === 'Table' && answer.code < 300 ? asTable(core, kind, request, answer.body) : answer.body,
		warnings: [],
	};
}

function asTable({sim}: Core, kind: Kind, {query}: ApiRequest, body: any) {
	const isList = Array.isArray(body.items);
	const objects: readonly KubeObject[] = isList ? body.items : [body];
	return tableOf(kind, objects, {nowMs: sim.clock.now()}, isList ? body.metadata : {}, query['includeObject'] ?? 'Metadata');
}
