import test from 'ava';
import type {KubeObject} from '../../../source/api/object.js';
import {parseArguments} from '../../../source/images/ingress-nginx/arguments.js';
import {nginxConf} from '../../../source/images/ingress-nginx/conf/nginx-conf.js';
import {pcreError} from '../../../source/images/ingress-nginx/conf/pcre.js';
import {complaintInFile, testConfiguration} from '../../../source/images/ingress-nginx/conf/test.js';
import {compiled, ingress, type Setting, viewFor} from '../../helpers/ingress-view.js';

const nowMs = Date.parse('2026-11-21T02:00:00Z');

function confOf(ingresses: readonly KubeObject[], setting: Setting = {}): string {
	const {given} = viewFor(setting);
	return nginxConf(compiled(ingresses, setting).configuration, {given, nameServers: ['10.96.0.10']});
}

/** The lines from the first that has one text to the next that has the other, without their indent. */
function between(text: string, from: string, to: string): string[] {
	const lines = text.split('\n').map(line => line.trim());
	const start = lines.findIndex(line => line.includes(from));
	return lines.slice(start, lines.findIndex((line, i) => i > start && line.includes(to)) + 1).filter(Boolean);
}

test('a server stands between its marks, and a location says whose it is', t => {
	const conf = confOf([ingress('web', {'a.com/x': 'web:http'})]);
	t.deepEqual(between(conf, '## start server a.com', 'set $location_path'), [
		'## start server a.com',
		'server {',
		'server_name a.com ;',
		'http2 on;',
		'listen 80  ;',
		'listen [::]:80  ;',
		'listen 443  ssl;',
		'listen [::]:443  ssl;',
		'set $proxy_upstream_name "-";',
		'ssl_reject_handshake off;',
		'ssl_certificate_by_lua_block {',
		'certificate.call()',
		'}',
		'location /x/ {',
		'set $namespace      "default";',
		'set $ingress_name   "web";',
		'set $service_name   "web";',
		'set $service_port   "http";',
		'set $location_path  "/x";',
	]);
	t.regex(conf, /\tlocation = \/x \{/);
	t.regex(conf, /\tresolver 10\.96\.0\.10 valid=30s;/);
	t.regex(conf, /\t## end server a\.com\n/);
});

test('what annotations and the ConfigMap say stands in the file', t => {
	const annotations = {
		'rewrite-target': '/$2',
		'whitelist-source-range': '10.0.0.0/8',
		'limit-rps': '5',
		'permanent-redirect': 'https://b.com',
		'proxy-body-size': '8m',
		'enable-cors': 'true',
	};
	const conf = confOf([ingress('web', {'a.com/x(/|$)(.*)': 'web'}, annotations)], {
		configMap: {'use-forwarded-headers': 'true', 'hsts-max-age': '60', 'keep-alive': '10'},
	});
	for (const line of [
		'location ~* "^/x(/|$)(.*)" {',
		'rewrite "(?i)/x(/|$)(.*)" /$2 break;',
		'allow 10.0.0.0/8;',
		'deny all;',
		'limit_req zone=default_web_uid-web_rps burst=25 nodelay;',
		'return 301 https://b.com;',
		'client_max_body_size                    8m;',
		"more_set_headers 'Access-Control-Allow-Origin: *';",
		'real_ip_header      X-Forwarded-For;',
		'hsts_max_age = 60,',
		'keepalive_timeout  10s;',
	])
		t.true(conf.includes(line), line);
	t.regex(
		confOf([ingress('web', {'a.com/': 'web'}, {'auth-type': 'basic', 'auth-secret': 'none'})]),
		/# Location denied\. Reason: .*none.*\n\s+return 503;/,
	);
});

const complaints: ReadonlyArray<readonly [ingress: KubeObject, wanted: RegExp | undefined, configMap?: Readonly<Record<string, string>>]> =
	[
		[ingress('a', {'a.com/x': 'web'}), undefined],
		[
			ingress('a', {'a.com/x(y': 'web'}, {'use-regex': 'true'}),
			/pcre2_compile\(\) failed: missing closing parenthesis in "\^\/x\(y" in \/tmp\/nginx\/nginx-cfg\d+:\d+$/m,
		],
		[ingress('a', {'a.com/x': 'web', 'a.com/x/': 'web'}), /duplicate location "\/x\/" in /],
		[ingress('a', {'a.com/': 'web'}, {'proxy-body-size': '8mb'}), /"client_max_body_size" directive invalid value in /],
		[ingress('a', {'a.com/': 'web'}, {'proxy-next-upstream': '300'}), /invalid value "300" in /],
		[
			ingress('a', {'a.com/': 'web'}, {'proxy-buffering': 'yes'}),
			/invalid value "yes" in "proxy_buffering" directive, it must be "on" or "off" in /,
		],
		[ingress('a', {'a.com/': 'web'}, {'configuration-snippet': 'nonsense on;'}), undefined],
		[
			ingress('a', {'a.com/': 'web'}, {'configuration-snippet': 'nonsense on;'}),
			/unknown directive "nonsense" in /,
			{'allow-snippet-annotations': 'true'},
		],
	];

test('nginx -t judges before a reload and before an Ingress is accepted', t => {
	for (const [object, wanted, configMap = {}] of complaints) {
		const {configuration} = compiled([object], {configMap});
		const verdict = testConfiguration(configuration, () => confOf([object], {configMap}), nowMs);
		if (wanted) t.regex(verdict ?? '', wanted);
		else t.is(verdict, undefined);
	}

	const [, [object]] = complaints as any;
	const lines = testConfiguration(compiled([object]).configuration, () => confOf([object]), nowMs)!.split('\n');
	t.deepEqual(
		[lines[1], lines[2], lines[3]!.slice(0, 37), lines.at(-3), lines.at(-2)],
		['-'.repeat(79), 'Error: exit status 1', '2026/11/21 02:00:00 [emerg] 34#34: pc', '', '-'.repeat(79)],
	);
});

test('patterns that PCRE does not compile', t => {
	const cases: ReadonlyArray<readonly [string, string | undefined]> = [
		['^/a(b|c)+?d{2,3}[^]x](?i)\\(', undefined],
		['^/a)', 'unmatched closing parenthesis in "^/a)" at ")"'],
		['^/[a-z', 'missing terminating ] for character class in "^/[a-z"'],
		['^/[z-a]', 'range out of order in character class in "^/[z-a]" at "a]"'],
		['^/(*a)', 'quantifier does not follow a repeatable item in "^/(*a)" at "a)"'],
		['^/a\\', '\\ at end of pattern in "^/a\\"'],
	];
	for (const [pattern, wanted] of cases) t.is(pcreError(pattern), wanted, pattern);
});

test('flags are refused in the words of pflag', t => {
	const cases: ReadonlyArray<readonly [string, string]> = [
		['--nonsense', 'unknown flag: --nonsense'],
		['--http-port=eighty', 'invalid argument "eighty" for "--http-port" flag: strconv.ParseInt: parsing "eighty": invalid syntax'],
		[
			'--watch-ingress-without-class=yes',
			'invalid argument "yes" for "--watch-ingress-without-class" flag: strconv.ParseBool: parsing "yes": invalid syntax',
		],
		['--configmap', 'flag needs an argument: --configmap'],
	];
	for (const [word, wanted] of cases) t.deepEqual(parseArguments([word]), {error: wanted});
	const parsed = parseArguments(['--watch-ingress-without-class', '--ingress-class', 'mine', '-v=2']);
	t.like('given' in parsed && parsed.given, {'watch-ingress-without-class': 'true', 'ingress-class': 'mine', v: '2'});
});

test('nginx -t reads the file as it is', t => {
	const annotations = {
		'rewrite-target': '/$1',
		'enable-cors': 'true',
		'limit-rps': '1',
		'auth-url': 'http://a.b/c',
		'custom-http-errors': '404',
	};
	const conf = confOf([ingress('web', {'a.com/(.*)': 'web'}, annotations)], {configMap: {'custom-http-errors': '503', 'use-gzip': 'true'}});
	t.is(complaintInFile(conf, 'nginx.conf'), undefined);
	t.is(complaintInFile('http {\n\tserver {\n\t\tlisten 80;\n', 'nginx.conf'), 'unexpected end of file, expecting "}" in nginx.conf:3');
	t.is(complaintInFile('http {\n\tserve {}\n}', 'nginx.conf'), 'unknown directive "serve" in nginx.conf:2');
});
