import {formatPrefix, isMulticast, parseIpv4, parsePrefix} from '../../../net/address.js';
import type {Namespace} from '../../../net/namespace.js';
import {type Route, sourceFor} from '../../../net/route.js';
import {jsonText, routeJson} from './json.js';
import {selected} from './route-selection.js';
import {routeText} from './route-text.js';
import {asKernel, IpFailure, NotSimulated} from './failure.js';
import type {IpOptions} from './print.js';

export function ipRoute(stack: Namespace, words: readonly string[], options: IpOptions): string {
	const {family, busybox} = options;
	const [verb = 'show', ...rest] = words;
	if (busybox && ('show'.startsWith(verb) || 'list'.startsWith(verb))) return asBusybox(list(stack, rest, options));
	if (family === 6) throw new NotSimulated('ip -6 route');
	if ('show'.startsWith(verb) || 'list'.startsWith(verb)) return list(stack, rest, options);
	if ('get'.startsWith(verb)) return get(stack, rest, options);
	if ('add'.startsWith(verb) || verb === 'append') return change(rest, route => stack.routes.add(ofDevice(stack, route)));
	if (verb === 'replace') return change(rest, route => stack.routes.replace(ofDevice(stack, route)));
	if (verb === 'change') return change(rest, route => changeStanding(stack, route));
	if ('delete'.startsWith(verb)) return change(rest, ({destination, ...where}) => stack.routes.remove(destination, where));
	if (verb === 'flush') return flush(stack, rest);
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
	const stands = stack.routes.list().some(each => each.destination === route.destination && (each.metric ?? 0) === (route.metric ?? 0));
	if (!stands) throw new IpFailure(2, 'RTNETLINK answers: No such file or directory');
	stack.routes.replace(ofDevice(stack, route));
}

/** Takes away what `show` with the same words would list. */
function flush(stack: Namespace, words: readonly string[]): string {
	if (words.length === 0) throw new IpFailure(1, '"ip route flush" requires arguments.');
	if (words[0] === 'cache') return '';
	const {main} = selected(stack, words);
	for (const {destination, ...where} of main) stack.routes.remove(destination, where);
	return '';
}

function list(stack: Namespace, words: readonly string[], options: IpOptions): string {
	const {main, local, table} = selected(stack, words);
	const suffix = table === 'all' ? 'table local ' : '';
	const dev = words.includes('dev');
	if (options.json)
		return jsonText(
			[...main, ...local].map(route => routeJson(route, dev)),
			options,
		);
	return [...main.map(route => ({route, suffix: ''})), ...local.map(route => ({route, suffix}))]
		.map(({route, suffix}) => `${routeText(stack, route, suffix, words)}\n`)
		.join('');
}

function get(stack: Namespace, words: readonly string[], options: IpOptions): string {
	const fibmatch = words.includes('fibmatch');
	const [to, ...rest] = words.filter(word => word !== 'fibmatch' && word !== 'to');
	if (to === undefined) throw new IpFailure(1, 'need at least a destination address');
	if (parseIpv4(to.split('/')[0]!) === undefined) throw new IpFailure(1, `Error: any valid prefix is expected rather than "${to}".`);
	const {from, oif} = getOptions(stack, rest);
	if (from !== undefined && !stack.hasAddress(from)) throw new IpFailure(2, 'RTNETLINK answers: Network is unreachable');
	const route = stack.routes.lookup(to);
	if (!route) throw new IpFailure(2, 'RTNETLINK answers: Network is unreachable');
	const origin = from === undefined ? '' : `from ${from} `;
	// The kernel answers for its own addresses through the loopback device.
	if (route.type === 'local') return `local ${to} ${origin}dev lo ${from === undefined ? `src ${to} ` : ''}uid 0 \n    cache <local> \n`;
	if (fibmatch) return `${routeText(stack, route, '')}\n`;
	const refusals: Readonly<Record<string, string>> = {
		unreachable: 'No route to host',
		prohibit: 'Permission denied',
		blackhole: 'Invalid argument',
	};
	const refusal = refusals[route.type ?? ''];
	if (refusal) throw new IpFailure(2, `RTNETLINK answers: ${refusal}`);
	// A device by order is taken whatever the table says; without a route over it the neighbour is taken to be next door.
	const taken: Route = oif === undefined || oif === route.dev ? route : {destination: `${to}/32`, dev: oif};
	const source = sourceFor(taken, stack.kernel.links);
	if (options.json)
		return jsonText(
			[
				{
					dst: to,
					...(from && {from}),
					...(taken.via && {gateway: taken.via}),
					dev: taken.dev,
					...(!from && {prefsrc: source}),
					flags: [],
					uid: 0,
					cache: [],
				},
			],
			options,
		);
	const kind = stack.kernel.routes.isBroadcast(to) ? 'broadcast' : isMulticast(to) ? 'multicast' : '';
	return (
		`${kind && `${kind} `}${to} ${origin}${taken.via && kind !== 'multicast' ? `via ${taken.via} ` : ''}dev ${taken.dev} ` +
		`${from === undefined ? `src ${source} ` : ''}uid 0 \n    cache ${kind === 'broadcast' ? '<local,brd> ' : kind === 'multicast' ? '<local,mc> ' : ''}\n`
	);
}

function getOptions(stack: Namespace, words: readonly string[]): {from?: string; oif?: string} {
	const found: {from?: string; oif?: string} = {};
	for (let i = 0; i < words.length; i += 2) {
		const [word = '', value] = [words[i], words[i + 1]];
		if (!['from', 'oif', 'dev', 'uid'].includes(word)) throw new NotSimulated(`ip route get ... ${word}`);
		if (value === undefined) throw new IpFailure(255, 'Command line is not complete. Try option "help"');
		if (word === 'from') {
			if (parseIpv4(value) === undefined) throw new IpFailure(1, `Error: any valid prefix is expected rather than "${value}".`);
			found.from = value;
		} else if (word !== 'uid') {
			if (!stack.links.get(value)) throw new IpFailure(1, `Cannot find device "${value}"`);
			found.oif = value;
		}
	}
	return found;
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

const types = ['unicast', 'local', 'broadcast', 'unreachable', 'blackhole', 'prohibit'] as const;

function change(words: readonly string[], apply: (route: Route) => void): string {
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
		else if (word !== 'table' || value !== 'main') throw new NotSimulated(`ip route ... ${word} ${value}`);
	}
	if (route.dev !== undefined && route.via === undefined && route.scope === undefined && !type) route.scope = 'link';
	asKernel(() => apply(route));
	return '';
}
