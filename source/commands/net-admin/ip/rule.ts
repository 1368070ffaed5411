import {lookup} from '../lookup.js';
import type {Namespace} from '../../../net/namespace.js';
import {IpFailure, NotSimulated} from './failure.js';
import {jsonText} from './json.js';
import type {IpOptions} from './print.js';

/** The rules that every namespace is born with; there are no others. */
const rules = [
	{priority: 0, src: 'all', table: 'local'},
	{priority: 32_766, src: 'all', table: 'main'},
	{priority: 32_767, src: 'all', table: 'default'},
] as const;

const numbers: Readonly<Record<string, string>> = {255: 'local', 254: 'main', 253: 'default'};

export function ipRule(_stack: Namespace, words: readonly string[], options: IpOptions): string {
	const [verb = 'show', ...rest] = words;
	if ('show'.startsWith(verb) || 'list'.startsWith(verb) || verb === 'lst') return list(rest, options);
	if ('add'.startsWith(verb) || 'delete'.startsWith(verb)) {
		const short = 'add'.startsWith(verb) ? 'add' : 'del';
		if (rest.length === 0) throw new IpFailure(1, `"ip rule ${short}" requires arguments.`);
		throw new NotSimulated(`ip rule ${short}`);
	}
	if (['flush', 'save', 'restore', 'help'].includes(verb)) throw new NotSimulated(`ip rule ${verb}`);
	throw new IpFailure(255, `Command "${verb}" is unknown, try "ip rule help".`);
}

function list(words: readonly string[], options: IpOptions): string {
	const [word, value = ''] = words;
	if (word !== undefined && word !== 'table' && word !== 'lookup') throw new NotSimulated(`ip rule show ${word}`);
	const wanted = word === undefined ? undefined : (lookup(numbers, value) ?? value);
	if (wanted !== undefined && !/^\d+$/.test(wanted) && !Object.values(numbers).includes(wanted))
		throw new IpFailure(255, `Error: argument "${value}" is wrong: invalid table ID\n`);
	const shown = rules.filter(({table}) => wanted === undefined || table === wanted);
	if (options.json) return jsonText(shown, options);
	return shown.map(({priority, src, table}) => `${priority}:\tfrom ${src} lookup ${table}\n`).join('');
}
