import test from 'ava';
import {backendOf, certificateOf, configurationOf, createNginxWorld, locationOf, serverOf} from '../../helpers/nginx-world.js';

const world = createNginxWorld('routing');
const backend = (name: string, at: number) => backendOf(name, [world.echoes[at]!]);
const backends = [backend('one', 0), backend('two', 1), backend('three', 2), backendOf('none', [])];

/** Which echo server answered, or the status. */
const who = (host: string, path: string): string => {
	const {status, body} = world.get(host, path);
	return status === 200 ? (/Hostname: (\S+)/.exec(body)?.[1] ?? '200') : String(status);
};

const rewriteTo = (target: string, useRegex = true) => ({
	rewrite: {target, sslRedirect: true, forceSslRedirect: false, preserveTrailingSlash: false, useRegex, appRoot: ''},
});

test('a server by its exact name, then a wildcard of one label, then the default', t => {
	world.configure(
		configurationOf({
			backends,
			servers: [
				serverOf('*.foo.com', [locationOf('/', 'one')]),
				serverOf('a.foo.com', [locationOf('/', 'two')], {aliases: ['alias.example']}),
			],
		}),
	);
	const cases: ReadonlyArray<[host: string, answer: string]> = [
		['b.foo.com', 'echo-0'],
		['B.FOO.com', 'echo-0'],
		['a.foo.com', 'echo-1'],
		['a.foo.com:8080', 'echo-1'],
		['alias.example', 'echo-1'],
		['b.b.foo.com', '404'],
		['foo.com', '404'],
		['.foo.com', '404'],
	];
	for (const [host, answer] of cases) t.is(who(host, '/'), answer, host);
});

test('a location: exact, longest prefix; Prefix is two locations', t => {
	world.configure(
		configurationOf({
			backends,
			servers: [
				serverOf('foo.com', [
					locationOf('/aaa/bbb/', 'two', {ingressPath: '/aaa/bbb'}),
					locationOf('/aaa/bbb', 'two', {pathType: 'Exact'}),
					locationOf('/aaa/', 'one', {ingressPath: '/aaa'}),
					locationOf('/aaa', 'one', {pathType: 'Exact'}),
					locationOf('/only', 'three', {pathType: 'Exact'}),
					locationOf('/', 'upstream-default-backend'),
				]),
			],
		}),
	);
	const cases: ReadonlyArray<[path: string, answer: string]> = [
		['/aaa', 'echo-0'],
		['/aaa/', 'echo-0'],
		['/aaaccc', '404'],
		['/aaa/bbb', 'echo-1'],
		['/aaa/bbb/ccc', 'echo-1'],
		['/aaa/bbbc', 'echo-0'],
		['/only', 'echo-2'],
		['/only/', '404'],
		['/AAA', '404'],
		['/%61aa', 'echo-0'],
		['//aaa', 'echo-0'],
		['/x/../aaa', 'echo-0'],
		['/../aaa', '400'],
		['/aaa?x=/only', 'echo-0'],
		['/', '404'],
	];
	for (const [path, answer] of cases) t.is(who('foo.com', path), answer, path);
});

test('one location with a regular expression makes all of the host so: first in order, case ignored', t => {
	world.configure(
		configurationOf({
			backends,
			servers: [
				serverOf('foo.com', [
					locationOf('/foo/bar/.+', 'two', rewriteTo('', true)),
					locationOf('/foo/', 'one', {ingressPath: '/foo'}),
					locationOf('/foo', 'one', {pathType: 'Exact'}),
				]),
			],
		}),
	);
	const cases: ReadonlyArray<[path: string, answer: string]> = [
		['/foo/bar/x', 'echo-1'],
		['/foo/bar/', 'echo-0'],
		['/FOO/BAR/x', 'echo-1'],
		['/foobar', 'echo-0'],
		['/bar/foo', '404'],
	];
	for (const [path, answer] of cases) t.is(who('foo.com', path), answer, path);
});

