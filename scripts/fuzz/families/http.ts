import {Agent, request as httpsRequest} from 'node:https';
import {createCluster} from '../../../source/cluster/cluster.js';
import {serve} from '../../../source/serve/server.js';
import type {Family} from '../family.js';
import {anyJson, mutate, nasty} from '../mutate.js';

const token = 'fuzz';
const paths = [
	'/api/v1/namespaces/default/pods?limit=2&labelSelector=app%3Dweb&resourceVersion=0',
	'/apis/apps/v1/namespaces/default/deployments/web/scale',
	'/api/v1/namespaces/default/pods/p/log?tailLines=5&container=c',
	'/api/v1/namespaces/default/pods/p/exec?command=ls&stdout=1',
	'/api/v1/namespaces/default/services/web:80/proxy/a/../b?x=1',
	'/openapi/v3/apis/apps/v1?hash=1',
	'/version',
	'/healthz?verbose',
	'/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
	'/api/v1/nodes/k8s-node1/proxy/metrics',
	'/apis/discovery.k8s.io/v1/endpointslices?fieldSelector=metadata.name%3Dx&continue=abc',
];
const types = [
	'application/json',
	'application/yaml',
	'application/vnd.kubernetes.protobuf',
	'application/apply-patch+yaml',
	'application/json-patch+json',
	'application/merge-patch+json',
	'application/strategic-merge-patch+json',
	'text/plain',
	'',
];
const keys = 'apiVersion kind metadata name namespace spec v1 Pod Service replicas containers image items status'.split(' ');

/** Requests to the server on loopback. No answer may be a 500 that tells of a defect. */
const family: Family = {
	name: 'http',
	async open() {
		const endpoint = await serve(createCluster({profile: 'empty', seed: 'fuzz'}), {port: 0, token, nowMs: Date.now()});
		const {hostname, port} = new URL(endpoint.url);
		// Most of a case's time would be the greeting of TLS.
		const agent = new Agent({keepAlive: true});
		return {
			draw(random) {
				const body = random.chance(1, 4)
					? mutate(random, '{"apiVersion":"v1","kind":"Pod","metadata":{"name":"p"}}')
					: JSON.stringify(anyJson(random, keys));
				return JSON.stringify({
					method: random.pick(['GET', 'GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'FLY']),
					path: `/${mutate(random, random.pick(paths)).replace(/^\/+/, '')}`.replaceAll(/[^\x21-\x7e]/g, '%'),
					type: random.pick(types),
					accept: random.pick([
						...types,
						'application/json;as=Table;v=v1;g=meta.k8s.io',
						'*/*',
						...nasty.filter(word => /^[\x20-\x7e]*$/.test(word)),
					]),
					body,
				});
			},
			async take(input) {
				const {method, path, type, accept, body} = JSON.parse(input);
				const answer = await new Promise<{status: number; text: string}>((resolve, reject) => {
					const headers = {
						authorization: `Bearer ${token}`,
						accept,
						'content-type': type,
						'content-length': String(Buffer.byteLength(body)),
					};
					const request = httpsRequest({hostname, port, method, path, headers, ca: endpoint.authority, agent, timeout: 2000}, response => {
						const chunks: Buffer[] = [];
						const done = () => resolve({status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString('latin1')});
						response
							.on('data', chunk => chunks.push(chunk))
							.on('end', done)
							.on('close', done)
							.on('error', done);
					});
					// A watch stays open: that it began is enough.
					request.on('timeout', () => request.destroy());
					request.on('error', error =>
						(error as NodeJS.ErrnoException).code === 'ECONNRESET' || /hang up|Parse Error/.test(error.message)
							? resolve({status: 0, text: ''})
							: reject(error),
					);
					request.end(body);
				});
				return answer.status === 500 && /InternalError|undefined|TypeError/.test(answer.text) ? answer.text.slice(0, 300) : undefined;
			},
			close() {
				agent.destroy();
				return endpoint.close();
			},
		};
	},
};
export default family;
