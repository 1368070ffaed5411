import {parsePrefix} from '../../../net/address.js';
import {listenProblem} from './check-listen.js';
import {patternProblem} from './check-pattern.js';

/** What is wrong with the words of one directive; undefined when nothing is. */
type Check = (args: readonly string[], context: string) => string | undefined;

const oneOf =
	(...values: readonly string[]): Check =>
	args => {
		const wrong = args.find(value => !values.includes(value));
		return wrong === undefined ? undefined : `invalid value "${wrong}"`;
	};

const address: Check = ([value = '']) =>
	value === 'all' || value === 'unix:' || value.includes(':') || parsePrefix(value) ? undefined : `invalid parameter "${value}"`;

const variableName: Check = args => {
	const name = args.at(-1)!;
	return /^\$\w/.test(name) ? undefined : `invalid variable name "${name}"`;
};

function errorPage(args: readonly string[]): string | undefined {
	const codes = args.slice(0, -1);
	for (const [at, code] of codes.entries()) {
		if (at > 0 && at === codes.length - 1 && /^=\d*$/.test(code)) continue;
		if (!/^\d+$/.test(code) || Number(code) === 499) return `invalid value "${code}"`;
		if (Number(code) < 300 || Number(code) > 599) return `value "${code}" must be between 300 and 599`;
	}
	return undefined;
}

/** `if (...)`: src/http/modules/ngx_http_rewrite_module.c, ngx_http_rewrite_if_condition. */
function condition(args: readonly string[]): string | undefined {
	if (!args[0]!.startsWith('(')) return `invalid condition "${args[0]}"`;
	const words = args
		.join(' ')
		.replace(/^\(\s*/, '')
		.replace(/\s*\)$/, '')
		.split(' ');
	const [first = '', operator, ...right] = words;
	if (/^!?-[fdex]$/.test(first)) return undefined;
	if (!/^\$\w/.test(first)) return `invalid condition "${first}"`;
	if (operator === undefined || /^(=|!=)$/.test(operator)) return undefined;
	return /^!?~\*?$/.test(operator) ? patternProblem(right.join(' ')) : `unexpected "${operator}" in condition`;
}

function limitReq(args: readonly string[]): string | undefined {
	for (const word of args) {
		if (/^burst=/.test(word) && !/^burst=[1-9]\d*$/.test(word)) return `invalid burst value "${word}"`;
		if (!/^(zone=.+|burst=\d+|delay=\d+|nodelay)$/.test(word)) return `invalid parameter "${word}"`;
	}
	return args.some(word => word.startsWith('zone=')) ? undefined : '"limit_req" must have "zone" parameter';
}

function limitZone(args: readonly string[]): string | undefined {
	const zone = args.find(word => word.startsWith('zone='));
	const rate = args.find(word => word.startsWith('rate='));
	const size = /^zone=[^:]+:(\d+)([km]?)$/i.exec(zone ?? '');
	if (zone !== undefined && !size) return `invalid zone size "${zone}"`;
	if (size && Number(size[1]) * ({k: 1024, m: 1_048_576}[size[2]!.toLowerCase()] ?? 1) < 32_768) return `zone "${zone}" is too small`;
	return rate === undefined || /^rate=[1-9]\d*r\/[sm]$/.test(rate) ? undefined : `invalid rate "${rate}"`;
}

const serverParameter =
	/^(weight=[1-9]\d*|max_conns=\d+|max_fails=\d+|fail_timeout=\d+[a-zA-Z]*|backup|down|resolve|service=.+|route=.+|drain|slow_start=.+)$/;
const between =
	(least: number, most: number): Check =>
	([value = '']) =>
		Number(value) >= least && Number(value) <= most ? undefined : `value must be between ${least} and ${most}`;
const upstreamFaults =
	'error timeout denied invalid_header non_idempotent http_500 http_502 http_503 http_504 http_403 http_404 http_429 updating off'.split(
		' ',
	);
const methods = 'GET HEAD POST PUT DELETE MKCOL COPY MOVE OPTIONS PROPFIND PROPPATCH LOCK UNLOCK PATCH'.split(' ');

const locationModifiers = ['=', '~', '~*', '^~'];

