import {inPrefix, parsePrefix} from '../../../net/address.js';
import type {Namespace} from '../../../net/namespace.js';
import type {Route} from '../../../net/route.js';
import {IpFailure, NotSimulated} from './failure.js';
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

/** The routes that the words of `ip route show` or `flush` choose. */
export function selected(stack: Namespace, words: readonly string[]): {main: readonly Route[]; local: readonly Route[]; table: string} {
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
			const kind = word === 'to' ? 'exact' : word;
			tests.push(byPrefix(kind, value ?? ''));
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
