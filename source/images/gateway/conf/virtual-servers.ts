import type {AttachedRoute, Graph} from '../graph/graph.js';
import {anyName} from '../graph/hostnames.js';
import {isValid, type Listener} from '../graph/listeners.js';
import type {Rule} from '../graph/routes.js';
import {older} from '../resources.js';

/** One match of one rule, at one path. */
export interface MatchRule {
	readonly route: AttachedRoute;
	readonly rule: Rule;
	readonly match: any;
}

export interface PathRule {
	readonly path: string;
	readonly type: 'Exact' | 'PathPrefix';
	readonly matches: readonly MatchRule[];
}

export interface VirtualServer {
	readonly port: number;
	/** Absent: the one that answers for all names that are not known. */
	readonly hostname?: string;
	readonly secure: boolean;
	/** `namespace/name` of the Secret. */
	readonly secret?: {readonly namespace: string; readonly name: string};
	readonly paths: readonly PathRule[];
}

/** The names and paths of all listeners, each with its matches in the order in which they win. */
export function virtualServers({gateways, routes}: Graph): readonly VirtualServer[] {
	const listeners = (gateways?.listeners ?? []).filter(listener => isValid(listener) && listener.source.protocol !== 'TLS');
	const doors = [...new Set(listeners.map(({port}) => port))];
	const found = doors.flatMap(port => {
		const here = listeners.filter(each => each.port === port);
		const secure = here[0]!.secure;
		return [{port, secure, paths: []}, ...namedServers(here, routes)];
	});
	// Servers without TLS come first, as they are generated.
	return [...found.filter(({secure}) => !secure), ...found.filter(({secure}) => secure)];
}

function namedServers(listeners: readonly Listener[], routes: readonly AttachedRoute[]): readonly VirtualServer[] {
	const byName = new Map<string, {listener: Listener; rules: MatchRule[]}>();
	for (const listener of listeners) {
		for (const route of routes) {
			if (!route.valid) continue;
			const names = route.attachments.flatMap(({failed, hostnames}) => (failed ? [] : (hostnames[listener.name] ?? [])));
			for (const name of new Set(names)) {
				const server = byName.get(name) ?? {listener: closest(listeners, name) ?? listener, rules: []};
				byName.set(name, server);
				server.rules.push(...matchRules(route));
			}
		}

		// A name with a certificate is known even if nothing is there.
		if (listener.secure && !byName.has(listener.hostname || anyName)) byName.set(listener.hostname || anyName, {listener, rules: []});
	}

	return [...byName]
		.sort(([one], [other]) => (one < other ? -1 : 1))
		.map(([hostname, {listener, rules}]) => {
			const {port, secure, secret} = listener;
			const {namespace, name} = secret?.metadata ?? {};
			return {port, hostname, secure, paths: pathRules(rules), ...(name && {secret: {namespace: namespace!, name}})};
		});
}

/** The listener whose own name is nearest: its certificate is shown. */
const closest = (listeners: readonly Listener[], name: string): Listener | undefined =>
	listeners.find(({hostname}) => hostname === name) ??
	[...listeners]
		.filter(({hostname}) => hostname.startsWith('*.') && name.endsWith(hostname.slice(1)))
		.sort((one, other) => other.hostname.length - one.hostname.length)[0] ??
	listeners.find(({hostname}) => hostname === '');

const root = [{path: {type: 'PathPrefix', value: '/'}}];

const matchRules = (route: AttachedRoute): readonly MatchRule[] =>
	route.rules.flatMap(rule =>
		(route.grpc ? grpcMatches(rule.matches) : rule.matches.length > 0 ? rule.matches : root).map((match: any) => ({route, rule, match})),
	);

/** Service and method of a call are the path of its request. */
const grpcMatches = (matches: readonly any[]): readonly any[] =>
	matches.length === 0
		? root
		: matches.map(({method, headers}) => ({
				path:
					method?.service && method.method
						? {type: 'Exact', value: `/${method.service}/${method.method}`}
						: {type: 'PathPrefix', value: method?.service ? `/${method.service}/` : '/'},
				headers,
			}));

function pathRules(rules: readonly MatchRule[]): readonly PathRule[] {
	const byPath = new Map<string, {path: string; type: PathRule['type']; matches: MatchRule[]}>();
	for (const each of rules) {
		const {value = '/', type = 'PathPrefix'} = each.match.path ?? {};
		const key = `${value} ${type}`;
		const known = byPath.get(key) ?? {path: value, type, matches: [] as MatchRule[]};
		byPath.set(key, known);
		known.matches.push(each);
	}

	return [...byPath.values()]
		.sort((one, other) => (one.path === other.path ? (one.type < other.type ? -1 : 1) : one.path < other.path ? -1 : 1))
		.map(each => ({...each, matches: each.matches.sort(precedence)}));
}

/** Method, then the number of headers, then of query parameters; the older route, then its name. The path is nginx's own business. */
function precedence(one: MatchRule, other: MatchRule): number {
	const method = Number(Boolean(other.match.method)) - Number(Boolean(one.match.method));
	const headers = (other.match.headers?.length ?? 0) - (one.match.headers?.length ?? 0);
	const parameters = (other.match.queryParams?.length ?? 0) - (one.match.queryParams?.length ?? 0);
	return method || headers || parameters || (one.route === other.route ? 0 : older(one.route.source, other.route.source));
}
