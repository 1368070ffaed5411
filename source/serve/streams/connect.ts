import {badRequest} from '../../api/errors.js';
import type {ResourcePath} from '../../api/http/path.js';
import {readBody} from '../body.js';
import type {Exchange} from '../exchange.js';
import {authorised, containerNamed} from './target.js';

/** A plain request for something that is talked to: whoever may have it is told how to ask, or gets what a Service or Pod answers. */
export async function connect(exchange: Exchange, resource: ResourcePath): Promise<void> {
	if (resource.subresource === 'proxy') return proxied(exchange, resource);
	const {rest: _, watch: __, ...path} = resource;
	const pod = authorised(exchange.serving, {...path, verb: 'get', query: {}, user: exchange.user});
	// What the API server can say of the pod comes before what its kubelet would say of the request.
	if (resource.subresource !== 'portforward') containerNamed(pod, exchange.query.get('container'));
	if (!pod['spec'].nodeName) throw badRequest(`pod ${pod.metadata.name} does not have a host assigned`);
	throw badRequest('Upgrade request required');
}

async function proxied({serving, user, message, response, path, query}: Exchange, resource: ResourcePath): Promise<void> {
	const headers = Object.entries(message.headers).map(([name, value]) => [name, String(value)] as const);
	const body = (await readBody(message)).toString('latin1');
	const {method = 'GET'} = message;
	const answer = serving.cluster.api.proxy({user, resource, method, path, query: query.toString(), headers, body});
	for (const [name, value] of answer.headers) response.setHeader(name, value);
	const bytes = Buffer.from(answer.body, 'latin1');
	response.setHeader('content-length', bytes.length);
	response.writeHead(answer.status, answer.statusText);
	response.end(bytes);
}
