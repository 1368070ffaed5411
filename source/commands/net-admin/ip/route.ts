import {formatPrefix, parseIpv4, parsePrefix} from '../../../net/address.js';
import type {Namespace} from '../../../net/namespace.js';
import {type Route, sourceFor} from '../../../net/route.js';
import {asKernel, IpFailure, NotSimulated} from './failure.js';
import type {IpOptions} from './print.js';

export function ipRoute(stack: Namespace, words: readonly string[], {family, busybox}: IpOptions): string {
	const [verb = 'show', ...rest] = words;
	if (busybox && ('show'.startsWith(verb) || 'list'.startsWith(verb))) return asBusybox(list(stack, rest));
	if (family === 6) throw new NotSimulated('ip -6 route');
	if ('show'.startsWith(verb) || 'list'.startsWith(verb)) return list(stack, rest);
	if ('get'.startsWith(verb)) return get(stack, rest);
	if ('add'.startsWith(verb) || verb === 'append') return change(rest, route => stack.routes.add(ofDevice(stack, route)));
	if (verb === 'replace') return change(rest, route => stack.routes.replace(ofDevice(stack, route)));
	if (verb === 'change') return change(rest, route => changeStanding(stack, route));
	if ('delete'.startsWith(verb)) return change(rest, ({destination, ...where}) => stack.routes.remove(destination, where));
	if (verb === 'flush') return flush(stack, rest);
	if (verb === 'dev' || verb === 'table') return list(stack, words);
	if (verb === 'help') throw new NotSimulated('ip route help');
	throw new IpFailure(255, `Command "${verb}" is unknown, try "ip route help".`);
}

export const destinationText = (destination: string): string =>
	destination === '0.0.0.0/0' ? 'default' : destination.replace(/\/32$/, '');

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

function selected(stack: Namespace, words: readonly string[]): {main: readonly Route[]; local: readonly Route[]; table: string} {
	let table = 'main';
	const tests: Array<(route: Route) => boolean> = [];
	for (let i = 0; i < words.length; i++) {
		const word = words[i]!;
		const value = words[i + 1];
		if (word === 'table') table = words[++i] ?? '';
		else if (word === 'dev' || word === 'via') {
			if (word === 'dev' && !stack.links.get(value ?? '')) throw new IpFailure(1, `Cannot find device "${value ?? ''}"`);
			tests.push(route => route[word] === value);
			i++;
		} else if (word === 'proto') {
			tests.push(route => (route.protocol ?? 'boot') === value);
			i++;
		} else if (word === 'default') tests.push(route => route.destination === '0.0.0.0/0');
		else if (parsePrefix(word)) tests.push(route => destinationText(route.destination) === destinationText(word));
		else if (unsimulatedSelectors.includes(word)) throw new NotSimulated(`ip route show ${word}`);
		else throw new IpFailure(1, `Error: any valid prefix is expected rather than "${word}".`);
	}
	if (table !== 'main' && table !== 'local' && table !== 'all')
		throw new IpFailure(
			/^\d+$|^default$/.test(table) ? 2 : 255,
			/^\d+$|^default$/.test(table)
				? 'Error: ipv4: FIB table does not exist.\nDump terminated'
				: `Error: argument "${table}" is wrong: table id value is invalid\n`,
		);
	const holds = (route: Route) => tests.every(test => test(route));
	return {
		main: table === 'local' ? [] : stack.routes.list().filter(holds),
		local: table === 'main' ? [] : stack.routes.list('local').filter(holds),
		table,
	};
}

function list(stack: Namespace, words: readonly string[]): string {
	const {main, local, table} = selected(stack, words);
	const suffix = table === 'all' ? 'table local ' : '';
	const dev = words.includes('dev');
	return [...main.map(route => ({route, suffix: ''})), ...local.map(route => ({route, suffix}))]
		.map(({route, suffix}) => `${routeText(stack, route, suffix, dev)}\n`)
		.join('');
}

/** Every part is followed by a blank, the last one too. */
function routeText(stack: Namespace, route: Route, suffix: string, withoutDev: boolean): string {
	const link = route.dev === undefined ? undefined : stack.links.get(route.dev);
	const parts = [
		route.type === undefined || route.type === 'unicast' ? undefined : route.type,
		destinationText(route.destination),
		route.via && `via ${route.via}`,
		route.dev && !withoutDev ? `dev ${route.dev}` : undefined,
		suffix.trim() || undefined,
		route.protocol && route.protocol !== 'boot' ? `proto ${route.protocol}` : undefined,
		route.scope && route.scope !== 'global' ? `scope ${route.scope}` : undefined,
		route.source && `src ${route.source}`,
		route.metric ? `metric ${route.metric}` : undefined,
		route.onlink ? 'onlink' : undefined,
		link?.up && !link.carrier ? 'linkdown' : undefined,
	];
	return parts
		.filter(part => part !== undefined && part !== '')
		.map(part => `${part} `)
		.join('');
}

function get(stack: Namespace, words: readonly string[]): string {
	const [to, ...rest] = words[0] === 'to' ? words.slice(1) : words;
	if (to === undefined) throw new IpFailure(1, 'need at least a destination address');
	if (rest.length > 0) throw new NotSimulated(`ip route get ... ${rest[0]}`);
	if (parseIpv4(to) === undefined) throw new IpFailure(1, `Error: any valid prefix is expected rather than "${to}".`);
	const route = stack.routes.lookup(to);
	if (!route) throw new IpFailure(2, 'RTNETLINK answers: Network is unreachable');
	if (route.type === 'local') {
		// The kernel answers for its own addresses through the loopback device.
		return `local ${to} dev lo src ${to} uid 0 \n    cache <local> \n`;
	}
	const refusals: Readonly<Record<string, string>> = {
		unreachable: 'No route to host',
		prohibit: 'Permission denied',
		blackhole: 'Invalid argument',
	};
	const refusal = refusals[route.type ?? ''];
	if (refusal) throw new IpFailure(2, `RTNETLINK answers: ${refusal}`);
	return `${to} ${route.via ? `via ${route.via} ` : ''}dev ${route.dev} src ${sourceFor(route, stack.kernel.links)} uid 0 \n    cache \n`;
}

const unsimulatedSelectors = ['root', 'match', 'exact', 'scope', 'type', 'src', 'metric', 'cache', 'cloned', 'vrf', 'to'];
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
