import {connect} from 'node:tls';
import test from 'ava';
import fc from 'fast-check';
import {ask, startEndpoint, token} from './_endpoint.js';

const paths = [
	'/',
	'/api',
	'/apis',
	'/api/v1/pods',
	'/api/v1/namespaces/default/configmaps',
	'/apis/apps/v1/namespaces/default/deployments/x',
	'/openapi/v3/api/v1',
	'/api/v1/namespaces/default/pods/x/log',
	'/api/v1/namespaces/default/pods/x/exec',
	'/%',
	'/api/v1/%E0%A4',
	'//',
	'/api/v1/namespaces//pods',
	'/apis/__proto__/constructor/toString',
];
const types = [
	'application/json',
	'application/yaml',
	'application/vnd.kubernetes.protobuf',
	'application/apply-patch+yaml',
	'application/json-patch+json',
	'application/strategic-merge-patch+json',
	'application/merge-patch+json',
	'text/plain',
	'',
];
const accepts = [
	'application/json',
	'*/*',
	'application/json;as=Table;v=v1;g=meta.k8s.io',
	'application/yaml',
	'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1',
	';;;=,',
	'text/csv',
];
const bodies = fc.oneof(
	fc.json(),
	fc.string(),
	fc.uint8Array({maxLength: 300}).map(bytes => Buffer.concat([Buffer.from('k8s\0'), bytes])),
	fc.constantFrom(
		'{"__proto__":{"polluted":1},"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"x","__proto__":{"polluted":1}}}',
		'{"\\u005f_proto__":{"polluted":1}}',
		'[{"op":"add","path":"/__proto__/polluted","value":1}]',
		'[{"op":"add","path":"/constructor/prototype/polluted","value":1}]',
		'{"constructor":{"prototype":{"polluted":1}}}',
		'a: &a [*a, *a]',
		'__proto__: {polluted: 1}',
		'['.repeat(20_000),
		'{"apiVersion":"v1","kind":"ConfigMap","metadata":null}',
		'{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":{}}}',
	),
);

const query = fc.constantFrom(
	'',
	'?watch=true&timeoutSeconds=1&resourceVersion=x',
	'?limit=-1',
	'?limit=1&continue=%00',
	'?labelSelector=%28',
	'?fieldSelector=%3D',
	'?dryRun=Some',
	'?fieldValidation=%F0',
	'?tailLines=x&follow=1',
	'?__proto__=1&force=maybe',
);

test('malformed requests are refused with a Status and harm nothing', async t => {
	const {endpoint, cluster} = await startEndpoint();
	// Watches among them end with virtual time.
	const pump = setInterval(() => cluster.advance(1000), 20);
	await fc.assert(
		fc.asyncProperty(
			fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD'),
			fc.constantFrom(...paths),
			query,
			fc.constantFrom(...types),
			fc.constantFrom(...accepts),
			bodies,
			async (method, path, search, contentType, accept, body) => {
				const bare = method === 'GET' || method === 'HEAD' || method === 'OPTIONS';
				const {status} = await ask(endpoint, {
					method,
					path: path + search,
					headers: {accept, 'content-type': contentType},
					...(!bare && {body}),
				});
				return status >= 200 && status <= 501;
			},
		),
		{numRuns: 300, seed: 1},
	);
	clearInterval(pump);
	t.is(({} as {polluted?: number}).polluted, undefined);
	t.is((await ask(endpoint, {path: '/healthz'})).text, 'ok');
	await endpoint.close();
});

test('bytes that are no HTTP, and bodies without end, do not end the server', async t => {
	const {endpoint} = await startEndpoint();
	const port = Number(new URL(endpoint.url).port);
	for (const bytes of ['\0\u0001\u0002garbage\r\n\r\n', 'GET / HTTP/9.9\r\n\r\n', `GET / HTTP/1.1\r\nx: ${'a'.repeat(100_000)}\r\n\r\n`]) {
		await new Promise<void>(resolve => {
			const socket = connect({port, host: '127.0.0.1', ca: endpoint.authority}, () => void socket.end(bytes));
			socket.on('error', () => resolve());
			socket.on('close', () => resolve());
			socket.resume();
		});
	}

	const large = JSON.stringify({apiVersion: 'v1', kind: 'ConfigMap', metadata: {name: 'x'}, data: {a: 'x'.repeat(4 * 2 ** 20)}});
	const answer = await ask(endpoint, {method: 'POST', path: '/api/v1/namespaces/default/configmaps', body: large}).catch(() => undefined);
	t.true(answer === undefined || answer.status === 413);
	t.is((await ask(endpoint, {path: '/healthz'})).text, 'ok');
	await endpoint.close();
});

test('without the token nothing is had but what anonymous users see', async t => {
	const {endpoint} = await startEndpoint();
	const status = async (path: string, given: string | null) => (await ask(endpoint, {path, token: given})).status;
	t.is(await status('/api/v1/secrets', null), 403);
	t.is(await status('/api/v1/secrets', `${token}x`), 401);
	t.is(await status('/apis', null), 403);
	t.is(await status('/version', null), 200);
	const forged = ['{"alg":"RS256"}', '{"sub":"system:serviceaccount:kube-system:default","exp":99999999999}', 'x']
		.map(part => Buffer.from(part).toString('base64url'))
		.join('.');
	t.is(await status('/api/v1/secrets', forged), 401);
	const request = {method: 'POST', path: '/api/v1/namespaces/default/serviceaccounts/default/token', body: '{}'};
	const issued = JSON.parse((await ask(endpoint, request)).text).status.token;
	const review = await ask(endpoint, {
		method: 'POST',
		path: '/apis/authentication.k8s.io/v1/selfsubjectreviews',
		body: '{}',
		token: issued,
	});
	t.is(JSON.parse(review.text).status.userInfo.username, 'system:serviceaccount:default:default');
	await endpoint.close();
});
