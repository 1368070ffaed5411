import fc from 'fast-check';
import test from 'ava';
import type {KubeObject} from '../../../source/api/object.js';
import {decodeUri, escapeUri} from '../../../source/images/nginx/request/uri.js';
import {readHead} from '../../../source/images/nginx/connection/request-head.js';
import {backendOf, configurationOf, createNginxWorld, locationOf, serverOf} from '../../helpers/nginx-world.js';

const world = createNginxWorld('requests', 1);
world.configure(configurationOf({servers: [serverOf('foo.com', [locationOf('/', 'echo')])], backends: [backendOf('echo', world.echoes)]}));

const long = (length: number) => 'x'.repeat(length);

test('what nginx refuses, and how', t => {
	const cases: ReadonlyArray<[request: string, status: number, text?: string]> = [
		['GET / HTTP/1.1\r\nHost: foo.com\r\n\r\n', 200],
		['GET / HTTP/1.0\r\n\r\n', 404],
		['GET / HTTP/1.1\nHost: foo.com\n\n', 200],
		['GET http://foo.com/x HTTP/1.1\r\nHost: bar.com\r\n\r\n', 200],
		['GET / HTTP/1.1\r\n\r\n', 400, '<title>400 Bad Request</title>'],
		['GET / HTTP/2.0\r\nHost: foo.com\r\n\r\n', 505, '505 HTTP Version Not Supported'],
		['get / HTTP/1.1\r\nHost: foo.com\r\n\r\n', 400],
		['GET /a b HTTP/1.1\r\nHost: foo.com\r\n\r\n', 400],
		['GET x HTTP/1.1\r\nHost: foo.com\r\n\r\n', 400],
		['\u0016\u0003\u0001\u0002\r\n\r\n', 400],
		['GET / HTTP/1.1\r\nHost: foo.com\r\nHost: foo.com\r\n\r\n', 400],
		['GET / HTTP/1.1\r\nHost: a/b\r\n\r\n', 400],
		['GET / HTTP/1.1\r\nHost: foo.com\r\nA B: c\r\n\r\n', 400],
		['POST / HTTP/1.1\r\nHost: foo.com\r\nContent-Length: x\r\n\r\n', 400],
		['POST / HTTP/1.1\r\nHost: foo.com\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n', 400],
		['POST / HTTP/1.1\r\nHost: foo.com\r\nTransfer-Encoding: gzip\r\n\r\n', 501],
		['POST / HTTP/1.1\r\nHost: foo.com\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n', 200],
		['TRACE / HTTP/1.1\r\nHost: foo.com\r\n\r\n', 405, '405 Not Allowed'],
		['CONNECT foo.com:80 HTTP/1.1\r\nHost: foo.com\r\n\r\n', 400],
		[`GET /${long(9000)} HTTP/1.1\r\nHost: foo.com\r\n\r\n`, 414, '414 Request-URI Too Large'],
		[`GET / HTTP/1.1\r\nHost: foo.com\r\nA: ${long(9000)}\r\n\r\n`, 400, 'Request Header Or Cookie Too Large'],
		[`GET / HTTP/1.1\r\nHost: foo.com\r\n${`A: ${long(4000)}\r\n`.repeat(10)}\r\n`, 400, 'Request Header Or Cookie Too Large'],
	];
	for (const [request, status, text] of cases) {
		const answer = world.raw(request);
		t.is(answer.status, status, JSON.stringify(request.slice(0, 80)));
		if (text) t.true(answer.body.includes(text), answer.body);
	}
});

test('a request in pieces is waited for', t => {
	const pieces = ['GE', 'T / HTTP/1.1\r\n', 'Host: foo.com\r\nContent-', 'Length: 3\r\n\r\na', 'bc'];
	const {stack} = world.cluster.container(world.cluster.api.reader.get<KubeObject>('pods', 'default', 'client').metadata.uid!, 'main')!;
	const {podIP} = world.cluster.api.reader.get<KubeObject>('pods', 'default', 'controller')['status'];
	const connection = stack.connect(podIP, 80);
	const answers = pieces.map(piece => connection.exchange(piece).bytes);
	t.deepEqual(answers.slice(0, -1), ['', '', '', '']);
	t.regex(answers.at(-1)!, /^HTTP\/1\.1 200 OK\r\n[\s\S]*\nabc\n/);
});

test('bytes of any kind get an answer of nginx, and nothing breaks', t => {
	const part = fc.oneof(
		fc.constantFrom(
			'GET ',
			'POST ',
			'/',
			' HTTP/1.1',
			'\r\n',
			'\n',
			'Host: foo.com',
			'Host',
			':',
			'%',
			'%00',
			'..',
			'?',
			'#',
			'Content-Length: 5',
			'\0',
			' ',
		),
		fc.string({unit: 'binary-ascii', maxLength: 12}),
	);
	fc.assert(
		fc.property(fc.array(part, {minLength: 1, maxLength: 14}), parts => {
			const {status} = world.raw(`${parts.join('')}\r\n\r\n`);
			return [200, 301, 308, 400, 404, 405, 414, 501, 505].includes(status) || Number.isNaN(status);
		}),
		{numRuns: 300, seed: 7},
	);
	t.is(world.get('foo.com', '/').status, 200);
});

test('a path is decoded once, and its dots never leave the root', t => {
	fc.assert(
		fc.property(fc.array(fc.constantFrom('a', '..', '.', '', '%2e', '%2F', '%25', 'b c'), {maxLength: 8}), parts => {
			const uri = decodeUri(`/${parts.join('/')}`);
			return uri === undefined || (uri.startsWith('/') && !/\/\.\.?(\/|$)/.test(uri) && !uri.includes('//'));
		}),
		{numRuns: 500, seed: 7},
	);
	t.is(decodeUri('/a%20b'), '/a b');
	t.is(escapeUri('/a b?c%d'), '/a%20b%3Fc%25d');
});

test('headers keep their order and spelling; names with an underscore are dropped', t => {
	const read = readHead('GET /p?q HTTP/1.1\r\nHost: a\r\nX-One: 1\r\nx_two: 2\r\nX-ONE: 3\r\n\r\nbody');
	if (!('request' in read)) return t.fail();
	const {fields, headers, body, path, query, headLength} = read.request;
	t.deepEqual(fields, [
		['Host', 'a'],
		['X-One', '1'],
		['X-ONE', '3'],
	]);
	t.is(headers['x-one'], '1, 3');
	t.deepEqual([path, query, body, headLength], ['/p', 'q', 'body', 60]);
	return undefined;
});
