import test from 'ava';
import {md5Crypt} from '../../../source/tls/password.js';
import type {Location} from '../../../source/images/ingress-nginx/configuration.js';
import type {Options} from '../../../source/images/ingress-nginx/options.js';
import {type ConfigurationParts, backendOf, configurationOf, createNginxWorld, locationOf, serverOf} from '../../helpers/nginx-world.js';

const world = createNginxWorld('errors');
const [echo] = world.echoes;
const backends = [
	backendOf('echo', [echo!]),
	backendOf('none', []),
	backendOf('closed', [{...echo!, port: 9999}]),
	backendOf('nobody', [{address: '10.244.1.250', port: 80}]),
	backendOf('mixed', [{...echo!, port: 9999}, echo!]),
];
const serve = (more: Partial<Location>, backend = 'echo', options: Partial<Options> = {}, parts: ConfigurationParts = {}) => {
	world.log.length = 0;
	world.configure(configurationOf({backends, options, servers: [serverOf('foo.com', [locationOf('/', backend, more)])], ...parts}));
};
const get = (path = '/', headers: Readonly<Record<string, string>> = {}) => world.get('foo.com', path, {headers});
const basic = (pair: string) => ({Authorization: `Basic ${Buffer.from(pair).toString('base64')}`});

test('no endpoints: 503 with nginx’s own page, and a log line without upstream', t => {
	serve({}, 'none');
	const {line, headers, body, names} = get();
	t.is(line, 'HTTP/1.1 503 Service Temporarily Unavailable');
	t.is(headers['content-length'], '190');
	t.is(body.length, 190);
	t.deepEqual(names, ['Date', 'Content-Type', 'Content-Length', 'Connection']);
	t.regex(
		world.log[0]!,
		/^10\.244\.\d+\.\d+ - - \[21\/Nov\/2026:\d\d:\d\d:\d\d \+0000\] "GET \/ HTTP\/1\.1" 503 190 "-" "-" 33 0\.000 \[none\] \[\] - - - - [0-9a-f]{32}$/,
	);
});

test('refused: 502 after three tries, each in the logs', t => {
	serve({}, 'closed');
	t.is(get().status, 502);
	const errors = world.log.filter(line => line.includes('[error]'));
	t.is(errors.length, 3);
	t.regex(
		errors[0]!,
		/^2026\/11\/21 \d\d:\d\d:\d\d \[error\] (\d+)#\1: \*\d+ connect\(\) failed \(111: Connection refused\) while connecting to upstream, client: 10\.\S+, server: foo\.com, request: "GET \/ HTTP\/1\.1", upstream: "http:\/\/10\.\S+:9999\/", host: "foo\.com"$/,
	);
	t.regex(world.log.at(-1)!, / 502 150 .* \[closed\] \[\] (10\.\S+:9999), \1, \1 0, 0, 0 0\.000, 0\.000, 0\.000 502, 502, 502 /);
});

test('nobody there: 504 when proxy-connect-timeout is over, three times', t => {
	const {proxy} = locationOf('/', 'x');
	serve({proxy: {...proxy, connectTimeout: 2}}, 'nobody');
	const {status, delayMs} = get();
	t.is(status, 504);
	t.is(delayMs, 6000);
	serve({proxy: {...proxy, connectTimeout: 2, nextUpstream: 'off'}}, 'nobody');
	t.is(get().delayMs, 2000);
});

test('one bad endpoint of two: the next one answers', t => {
	serve({}, 'mixed');
	for (let i = 0; i < 10; i++) t.is(get().status, 200);
	t.true(
		world.log.some(line => / 502, 200 /.test(line)),
		world.log.at(-1),
	);
});

test('a body beyond proxy-body-size: 413, and the connection is closed', t => {
	serve({});
	const post = (length: number) =>
		world.raw(`POST / HTTP/1.1\r\nHost: foo.com\r\nContent-Length: ${length}\r\n\r\n${'x'.repeat(Math.min(length, 1000))}`);
	t.is(post(1000).status, 200);
	const large = post(1_048_577);
	t.is(large.line, 'HTTP/1.1 413 Request Entity Too Large');
	t.is(large.headers['connection'], 'close');
	t.regex(world.log.find(line => line.includes('[error]'))!, /client intended to send too large body: 1048577 bytes/);
});

