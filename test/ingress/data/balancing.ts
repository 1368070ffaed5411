import test from 'ava';
import type {Backend} from '../../../source/images/ingress-nginx/configuration.js';
import {crc32, findOnRing, ringOf} from '../../../source/images/ingress-nginx/nginx/balancers/chash.js';
import {backendOf, configurationOf, createNginxWorld, locationOf, serverOf} from '../../helpers/nginx-world.js';

const world = createNginxWorld('balancing');
const [first, second] = world.echoes;
const policy = {weight: 0, weightTotal: 100, header: '', headerValue: '', headerPattern: '', cookie: ''};
const pod = (headers: Readonly<Record<string, string>> = {}, path = '/') =>
	/Hostname: (\S+)/.exec(world.get('foo.com', path, {headers}).body)?.[1];
const isCanary = (headers: Readonly<Record<string, string>> = {}) => pod(headers) === 'echo-1';

function canary(trafficShaping: Partial<Backend['trafficShaping']>, more: {main?: Partial<Backend>; canary?: Partial<Backend>} = {}): void {
	world.configure(
		configurationOf({
			servers: [serverOf('foo.com', [locationOf('/', 'main')])],
			backends: [
				backendOf('main', [first!], {alternatives: ['canary'], ...more.main}),
				backendOf('canary', [second!], {noServer: true, trafficShaping: {...policy, ...trafficShaping}, ...more.canary}),
			],
		}),
	);
}

test('a canary by header, value, pattern and cookie, in this order', t => {
	const cases: ReadonlyArray<[policy: Partial<Backend['trafficShaping']>, headers: Record<string, string>, canary: boolean]> = [
		[{header: 'X-Canary'}, {'X-Canary': 'always'}, true],
		[{header: 'X-Canary'}, {'x-canary': 'always'}, true],
		[{header: 'X-Canary', weight: 100}, {'X-Canary': 'never'}, false],
		[{header: 'X-Canary'}, {'X-Canary': 'Always'}, false],
		[{header: 'X-Canary', weight: 100}, {'X-Canary': 'other'}, true],
		[{header: 'X-Canary', headerValue: 'me'}, {'X-Canary': 'me'}, true],
		[{header: 'X-Canary', headerValue: 'me'}, {'X-Canary': 'always'}, false],
		[{header: 'X-Canary', headerValue: 'me', cookie: 'c'}, {'X-Canary': 'you', Cookie: 'c=always'}, true],
		[{header: 'X-Canary', headerPattern: '^me+$'}, {'X-Canary': 'meee'}, true],
		[{header: 'X-Canary', headerPattern: '^me+$'}, {'X-Canary': 'm'}, false],
		[{header: 'X-Canary', headerPattern: '[[[', cookie: 'c'}, {'X-Canary': 'x', Cookie: 'c=always'}, false],
		[{header: 'X_Canary'}, {'X-Canary': 'always'}, true],
		[{cookie: 'c'}, {Cookie: 'a=b; c=always'}, true],
		[{cookie: 'Canary'}, {Cookie: 'canary=always'}, true],
		[{cookie: 'c', weight: 100}, {Cookie: 'c=never'}, false],
		[{weight: 100}, {}, true],
		[{weight: 0}, {}, false],
		[{weight: 100, weightTotal: 50}, {}, true],
		[{weight: 1000, weightTotal: 1000}, {}, true],
	];
	for (const [i, [shaping, headers, expected]] of cases.entries()) {
		canary(shaping);
		t.is(isCanary(headers), expected, `case ${i}: ${JSON.stringify([shaping, headers])}`);
	}
});

test('a canary without endpoints gets nothing, and the access log names the one that answered', t => {
	canary({weight: 100}, {canary: {endpoints: []}});
	t.false(isCanary());
	canary({weight: 100});
	world.log.length = 0;
	t.true(isCanary());
	t.regex(world.log.at(-1)!, / \[main\] \[canary\] 10\.244\.\d+\.\d+:8080 \d+ 0\.\d{3} 200 [0-9a-f]{32}$/);
});

test('weight 30 sends 30 of 100, within three standard deviations over a thousand', t => {
	canary({weight: 30});
	const count = Array.from({length: 1000}, () => isCanary()).filter(Boolean).length;
	t.true(Math.abs(count - 300) <= 3 * Math.sqrt(1000 * 0.3 * 0.7), `${count}`);
});

