import test from 'ava';
import {extractAnnotations} from '../../../source/images/ingress-nginx/annotations/extract.js';
import {compiled, ingress, prefix, viewFor} from '../../helpers/ingress-view.js';

const locationWith = (annotations: Readonly<Record<string, string>>, setting = {}) => {
	const {configuration, lines} = compiled([ingress('a', {'a.com/': 'web'}, annotations)], setting);
	return {location: configuration.servers.find(({hostname}) => hostname === 'a.com')!.locations[0]!, lines};
};

const secret = (name: string, data: Readonly<Record<string, string>>) => ({
	apiVersion: 'v1',
	kind: 'Secret',
	metadata: {name, namespace: 'default', uid: `uid-${name}`},
	data: Object.fromEntries(Object.entries(data).map(([key, text]) => [key, Buffer.from(text).toString('base64')])),
});

test('basic auth without its Secret denies everybody, with the real reason', t => {
	const annotations = {'auth-type': 'basic', 'auth-secret': 'auth-web'};
	const missing = locationWith(annotations);
	t.is(
		missing.location.denied,
		'unexpected error reading secret default/auth-web: no object matching key "default/auth-web" in local store',
	);
	t.true(
		missing.lines.some(line => line.startsWith('E error reading Ingress annotation: unexpected error reading secret default/auth-web')),
	);
	const wrongKey = locationWith(annotations, {objects: [secret('auth-web', {htpasswd: 'lee:x'})]});
	t.is(wrongKey.location.denied, 'the secret auth-web does not contain a key with value auth');
	const {location} = locationWith({...annotations, 'auth-realm': 'Please'}, {objects: [secret('auth-web', {auth: 'lee:$apr1$x'})]});
	t.is(location.denied, undefined);
	t.deepEqual(
		[location.basicAuth!.realm, location.basicAuth!.passwords, location.basicAuth!.file],
		['Please', 'lee:$apr1$x', '/etc/ingress-controller/auth/default-uid-a-uid-auth-web.passwd'],
	);
});

test('a list of addresses needs one that can be read', t => {
	t.deepEqual(locationWith({'whitelist-source-range': '10.1.2.3/8, 192.168.0.1'}).location.allowlist, ['10.0.0.0/8', '192.168.0.1']);
	t.deepEqual(locationWith({'allowlist-source-range': 'nonsense,10.0.0.0/8'}).location.allowlist, ['10.0.0.0/8']);
	t.is(
		locationWith({'denylist-source-range': 'nonsense'}).location.denied,
		'the annotation does not contain a valid IP address or network: invalid CIDR address: nonsense',
	);
	t.deepEqual(locationWith({}, {configMap: {'whitelist-source-range': '10.0.0.0/8'}}).location.allowlist, ['10.0.0.0/8']);
});

test('rewrites and redirects', t => {
	t.is(locationWith({'app-root': '/login'}).location.rewrite.appRoot, '/login');
	const {location, lines} = locationWith({'app-root': 'http://x/login'});
	t.is(location.rewrite.appRoot, '');
	t.deepEqual(lines.slice(0, 1), ['W Annotation app-root only allows absolute paths (http://x/login)']);
	const redirect = (annotations: Readonly<Record<string, string>>) => {
		const {url, code} = locationWith(annotations).location.redirect;
		return `${code} ${url}`;
	};
	t.is(redirect({'permanent-redirect': 'https://b.com', 'permanent-redirect-code': '308'}), '308 https://b.com');
	t.is(redirect({'permanent-redirect': 'https://b.com', 'permanent-redirect-code': '200'}), '301 https://b.com');
	t.is(redirect({'permanent-redirect': 'https://b.com', 'temporal-redirect': 'https://c.com'}), '302 https://c.com');
	t.is(redirect({'permanent-redirect': 'ftp://b.com'}), '0 ');
});