test('basic authentication', t => {
	const auth = {
		type: 'basic',
		realm: 'who?',
		secret: 'default/s',
		file: '/etc/f',
		passwords: `a:${md5Crypt('right', 'salt', 'apr1')}\nb:{SHA}x\n`,
	} as const;
	serve({basicAuth: auth});
	const none = get();
	t.is(none.status, 401);
	t.is(none.headers['www-authenticate'], 'Basic realm="who?"');
	t.is(get('/', basic('a:wrong')).status, 401);
	t.is(get('/', basic('c:right')).status, 401);
	const good = get('/', basic('a:right'));
	t.is(good.status, 200);
	t.notRegex(good.body, /authorization=/, 'not passed on');
	t.true(world.log.some(line => line.includes('user "a": password mismatch')));
	t.true(world.log.some(line => line.includes('user "c" was not found in "/etc/f"')));
	t.regex(world.log.at(-1)!, / - a \[/);
});

test('allow, deny, and satisfy any', t => {
	const auth = {type: 'basic', realm: 'r', secret: 's', file: 'f', passwords: `a:${md5Crypt('p', 's', '1')}`} as const;
	serve({denylist: ['10.244.0.0/16']});
	t.is(get().status, 403);
	serve({allowlist: ['192.168.0.0/16']});
	t.is(get().status, 403);
	serve({allowlist: ['10.244.0.0/16']});
	t.is(get().status, 200);
	serve({allowlist: ['192.168.0.0/16'], basicAuth: auth});
	t.is(get('/', basic('a:p')).status, 403);
	serve({allowlist: ['192.168.0.0/16'], basicAuth: auth, satisfy: 'any'});
	t.is(get('/', basic('a:p')).status, 200);
	t.is(get().status, 401);
	serve({allowlist: ['9.9.9.9']}, 'echo', {useForwardedHeaders: true});
	t.is(get('/', {'X-Forwarded-For': '9.9.9.9, 10.0.0.1'}).status, 200);
	t.is(get('/', {'X-Forwarded-For': '8.8.8.8'}).status, 403);
});

test('limit-rps: a burst passes, then 503 or the code of the ConfigMap, until the bucket has leaked', t => {
	const zone = (name: string, limit: number, burst: number) => ({name, limit, burst, sharedSize: 5});
	const rateLimit = {
		id: 'x',
		name: 'x',
		connections: zone('conn', 0, 0),
		rps: zone('rps', 2, 10),
		rpm: zone('rpm', 0, 0),
		rate: 0,
		rateAfter: 0,
		allowlist: [],
	};
	serve({rateLimit}, 'echo', {limitReqStatusCode: 429});
	const statuses = Array.from({length: 20}, () => get().status);
	t.deepEqual(statuses, [...Array(11).fill(200), ...Array(9).fill(429)]);
	t.true(world.log.some(line => line.includes('limiting requests, excess: 11.000 by zone "rps"')));
	world.cluster.advance(1000);
	t.deepEqual(
		Array.from({length: 4}, () => get().status),
		[200, 200, 429, 429],
	);
	serve({rateLimit: {...rateLimit, rps: zone('other', 1, 0), allowlist: ['10.244.0.0/16']}});
	t.is(get().status, 200);
	t.is(get().status, 200);
});

test('custom-http-errors are shown by the default backend', t => {
	serve({customHttpErrors: [503], defaultBackendUpstream: 'echo'}, 'none');
	const {status, body} = get('/what?a=b', {Accept: 'text/html'});
	t.is(status, 200, 'its own status');
	for (const text of [
		'x-code=503',
		'x-format=text/html',
		'x-namespace=default',
		'x-ingress-name=web',
		'x-service-name=none',
		'x-original-uri=/what?a=b',
	])
		t.true(body.includes(`\t${text}\n`), text);
	t.regex(body, /real path=\/\?a=b\n/);
});

test('cors: a preflight is answered, other origins get nothing', t => {
	const cors = {
		allowOrigin: ['https://*.foo.com', 'http://bar.com:8080'],
		allowMethods: 'GET',
		allowHeaders: 'X',
		allowCredentials: true,
		exposeHeaders: '',
		maxAge: 5,
	};
	serve({cors});
	const origins: ReadonlyArray<[origin: string, allowed: boolean]> = [
		['https://a.foo.com', true],
		['https://a.b.foo.com', false],
		['http://a.foo.com', false],
		['http://bar.com:8080', true],
		['HTTP://BAR.com:8080', true],
		['http://bar.com', false],
	];
	for (const [origin, allowed] of origins) {
		t.is(get('/', {Origin: origin}).headers['access-control-allow-origin'], allowed ? origin : undefined, origin);
		t.is(world.get('foo.com', '/', {method: 'OPTIONS', headers: {Origin: origin}}).status, allowed ? 204 : 200, origin);
	}
});

test('HEAD has no body, and says how long it would be', t => {
	serve({});
	const {status, body, headers} = world.get('foo.com', '/', {method: 'HEAD'});
	t.is(status, 200);
	t.is(body, '');
	t.true(Number(headers['content-length']) > 0);
	serve({}, 'none');
	t.is(world.get('foo.com', '/', {method: 'HEAD'}).headers['content-length'], '190');
});

test('Chrome gets its padding', t => {
	serve({}, 'none');
	t.is(get('/', {'User-Agent': 'Mozilla/5.0 Chrome/126.0'}).body.match(/a padding to disable MSIE and Chrome/g)?.length, 6);
});

test('the log escapes what a client sends, and a large body comes in pieces', t => {
	serve({});
	get('/', {'User-Agent': 'a"b\\c\u0001'});
	t.true(world.log.at(-1)!.includes('"a\\x22b\\x5Cc\\x01"'), world.log.at(-1));
	const {body, status} = world.get('foo.com', '/', {method: 'POST', body: 'y'.repeat(200_000)});
	t.is(status, 200);
	t.regex(body, /content-length=200000\n/);
});

test('more than one header of a name', t => {
	serve({});
	const answer = world.raw('GET / HTTP/1.1\r\nHost: foo.com\r\nX-A: 1\r\nX-A: 2\r\nCookie: a=1\r\nCookie: b=2\r\n\r\n');
	t.regex(answer.body, /x-a=2\n/, 'the echo server keeps the last: both were passed on');
});
