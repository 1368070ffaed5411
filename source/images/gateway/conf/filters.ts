import type {MatchRule} from './virtual-servers.js';
import {safeName, targetOf} from './groups.js';

type Pair = {readonly name: string; readonly value: string};

const filterOf = ({rule}: MatchRule, type: string): any => rule.filters.find(each => each.type === type);

/** What each request carries on. */
const baseHeaders: ReadonlyArray<readonly [name: string, value: string]> = [
	['Host', '$gw_api_compliant_host'],
	['X-Forwarded-For', '$proxy_add_x_forwarded_for'],
	['X-Real-IP', '$remote_addr'],
	['X-Forwarded-Proto', '$scheme'],
	['X-Forwarded-Host', '$host'],
	['X-Forwarded-Port', '$server_port'],
	['Upgrade', '$http_upgrade'],
	['Connection', '$connection_upgrade'],
];

const addVariable = (name: string): string => `${safeName(name.toLowerCase())}_header_var`;

/** Headers that are put beside what the client sent: a map makes the first part of their value. */
export function addMaps(matches: readonly MatchRule[]): string {
	const names = matches.flatMap(match =>
		(filterOf(match, 'RequestHeaderModifier')?.requestHeaderModifier.add ?? []).map((each: Pair) => each.name.toLowerCase()),
	);
	return [...new Set<string>(names)]
		.sort()
		.map(name => {
			const source = `\${http_${safeName(name)}}`;
			return `\nmap ${source} $${addVariable(name)} {\n    default '';\n    ~.* ${source},;\n}\n`;
		})
		.join('');
}

/** The lines of a location: where its requests go, and what is changed on the way. */
export function actionLines(match: MatchRule, {port, path, internal}: {port: number; path: string; internal: boolean}): readonly string[] {
	if (match.rule.brokenFilter) return ['return 500 "";'];
	const redirect = filterOf(match, 'RequestRedirect')?.requestRedirect;
	if (redirect) return [redirectLine(redirect, port)];
	const rewriting = filterOf(match, 'URLRewrite')?.urlRewrite;
	return [
		...(rewriting?.path ? [...(internal ? ['rewrite ^ $request_uri_path;'] : []), rewriteLine(rewriting.path, path)] : []),
		...requestHeaders(match, rewriting?.hostname).map(([name, value]) => `${protocolOf(match)}_set_header ${name} "${value}";`),
		passLine(match, Boolean(rewriting?.path)),
		...responseLines(filterOf(match, 'ResponseHeaderModifier')?.responseHeaderModifier),
		'proxy_http_version 1.1;',
	];
}

const protocolOf = ({route}: MatchRule): string => (route.grpc ? 'grpc' : 'proxy');

const passLine = (match: MatchRule, rewritten: boolean): string =>
	match.route.grpc ? `grpc_pass grpc://${targetOf(match)};` : `proxy_pass http://${targetOf(match)}${rewritten ? '' : '$request_uri'};`;

function redirectLine({scheme, hostname = '$host', port, statusCode = 302}: any, own: number): string {
	const bare = (port === undefined && scheme !== undefined) || (port === 80 && scheme === 'http') || (port === 443 && scheme === 'https');
	return `return ${statusCode} "${scheme ?? '$scheme'}://${hostname}${bare ? '' : `:${port ?? own}`}$request_uri";`;
}

function rewriteLine({type, replaceFullPath, replacePrefixMatch}: any, path: string): string {
	if (type === 'ReplaceFullPath') return `rewrite ^ ${replaceFullPath} break;`;
	const prefix = replacePrefixMatch || '/';
	// No slash is lost and none comes twice, whichever of the two ends in one.
	const pattern = prefix.endsWith('/') && !path.endsWith('/') ? `^${path}(?:/(.*))?$` : `^${path}(.*)$`;
	const target = path.endsWith('/') && !prefix.endsWith('/') ? `${prefix}/$1` : `${prefix}$1`;
	return `rewrite ${pattern} ${target} break;`;
}

function requestHeaders(match: MatchRule, hostname: string | undefined): ReadonlyArray<readonly [string, string]> {
	const {add = [], set = [], remove = []} = filterOf(match, 'RequestHeaderModifier')?.requestHeaderModifier ?? {};
	return [
		...add.map(({name, value}: Pair) => [name, `\${${addVariable(name)}}${value}`] as const),
		...set.map(({name, value}: Pair) => [name, value] as const),
		...remove.map((name: string) => [name, ''] as const),
		...baseHeaders.map(([name, value]) => [name, name === 'Host' && hostname ? hostname : value] as const),
	];
}

const responseLines = ({add = [], set = [], remove = []}: any = {}): readonly string[] => [
	...add.map(({name, value}: Pair) => `add_header ${name} "${value}" always;`),
	...set.flatMap(({name, value}: Pair) => [`proxy_hide_header ${name};`, `add_header ${name} "${value}" always;`]),
	...remove.map((name: string) => `proxy_hide_header ${name};`),
];
