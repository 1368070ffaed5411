import {internalPrefix} from '../graph/rules.js';
import {actionLines} from './filters.js';
import type {MatchRule, PathRule, VirtualServer} from './virtual-servers.js';

/** What httpmatches.js compares a request with, and where it sends one that fits. */
export interface HttpMatch {
	readonly method?: string;
	readonly redirectPath: string;
	/** `name:value` */
	readonly headers?: readonly string[];
	/** `name=value` */
	readonly params?: readonly string[];
	readonly any?: true;
}

export interface Locations {
	readonly text: string;
	/** /etc/nginx/conf.d/matches.json */
	readonly matches: Readonly<Record<string, readonly HttpMatch[]>>;
}

const block = (head: string, lines: readonly string[]): string =>
	`\n    location ${head} {\n${lines.map(line => `        ${line}\n`).join('')}    }\n`;

/** The locations of a server. What nginx cannot tell by the path alone is decided by a script, and goes on in a location of its own. */
export function locations(server: VirtualServer, serverId: string): Locations {
	const matches: Record<string, readonly HttpMatch[]> = {};
	const blocks = server.paths.flatMap((rule, index) => {
		const heads = headsOf(rule, server.paths);
		if (!needsScript(rule)) {
			const lines = actionLines(rule.matches[0]!, {port: server.port, path: rule.path, internal: false});
			return heads.map(head => block(head, lines));
		}

		const key = `${serverId}_${index}`;
		const place = (route: number) => `${internalPrefix}-rule${index}-route${route}`;
		matches[key] = rule.matches.map(({match}, route) => httpMatch(match, place(route)));
		return [
			...heads.map(head => block(head, [`set $match_key ${key};`, 'js_content httpmatches.redirect;'])),
			...rule.matches.map((match, route) =>
				block(place(route), ['internal;', ...actionLines(match, {port: server.port, path: rule.path, internal: true})]),
			),
		];
	});
	const hasRoot = server.paths.some(({path}) => path === '/');
	return {text: [...blocks, ...(hasRoot ? [] : [block('/', ['return 404 "";'])])].join(''), matches};
}

const needsScript = ({matches}: PathRule): boolean => matches.length > 1 || !isPathOnly(matches[0]!);
const isPathOnly = ({match}: MatchRule): boolean =>
	!match.method && (match.headers ?? []).length === 0 && (match.queryParams ?? []).length === 0;

/** A prefix is whole segments: `/coffee` is itself and what is below it, unless another rule says what happens there. */
function headsOf({path, type}: PathRule, all: readonly PathRule[]): readonly string[] {
	if (type === 'Exact') return [`= ${path}`];
	if (path.endsWith('/')) return [path];
	const has = (other: string, kind: PathRule['type']) => all.some(each => each.path === other && each.type === kind);
	return [...(has(`${path}/`, 'PathPrefix') ? [] : [`${path}/`]), ...(has(path, 'Exact') ? [] : [`= ${path}`])];
}

function httpMatch({method, headers = [], queryParams = []}: any, redirectPath: string): HttpMatch {
	const names = headers.map(({name}: any) => name.toLowerCase());
	// Of a name that is there twice, only the first counts.
	const own = headers.filter((_: any, index: number) => names.indexOf(names[index]) === index);
	return {
		...(method && {method}),
		redirectPath,
		...(own.length > 0 && {headers: own.map(({name, value}: any) => `${name}:${value}`)}),
		...(queryParams.length > 0 && {params: queryParams.map(({name, value}: any) => `${name}=${value}`)}),
		...(!method && own.length === 0 && queryParams.length === 0 && {any: true as const}),
	};
}