test('canary settings count only with `canary: "true"`', t => {
	const {location} = locationWith({'canary-weight': '50'});
	t.is(location.backend, 'default-web-80');
	const view = viewFor({});
	const of = (annotations: Readonly<Record<string, string>>) =>
		extractAnnotations(ingress('a', {}, annotations), view, {prefix, validates: false, log: view.log}).canary;
	t.is(of({'canary-weight': '50'}).shaping.weight, 0);
	t.deepEqual(of({canary: 'true', 'canary-by-header': 'X', 'canary-weight': '5'}).shaping, {
		weight: 5,
		weightTotal: 100,
		header: 'X',
		headerValue: '',
		headerPattern: '',
		cookie: '',
	});
});

test('values are only checked with --enable-annotation-validation; then a wrong one keeps the Ingress out', t => {
	const annotations = {'proxy-body-size': '8 megabytes'};
	t.is(locationWith(annotations).location.proxy.bodySize, '8 megabytes');
	t.throws(() => locationWith(annotations, {flags: ['--enable-annotation-validation']}), {
		message: 'annotation nginx.ingress.kubernetes.io/proxy-body-size contains invalid value',
	});
});

test('annotations-risk-level', t => {
	const risky = {'server-alias': 'b.com'};
	t.notThrows(() => locationWith(risky));
	t.notThrows(() => locationWith(risky, {configMap: {'annotations-risk-level': 'High'}}));
	t.throws(() => locationWith(risky, {configMap: {'annotations-risk-level': 'Medium'}}), {
		message: 'annotation group Aliases contains risky annotation based on ingress configuration',
	});
});

test('limits and session affinity', t => {
	const {rateLimit} = locationWith({'limit-rps': '5', 'limit-burst-multiplier': '3', 'limit-whitelist': '10.0.0.0/8'}).location;
	t.deepEqual([rateLimit!.rps.limit, rateLimit!.rps.burst, rateLimit!.rpm.limit, rateLimit!.allowlist], [5, 15, 0, ['10.0.0.0/8']]);
	const {configuration} = compiled([
		ingress('a', {'a.com/x': 'web'}, {affinity: 'cookie', 'session-cookie-max-age': 'soon', 'session-cookie-expires': '60'}),
	]);
	const {sessionAffinity} = configuration.backends.find(({name}) => name === 'default-web-80')!;
	t.deepEqual(
		[
			sessionAffinity.type,
			sessionAffinity.cookie.name,
			sessionAffinity.cookie.maxAge,
			sessionAffinity.cookie.expires,
			sessionAffinity.cookie.locations,
		],
		['cookie', 'INGRESSCOOKIE', '', '60', {'a.com': ['/x']}],
	);
});

test('ConfigMap: what cannot be read stays as it was, aloud', t => {
	const lines: string[] = [];
	const {options} = viewFor(
		{
			configMap: {
				'ssl-redirect': 'maybe',
				'proxy-body-size': '8m',
				'proxy-connect-timeout': 'soon',
				'http-redirect-code': '200',
				'custom-http-errors': '404,200,x',
				'use-forwarded-headers': 'true',
				'hide-headers': 'Server, X-Powered-By',
				'enable-opentelemetry': 'true',
				'no-such-key': 'x',
			},
		},
		lines,
	);
	t.deepEqual(
		[options.sslRedirect, options.proxy.bodySize, options.proxy.connectTimeout, options.httpRedirectCode, options.customHttpErrors],
		[true, '8m', 5, 308, [404]],
	);
	t.deepEqual([options.useForwardedHeaders, options.hideHeaders], [true, ['Server', 'X-Powered-By']]);
	t.true(lines.includes('W The code 200 is not a valid as HTTP redirect code. Using the default.'));
	t.true(lines.includes('W error code 200 is not valid for custom error pages'));
	t.true(lines.includes('absent enable-opentelemetry'));
	t.true(lines.some(line => line.includes(`* cannot parse 'ssl-redirect' as bool: strconv.ParseBool: parsing "maybe": invalid syntax`)));
});
