import test from 'ava';
import type {KubeObject} from '../../../source/api/object.js';
import type {Location} from '../../../source/images/ingress-nginx/configuration.js';
import type {Options} from '../../../source/images/ingress-nginx/options.js';
import {backendOf, configurationOf, createNginxWorld, locationOf, serverOf} from '../../helpers/nginx-world.js';

const world = createNginxWorld('extras');
const [echo, other] = world.echoes;
const serve = (more: Partial<Location>, options: Partial<Options> = {}, serverSnippet = '') =>
	world.configure(
		configurationOf({
			options,
			backends: [backendOf('echo', [echo!])],
			servers: [serverOf('foo.com', [locationOf('/', 'echo', more)], {serverSnippet})],
		}),
	);
const get = (path = '/', headers: Readonly<Record<string, string>> = {}) => world.get('foo.com', path, {headers});

test('snippets set headers, rewrite and answer', t => {
	serve({
		configurationSnippet: `
more_set_headers "X-Who: $host" 'X-Two: b';
add_header X-Plain p;
add_header X-Always a always;
proxy_set_header X-Up "a $scheme";
set $kind plain;
if ($http_user_agent ~* "curl") { return 403 "no $kind curl"; }
if ($request_method != GET) { return 302 https://other.example$request_uri; }
rewrite ^/old/(.*)$ /new/$1 break;
`,
	});
	const answer = get('/old/x');
	t.is(answer.headers['x-who'], 'foo.com');
	t.is(answer.headers['x-two'], 'b');
	t.regex(answer.body, /x-up=a http\n/);
	t.regex(answer.body, /real path=\/new\/x\n/);
	const refused = get('/', {'User-Agent': 'CURL/8'});
	t.is(refused.status, 403);
	t.is(refused.body, 'no plain curl');
	t.is(answer.headers['x-plain'], 'p');
	t.deepEqual([refused.headers['x-plain'], refused.headers['x-always'], refused.headers['x-two']], [undefined, 'a', 'b']);
	t.is(world.get('foo.com', '/p?q', {method: 'PUT'}).headers['location'], 'https://other.example/p?q');
	serve({}, {}, 'return 418;\nunheard_of on;');
	t.is(get().status, 418);
});

test('what a snippet asks in vain is noted', t => {
	serve({configurationSnippet: 'add_after_body /x;'});
	t.is(get().status, 200);
	t.true(world.cluster.sim.notes.list().some(({what}) => what === 'ingress-nginx: add_after_body in a snippet'));
});

test('a mirror gets the request, too', t => {
	const seen: string[] = [];
	world.cluster.network.onService('test-mirror', ({bytes}) => {
		seen.push(bytes);
		return {bytes: '', end: 'closed'};
	});
	const {uid} = world.cluster.api.reader.get<KubeObject>('pods', 'default', 'echo-1').metadata;
	const {sockets} = world.cluster.container(uid!, 'main')!.stack;
	sockets.listen({protocol: 'tcp', address: '*', port: 7000, handler: 'test-mirror', owner: 'x', process: {name: 'x', pid: 1}});
	serve({mirror: {source: '/_mirror', target: `http://${other!.address}:7000$request_uri`, host: 'm', requestBody: 'on'}});
	t.is(get('/a').status, 200);
	t.regex(seen.join(''), /^GET \/a HTTP\/1\.0\r\nHost: m\r\n/);
	serve({mirror: {source: '/_mirror', target: 'http://10.244.1.250$request_uri', host: 'm', requestBody: 'on'}});
	const {status, delayMs} = get('/a');
	t.is(status, 200, 'whether it answers or not');
	t.true(delayMs < 100);
});

test('custom headers, upstream-vhost, global proxy-set-headers and add-headers', t => {
	world.configure(
		configurationOf({
			backends: [backendOf('echo', [echo!])],
			servers: [serverOf('foo.com', [locationOf('/', 'echo', {customHeaders: {'X-Custom': 'c'}, upstreamVhost: 'inner'})])],
			more: {proxySetHeaders: {'X-Set': 'v $host'}, addHeaders: {'X-Added': 'a'}},
		}),
	);
	const {headers, body} = get();
	t.is(headers['x-custom'], 'c');
	t.is(headers['x-added'], 'a');
	t.regex(body, /host=inner\n/);
	t.regex(body, /x-forwarded-host=foo\.com\n/);
	t.regex(body, /x-set=v foo\.com\n/);
});

test('a backend that should speak TLS and does not: 502', t => {
	serve({backendProtocol: 'HTTPS'});
	world.log.length = 0;
	t.is(get().status, 502);
	t.true(world.log[0]!.includes('SSL_do_handshake() failed'), world.log[0]);
	t.true(world.log[0]!.includes('upstream: "https://'));
});

test('a TCP service goes round over its endpoints and is closed when it is gone', t => {
	const stream = {
		protocol: 'TCP' as const,
		port: 9000,
		service: {namespace: 'default', name: 'echo', port: '8080'},
		proxyProtocol: {decode: false, encode: false},
		endpoints: [echo!, other!],
	};
	world.configure(configurationOf({more: {streams: [stream]}}));
	world.log.length = 0;
	const names = Array.from({length: 4}, () => /Hostname: (\S+)/.exec(world.raw('GET / HTTP/1.1\r\nHost: x\r\n\r\n', 9000).body)?.[1]);
	t.deepEqual(names, ['echo-0', 'echo-1', 'echo-0', 'echo-1']);
	t.regex(world.log[0]!, /^\[10\.244\.\d+\.\d+\] \[21\/Nov\/2026:\d\d:\d\d:\d\d \+0000\] TCP 200 \d+ 27 0\.00\d$/);
	world.configure(configurationOf({}));
	t.throws(() => world.raw('x', 9000), {message: 'refused'});
});

test('external authentication: its answer decides, its headers go on', t => {
	const auth = {
		url: `http://${other!.address}:8080/auth`,
		host: '',
		signinUrl: '',
		signinRedirectParam: '',
		method: '',
		responseHeaders: ['Server', 'X-Absent'],
		requestRedirect: '',
		snippet: '',
		cacheKey: '',
		cacheDuration: [],
		proxySetHeaders: {},
		alwaysSetCookie: false,
		keepaliveConnections: 0,
	};
	serve({externalAuth: auth});
	const {status, body} = get('/in?x=1');
	t.is(status, 200);
	t.regex(body, /server=echoserver\n/);
	serve({externalAuth: {...auth, url: 'http://nobody.default.svc.cluster.local/'}});
	world.log.length = 0;
	t.is(get().status, 500);
	t.true(world.log[0]!.includes('nobody.default.svc.cluster.local could not be resolved (3: Host not found)'), world.log[0]);
	serve({externalAuth: {...auth, url: `http://${other!.address}:9999/`}});
	t.is(get().status, 500);
});
