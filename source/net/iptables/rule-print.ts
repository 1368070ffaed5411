import type {ParsedRule} from './iptables.js';
import {matchKind} from './match/index.js';
import {not, saveGiven} from './match-kind.js';
import {targetKind} from './target/index.js';

/** The one spelling that `iptables-save` and `-S` print after `-A CHAIN `. */
export function printRule(rule: ParsedRule): string {
	const parts: string[] = [];
	const put = (flag: string, value: {readonly value: string; readonly negated: boolean} | undefined) => {
		if (value) parts.push(`${not(value)}${flag} ${value.value}`);
	};
	put('-s', rule.source);
	put('-d', rule.destination);
	put('-i', rule.inInterface);
	put('-o', rule.outInterface);
	put('-p', rule.protocol);
	if (rule.fragment) parts.push(`${not(rule.fragment)}-f`);
	for (const {name, options} of rule.matches) {
		const kind = matchKind(name)!;
		parts.push(`-m ${name}${kind.save ? kind.save(options) : saveGiven(options, kind.options)}`);
	}
	if (rule.target) {
		const {name, goto, options} = rule.target;
		const kind = goto ? undefined : targetKind(name);
		parts.push(`${goto ? '-g' : '-j'} ${name}${kind ? (kind.save ? kind.save(options) : saveTarget(options)) : ''}`);
	}
	return parts.join(' ');
}

const saveTarget = (options: Readonly<Record<string, string | number | boolean>>) =>
	Object.entries(options)
		.map(([name, value]) => ` --${name}${value === '' || value === true ? '' : ` ${value}`}`)
		.join('');