test('rewrite-target with captures changes what the upstream sees', t => {
	const seen = (path: string) => /real path=(\S*)/.exec(world.get('foo.com', path).body)?.[1];
	const to = (target: string, path = '/something(/|$)(.*)') =>
		world.configure(configurationOf({backends, servers: [serverOf('foo.com', [locationOf(path, 'one', rewriteTo(target))])]}));
	to('/$2');
	t.is(seen('/something'), '/');
	t.is(seen('/something/new'), '/new');
	t.is(seen('/something/new?a=b'), '/new?a=b');
	t.is(seen('/SOMETHING/a%20b'), '/a%20b');
	to('/x?q=$2');
	t.is(seen('/something/new?a=b'), '/x?q=new&a=b');
	to('http://elsewhere.example/$2');
	t.is(world.get('foo.com', '/something/new').headers['location'], 'http://elsewhere.example/new');
});

test('without a rewrite the request line goes on as it came', t => {
	world.configure(configurationOf({backends, servers: [serverOf('foo.com', [locationOf('/', 'one')])]}));
	const {body} = world.get('foo.com', '/a//b/./%7Ec%2fd?x=%20', {headers: {'X-Thing': 'yes', X_Under: 'no', 'X-Forwarded-For': '9.9.9.9'}});
	t.regex(body, /real path=\/a\/\/b\/\.\/%7Ec%2fd\?x=%20/);
	t.regex(body, /x-thing=yes/);
	t.notRegex(body, /x_under|x-under/);
	t.regex(body, /x-forwarded-for=10\.244\.\d+\.\d+\n/);
	t.regex(body, /x-original-forwarded-for=9\.9\.9\.9\n/);
});

test('redirects: to https where a certificate is, app-root, permanent; a redirect goes before https', t => {
	const redirect = {redirect: {url: 'https://new.example/x', code: 301, fromToWww: false, relative: false}};
	const rewrite = locationOf('/', 'one').rewrite;
	world.configure(
		configurationOf({
			backends,
			servers: [
				serverOf('tls.com', [locationOf('/go', 'one', redirect), locationOf('/', 'one')], {certificate: certificateOf('c')}),
				serverOf('plain.com', [locationOf('/', 'one', {rewrite: {...rewrite, appRoot: '/app'}})]),
				serverOf('force.com', [locationOf('/', 'one', {rewrite: {...rewrite, forceSslRedirect: true}})]),
				serverOf('off.com', [locationOf('/', 'one', {rewrite: {...rewrite, sslRedirect: false}})], {certificate: certificateOf('d')}),
			],
			more: {redirects: [{from: 'www.plain.com', to: 'plain.com'}]},
		}),
	);
	const cases: ReadonlyArray<[host: string, path: string, status: number, location?: string]> = [
		['tls.com', '/', 308, 'https://tls.com'],
		['tls.com', '/a/?b=c', 308, 'https://tls.com/a/?b=c'],
		['tls.com:8080', '/a/', 308, 'https://tls.com/a'],
		['tls.com', '/go', 301, 'https://new.example/x'],
		['tls.com', '/.well-known/acme-challenge/x', 308, 'https://tls.com/.well-known/acme-challenge/x'],
		['plain.com', '/', 302, 'http://plain.com/app'],
		['plain.com', '/x', 200],
		['www.plain.com', '/x/', 308, 'http://plain.com:80/x'],
		['force.com', '/y', 308, 'https://force.com/y'],
		['off.com', '/', 200],
	];
	for (const [host, path, status, location] of cases) {
		const answer = world.get(host, path);
		t.is(answer.status, status, host + path);
		t.is(answer.headers['location'], location, host + path);
	}

	const {names, body} = world.get('tls.com', '/');
	t.deepEqual(names, ['Date', 'Content-Type', 'Content-Length', 'Connection', 'Location']);
	t.true(body.startsWith('<html>\r\n<head><title>308 Permanent Redirect</title></head>\r\n'));
});

test('health and status are of the default server only, and the status is not for strangers', t => {
	world.configure(configurationOf({backends, servers: [serverOf('foo.com', [locationOf('/', 'none')])]}));
	t.is(world.get('anything', '/healthz').status, 200);
	t.is(world.get('anything', '/nginx_status').status, 403);
	t.is(world.get('foo.com', '/healthz').status, 503);
	t.false(
		world.log.some(line => line.includes('/healthz HTTP/1.1" 200')),
		'health checks are not logged',
	);
});