const affinity = (more: Partial<Backend['sessionAffinity']['cookie']> = {}, mode: '' | 'persistent' = ''): Partial<Backend> => ({
	sessionAffinity: {
		type: 'cookie',
		mode,
		cookie: {...backendOf('x', []).sessionAffinity.cookie, name: 'stick', locations: {'foo.com': ['/']}, ...more},
	},
});
const single = (more: Partial<Backend>) =>
	world.configure(
		configurationOf({servers: [serverOf('foo.com', [locationOf('/', 'main')])], backends: [backendOf('main', world.echoes, more)]}),
	);

for (const mode of ['', 'persistent'] as const) {
	test(`a cookie holds a session to its pod (${mode || 'balanced'})`, t => {
		single(affinity({expires: '172800', maxAge: '172800', path: '/p', sameSite: 'Lax'}, mode));
		const answer = world.get('foo.com', '/');
		const cookie = answer.headers['set-cookie'] ?? '';
		t.regex(
			cookie,
			/^stick=[0-9a-f.]+\|[0-9a-f]{32}; Expires=\w{3}, \d\d-\w{3}-\d\d \d\d:\d\d:\d\d GMT; Max-Age=172800; Path=\/p; HttpOnly; SameSite=Lax$/,
		);
		const name = /Hostname: (\S+)/.exec(answer.body)![1];
		for (let i = 0; i < 20; i++) t.is(pod({Cookie: cookie.split(';')[0]!}), name);
		t.is(world.get('foo.com', '/', {headers: {Cookie: cookie.split(';')[0]!}}).headers['set-cookie'], undefined);
		t.true(new Set(Array.from({length: 40}, () => pod())).size > 1);
	});
}

test('a session that began on the canary stays there, and one of the main backend never leaves it', t => {
	canary({header: 'X-Canary'}, {main: affinity(), canary: affinity()});
	const cookieOf = (headers: Record<string, string>) => world.get('foo.com', '/', {headers}).headers['set-cookie']!.split(';')[0]!;
	const onCanary = cookieOf({'X-Canary': 'always'});
	const onMain = cookieOf({});
	t.true(isCanary({Cookie: onCanary}));
	t.false(isCanary({Cookie: onMain, 'X-Canary': 'always'}));
});

test('each worker goes round for itself; all endpoints get their share', t => {
	single({});
	const counts = new Map<string, number>();
	for (let i = 0; i < 300; i++) counts.set(pod()!, (counts.get(pod()!) ?? 0) + 1);
	t.deepEqual([...counts.keys()].sort(), ['echo-0', 'echo-1', 'echo-2']);
});

test('upstream-hash-by: one value, one endpoint', t => {
	single({upstreamHash: {by: '$request_uri', subset: false, subsetSize: 3}});
	const paths = Array.from({length: 30}, (_, i) => `/${i}`);
	const before = paths.map(path => pod({}, path));
	t.deepEqual(
		paths.map(path => pod({}, path)),
		before,
	);
	t.true(new Set(before).size > 1);
});

test('upstream-hash-by-subset: one value, one few endpoints; changing the kind of hash is safe', t => {
	single({upstreamHash: {by: '$request_uri', subset: false, subsetSize: 2}});
	t.is(new Set(Array.from({length: 20}, () => pod())).size, 1);
	single({upstreamHash: {by: '$request_uri', subset: true, subsetSize: 2}});
	t.is(new Set(Array.from({length: 40}, () => pod())).size, 2);
});

test('ewma prefers the endpoint that answers faster', t => {
	single({loadBalance: 'ewma'});
	t.truthy(pod());
	t.is(Object.keys(world.memory().nginx!.ewma).length, 1);
});

test('the ring: a checksum as zlib has it, a key finds its place again when a node leaves', t => {
	t.is(crc32('123456789'), 0xcb_f4_39_26);
	const nodes = ['10.0.0.1:80', '10.0.0.2:80', '10.0.0.3:80'];
	const keys = Array.from({length: 300}, (_, i) => `key-${i}`);
	const before = keys.map(key => findOnRing(ringOf(nodes), key));
	const after = keys.map(key => findOnRing(ringOf(nodes.slice(0, 2)), key));
	for (const [i, node] of before.entries()) if (node !== nodes[2]) t.is(after[i], node);
	for (const node of nodes) t.true(before.filter(each => each === node).length > 50, node);
});

test('a world saved half-way goes on with the same bytes', t => {
	single(affinity());
	const ask = () => Array.from({length: 10}, () => JSON.stringify(world.get('foo.com', '/')));
	ask();
	const saved = world.snapshot();
	const before = ask();
	world.restore(saved);
	t.deepEqual(ask(), before);
});
