import {formatPrefix, parseIpv4, parsePrefix} from '../../../net/address.js';
import type {Namespace} from '../../../net/namespace.js';
import type {Route} from '../../../net/route.js';
import {jsonText, routeJson} from './json.js';
import {ipRoute6} from './route6.js';
import {get} from './route-get.js';
import {selected} from './route-selection.js';
import type {TableNames} from './tables.js';
import {routeText} from './route-text.js';
import {asKernel, IpFailure, NotSimulated} from './failure.js';
import type {IpOptions} from './print.js';

export function ipRoute(stack: Namespace, words: readonly string[], options: IpOptions): string {
	const {family, busybox} = options;
	const [verb = 'show', ...rest] = words;
	if (busybox && ('show'.startsWith(verb) || 'list'.startsWith(verb))) return asBusybox(list(stack, rest, options));
	if (family === 6) return ipRoute6(stack, words);
	if ('show'.startsWith(verb) || 'list'.startsWith(verb)) return list(stack, rest, options);
	if ('get'.startsWith(verb)) return get(stack, rest, options);
	const {tables} = options;
	if ('add'.startsWith(verb) || verb === 'append') return change(rest, tables, route => stack.routes.add(ofDevice(stack, route)));
	if (verb === 'replace') return change(rest, tables, route => stack.routes.replace(ofDevice(stack, route)));
	if (verb === 'change') return change(rest, tables, route => changeStanding(stack, route));
	if ('delete'.startsWith(verb)) return change(rest, tables, route => remove(stack, route));
	if (verb === 'flush') return flush(stack, rest, options);
	if (['dev', 'table', 'proto', 'type', 'scope', 'match', 'root', 'exact', 'via', 'default'].includes(verb) || parsePrefix(verb))
		return list(stack, words, options);
	if (verb === 'help') throw new NotSimulated('ip route help');
	throw new IpFailure(255, `Command "${verb}" is unknown, try "ip route help".`);
}

/** BusyBox leaves the origin out and puts one more blank after the scope. */
const asBusybox = (text: string) =>
	text
		.replace(/ proto \w+/g, '')
		.replace(/scope (\w+) /g, 'scope $1  ')
		.replace(/scope (\w+) {2}$/gm, 'scope $1 ');

/** What \`add\` needs to know of the machine: a way out, and a source of its own. */
function ofDevice(stack: Namespace, route: Route): Route {
	if (route.dev === undefined && route.via === undefined && route.type === undefined)
		throw new IpFailure(2, 'RTNETLINK answers: No such device');
	if (route.source !== undefined && !stack.hasAddress(route.source)) throw new IpFailure(2, 'Error: Invalid prefsrc address.');
	return route;
}

function changeStanding(stack: Namespace, route: Route): void {
	const stands = (each: Route) => each.destination === route.destination && (each.metric ?? 0) === (route.metric ?? 0);
	if (!stack.routes.list(route.table).some(stands)) throw new IpFailure(2, 'RTNETLINK answers: No such file or directory');
	stack.routes.replace(ofDevice(stack, route));
}

function remove(stack: Namespace, {destination, ...where}: Route): void {
	if (where.table !== undefined && !stack.routes.tables().includes(where.table)) throw new IpFailure(2, 'Error: FIB table does not exist.');
	stack.routes.remove(destination, where);
}

/** Takes away what `show` with the same words would list. */
function flush(stack: Namespace, words: readonly string[], options: IpOptions): string {
	if (words.length === 0) throw new IpFailure(1, '"ip route flush" requires arguments.');
	if (words[0] === 'cache') return '';
	const stored = new Set(stack.kernel.routes.rows().values());
	// Routes to this machine's own addresses go with those.
	for (const route of selected(stack, words, options).routes) {
		const {destination, ...where} = route;
		if (stored.has(route)) stack.routes.remove(destination, where);
	}

	return '';
}

function list(stack: Namespace, words: readonly string[], options: IpOptions): string {
	const {routes, table} = selected(stack, words, options);
	const isLocal = ({table, type}: Route) => table === undefined && (type === 'local' || type === 'broadcast');
	const suffix = (route: Route) => {
		if (table !== 'all' && table !== '0') return undefined;
		return isLocal(route) ? 'local' : route.table === undefined ? undefined : options.tables.name(route.table);
	};
	if (options.json)
		return jsonText(
			routes.map(route => routeJson(route, words.includes('dev'), suffix(route))),
			options,
		);
	return routes.map(route => `${routeText(stack, route, suffix(route), words)}\n`).join('');
}

const optionsOfRoute = ['via', 'dev', 'src', 'metric', 'preference', 'proto', 'protocol', 'scope', 'table'];
const unsimulatedOptions = [
	'nexthop',
	'mtu',
	'advmss',
	'tos',
	'dsfield',
	'weight',
	'realm',
	'window',
	'rtt',
	'initcwnd',
	'initrwnd',
	'encap',
	'nhid',
	'vrf',
];

const types = ['unicast', 'local', 'broadcast', 'unreachable', 'blackhole', 'prohibit', 'throw'] as const;

function change(words: readonly string[], tables: TableNames, apply: (route: Route) => void): string {
	const rest = [...words];
	const type = types.find(each => each === rest[0]);
	if (type) rest.shift();
	if (rest[0] === 'to') rest.shift();
	const text = rest.shift();
	if (text === undefined) throw new NotSimulated('ip route help');
	const destination = text === 'default' ? '0.0.0.0/0' : text;
	const prefix = parsePrefix(destination);
	if (!prefix) throw new IpFailure(1, `Error: any valid prefix is expected rather than "${text}".`);
	if (
		destination.includes('/') &&
		formatPrefix(prefix) !== formatPrefix({...prefix, base: parseIpv4(destination.split('/')[0]!) ?? prefix.base})
	)
		throw new IpFailure(2, 'Error: Invalid prefix for given prefix length.');
	const route: {-readonly [K in keyof Route]: Route[K]} = {destination, ...(type && type !== 'unicast' && {type})};
	while (rest.length > 0) {
		const word = rest.shift()!;
		if (word === 'onlink') {
			route.onlink = true;
			continue;
		}
		if (!optionsOfRoute.includes(word) && !unsimulatedOptions.includes(word))
			throw new IpFailure(255, `Error: either "to" is duplicate, or "${word}" is a garbage.`);
		const value = rest.shift();
		if (value === undefined) throw new IpFailure(255, 'Command line is not complete. Try option "help"');
		if (word === 'via') {
			if (parseIpv4(value) === undefined) throw new IpFailure(1, `Error: inet address is expected rather than "${value}".`);
			route.via = value;
		} else if (word === 'dev') route.dev = value;
		else if (word === 'src') route.source = value;
		else if (word === 'metric' || word === 'preference') route.metric = Number(value);
		else if (word === 'proto' || word === 'protocol') route.protocol = value as Route['protocol'];
		else if (word === 'scope') route.scope = value as Route['scope'];
		else if (word === 'table') Object.assign(route, tableOf(value, tables));
		else throw new NotSimulated(`ip route ... ${word} ${value}`);
	}
	if (type === 'local' || type === 'broadcast') {
		route.table ??= 255;
		route.scope ??= type === 'local' ? 'host' : 'link';
	} else if (route.dev !== undefined && route.via === undefined && route.scope === undefined && !type) route.scope = 'link';
	asKernel(() => apply(route));
	return '';
}

function tableOf(word: string, tables: TableNames): {table?: number} {
	const table = tables.number(word);
	if (table === undefined) throw new IpFailure(255, `Error: argument "${word}" is wrong: "table" value is invalid\n`);
	return table === 254 ? {} : {table};
}
