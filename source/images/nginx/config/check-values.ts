import {parseIpv4, parsePrefix} from '../../../net/address.js';

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

/** As PCRE2 words it. */
export function patternProblem(source: string): string | undefined {
	const [depth, open] = bracketsOf(source);
	const why = open
		? 'missing terminating ] for character class'
		: depth > 0
			? 'missing closing parenthesis'
			: /^[*+?]/.test(source)
				? 'quantifier does not follow a repeatable item'
				: undefined;
	if (why) return `pcre2_compile() failed: ${why} in "${source}"${why.startsWith('quantifier') ? ` at "${source}"` : ''}`;
	return depth < 0 ? `pcre2_compile() failed: unmatched closing parenthesis in "${source}" at ")"` : undefined;
}

function bracketsOf(source: string): readonly [depth: number, openClass: boolean] {
	let [depth, open] = [0, false];
	for (let at = 0; at < source.length; at++) {
		const letter = source[at];
		if (letter === '\\') at++;
		else if (open) open = letter !== ']';
		else if (letter === '[') [open, at] = [true, /^\^?\]/.test(source.slice(at + 1)) ? at + source.slice(at + 1).indexOf(']') + 1 : at];
		else if (letter === '(') depth++;
		else if (letter === ')') depth--;
	}
	return [depth, open];
}

function listen(args: readonly string[]): string | undefined {
	const [place = '', ...rest] = args;
	const wrong = rest.find(
		word =>
			!/^(default(_server)?|ssl|http2|quic|proxy_protocol|deferred|bind|reuseport|(setfib|fastopen|backlog|rcvbuf|sndbuf|accept_filter|ipv6only|so_keepalive)=.+|udp)$/.test(
				word,
			),
	);
	if (/^unix:/.test(place)) return wrong && `invalid parameter "${wrong}"`;
	const [, host, port] = /^(?:(\[[\da-f:.]+\]|\*|[^:]*[^\d:][^:]*|[\d.]+(?=:)):?)?(.*)$/i.exec(place) ?? [];
	if (port && (!/^\d+$/.test(port) || Number(port) < 1 || Number(port) > 65_535))
		return `invalid port in "${place}" of the "listen" directive`;
	if (host && !host.startsWith('[') && host !== '*' && host !== 'localhost' && parseIpv4(host) === undefined)
		return `host not found in "${place}" of the "listen" directive`;
	return wrong && `invalid parameter "${wrong}"`;
}

function errorPage(args: readonly string[]): string | undefined {
	for (const code of args.slice(0, -1)) {
		if (code.startsWith('=')) continue;
		if (!/^\d+$/.test(code)) return `invalid value "${code}"`;
		if (Number(code) === 499 || Number(code) < 300 || Number(code) > 599) return `value "${code}" must be between 300 and 599`;
	}
	return undefined;
}

const locationModifiers = ['=', '~', '~*', '^~'];

/** By directive: what its own handler refuses. */
const checks: Readonly<Record<string, Check>> = {
	return: ([code = '', text]) =>
		(text === undefined && /^(https?:\/\/|\$scheme)/.test(code)) || /^\d{1,3}$/.test(code) ? undefined : `invalid return code "${code}"`,
	error_page: errorPage,
	listen,
	allow: address,
	deny: address,
	set: ([name = '']) => variableName([name], ''),
	map: variableName,
	geo: variableName,
	split_clients: variableName,
	if: args => {
		const [first = ''] = args;
		const condition = first.replace(/^\(\s*/, '') || (args[1] ?? '');
		return first.startsWith('(') && /^(\$|!?-[fdex]$)/.test(condition) ? undefined : `invalid condition "${condition.replace(/\)$/, '')}"`;
	},
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
