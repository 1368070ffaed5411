import {inPrefix, parsePrefix} from '../../../net/address.js';
import type {Namespace} from '../../../net/namespace.js';
import type {Route} from '../../../net/route.js';
import {IpFailure, NotSimulated} from './failure.js';
import type {IpOptions} from './print.js';
import {destinationText} from './route-text.js';

const unsimulatedSelectors = ['cache', 'cloned', 'vrf'];

const plainTests = {
	type: (value: string) => (route: Route) => (route.type ?? 'unicast') === value,
	scope: (value: string) => (route: Route) => (route.scope ?? 'global') === value,
	src: (value: string) => (route: Route) => route.source === value,
	metric: (value: string) => (route: Route) => (route.metric ?? 0) === Number(value),
} as const;

/** `root`: at most as wide as the prefix; `match`: holds it; `exact`: is it. */
function byPrefix(kind: 'root' | 'match' | 'exact', text: string): (route: Route) => boolean {
	const wanted = parsePrefix(text === 'default' ? '0.0.0.0/0' : text);
	if (!wanted) throw new IpFailure(1, `Error: any valid prefix is expected rather than "${text}".`);
	return route => {
		const own = parsePrefix(route.destination)!;
		if (kind === 'exact') return own.length === wanted.length && own.base === wanted.base;
		return kind === 'match'
			? own.length <= wanted.length && inPrefix(wanted.base, own)
			: own.length >= wanted.length && inPrefix(own.base, wanted);
	};
}

/** Tables that hold nothing, but are there: the kernel's own, and any that had a route once. */
function standing(stack: Namespace, word: string, {tables}: IpOptions): number {
	const number = tables.number(word);
	if (number === undefined) throw new IpFailure(255, `Error: argument "${word}" is wrong: table id value is invalid\n`);
	if (number !== 254 && number !== 255 && !stack.routes.tables().includes(number))
		throw new IpFailure(2, 'Error: ipv4: FIB table does not exist.\nDump terminated');
	return number;
}

/** Of all tables the made ones come first, then main and local, as the kernel's buckets lie. */
function routesOf(stack: Namespace, word: string, options: IpOptions): readonly Route[] {
	if (word !== 'all' && word !== '0') return stack.routes.list(listName(standing(stack, word, options)));
	return [...stack.routes.tables(), 254, 255].flatMap(number => stack.routes.list(listName(number)));
}

const listName = (number: number) => (number === 254 ? 'main' : number === 255 ? 'local' : number);

/** The routes that the words of `ip route show` or `flush` choose, and the table that was asked for. */
export function selected(stack: Namespace, words: readonly string[], options: IpOptions): {routes: readonly Route[]; table: string} {
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
		} else if (word === 'type' || word === 'scope' || word === 'src' || word === 'metric') {
			tests.push(plainTests[word](value ?? ''));
			i++;
		} else if (word === 'root' || word === 'match' || word === 'exact' || word === 'to') {
			tests.push(byPrefix(word === 'to' ? 'exact' : word, value ?? ''));
			i++;
		} else if (word === 'default') tests.push(route => route.destination === '0.0.0.0/0');
		else if (parsePrefix(word)) tests.push(route => destinationText(route.destination) === destinationText(word));
		else if (unsimulatedSelectors.includes(word)) throw new NotSimulated(`ip route show ${word}`);
		else throw new IpFailure(1, `Error: any valid prefix is expected rather than "${word}".`);
	}

	return {routes: routesOf(stack, table, options).filter(route => tests.every(test => test(route))), table};
}