/** By directive: what its own handler refuses. */
const checks: Readonly<Record<string, Check>> = {
	return: ([code = '', text]) =>
		(text === undefined && /^(https?:\/\/|\$scheme)/.test(code)) || /^\d{1,3}$/.test(code) ? undefined : `invalid return code "${code}"`,
	error_page: errorPage,
	listen: listenProblem,
	allow: address,
	deny: address,
	set: ([name = '']) => variableName([name], ''),
	map: variableName,
	geo: variableName,
	split_clients: variableName,
	if: condition,
	location: args => {
		if (args.length === 2 && !locationModifiers.includes(args[0]!)) return `invalid location modifier "${args[0]}"`;
		return args[0]!.startsWith('~') && args.length === 2 ? patternProblem(args[1]!) : undefined;
	},
	server_name: args => args.map(name => (name.startsWith('~') ? patternProblem(name.slice(1)) : undefined)).find(Boolean),
	rewrite: ([pattern = '', , flag]) =>
		patternProblem(pattern) ??
		(flag === undefined || ['last', 'break', 'redirect', 'permanent'].includes(flag) ? undefined : `invalid parameter "${flag}"`),
	proxy_pass: ([url = ''], context) => {
		if (context === 'T' || url.startsWith('$') || /^https?:\/\//i.test(url)) return undefined;
		return 'invalid URL prefix';
	},
	expires: args => {
		const value = args.at(-1)!.replace(/^[-@]/, '');
		return /^(epoch|max|off|\$.*)$/.test(value) || /^(\d+[yMwdhms]? ?)+$/.test(value) ? undefined : '"expires" directive invalid value';
	},
	keepalive_timeout: args =>
		args.every(value => /^(\d+(ms|[yMwdhms])?)+$/.test(value)) ? undefined : '"keepalive_timeout" directive invalid value',
	limit_rate: ([value = '']) => (/^(\d+[km]?|.*\$.*)$/i.test(value) ? undefined : '"limit_rate" directive invalid value'),
	satisfy: oneOf('all', 'any'),
	limit_req: limitReq,
	limit_req_zone: limitZone,
	limit_conn_zone: limitZone,
	limit_req_status: between(400, 599),
	limit_conn_status: between(400, 599),
	limit_conn: ([, count = '']) => (/^[1-9]\d*$/.test(count) ? undefined : `invalid number of connections "${count}"`),
	gzip_comp_level: between(1, 9),
	add_header: ([, , word]) => (word === undefined || word === 'always' ? undefined : `invalid parameter "${word}"`),
	auth_request_set: ([name = '']) => variableName([name], ''),
	proxy_buffers: args =>
		/^[1-9]\d*$/.test(args[0]!) && /^\d+[km]?$/i.test(args[1]!) ? undefined : '"proxy_buffers" directive invalid value',
	proxy_next_upstream: oneOf(...upstreamFaults),
	proxy_redirect: args => (args.length === 1 && !['off', 'default'].includes(args[0]!) ? `invalid parameter "${args[0]}"` : undefined),
	proxy_cookie_path: args => (args.length === 1 && args[0] !== 'off' ? `invalid parameter "${args[0]}"` : undefined),
	proxy_cookie_domain: args => (args.length === 1 && args[0] !== 'off' ? `invalid parameter "${args[0]}"` : undefined),
	resolver: args => {
		const wrong = args.find(word => /^valid=/.test(word) && !/^valid=\d+[a-zA-Z]*$/.test(word));
		return wrong && `invalid parameter: ${wrong}`;
	},
	limit_except: args => {
		const wrong = args.find(method => !methods.includes(method.toUpperCase()));
		return wrong && `invalid method "${wrong}"`;
	},
	server_tokens: ([value = '']) => (/^(on|off|build|.*\$.*)$/.test(value) ? undefined : `invalid value "${value}"`),
	server: ([, ...words], context) => {
		const wrong = context === 'u' || context === 'U' ? words.find(word => !serverParameter.test(word)) : undefined;
		return wrong && `invalid parameter "${wrong}"`;
	},
	keepalive: ([count = '']) => (/^[1-9]\d*$/.test(count) ? undefined : `invalid value "${count}" in "keepalive" directive`),
	log_format: ([, first = '']) => {
		const [, kind] = /^escape=(.*)$/.exec(first) ?? [];
		return kind === undefined || ['default', 'json', 'none'].includes(kind) ? undefined : `unknown log format escaping "${kind}"`;
	},
	proxy_http_version: oneOf('1.0', '1.1'),
	if_modified_since: oneOf('off', 'exact', 'before'),
	autoindex_format: oneOf('html', 'json', 'jsonp', 'xml'),
	ssl_verify_client: oneOf('off', 'on', 'optional', 'optional_no_ca'),
	ssl_protocols: oneOf('SSLv2', 'SSLv3', 'TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'),
	gzip_proxied: oneOf('off', 'expired', 'no-cache', 'no-store', 'private', 'no_last_modified', 'no_etag', 'auth', 'any'),
	error_log: ([, level]) =>
		level === undefined ||
		['debug', 'info', 'notice', 'warn', 'error', 'crit', 'alert', 'emerg'].includes(level) ||
		level.startsWith('debug')
			? undefined
			: `invalid log level "${level}"`,
	worker_connections: ([value = '']) => (/^\d+$/.test(value) ? undefined : `invalid number "${value}"`),
	worker_processes: ([value = '']) => (/^(\d+|auto)$/.test(value) ? undefined : '"worker_processes" directive invalid value'),
};

export const valueProblem = (name: string, args: readonly string[], context: string): string | undefined => checks[name]?.(args, context);
