import type {OptionSpec} from './iptables/match-kind.js';
import {usageError} from './iptables/iptables.js';

type Specs = Readonly<Record<string, OptionSpec>>;

/** What libxtables asks of the options of every extension, in its words: what must be there, what excludes and what wants what. */
export function checkOptions(kind: string, specs: Specs, given: Readonly<Record<string, unknown>>): void {
	const complain = (what: string) => usageError(`${kind}: option ${what}.\n`);
	for (const [name, {needed}] of Object.entries(specs)) {
		if (needed && given[name] === undefined) throw usageError(`${kind}: option "--${name}" must be specified\n`);
	}
	for (const [name, spec] of Object.entries(specs)) {
		if (given[name] === undefined) continue;
		const other = spec.without?.find(each => given[each] !== undefined);
		if (other !== undefined) throw complain(`"--${shown(specs, name)}" cannot be used together with "--${shown(specs, other)}"`);
		const missing = spec.with?.find(each => given[each] === undefined);
		if (missing !== undefined) throw complain(`"--${name}" also requires "--${missing}"`);
	}
}

/** The first spelling in the table of the extension. */
const shown = (specs: Specs, name: string) => specs[name]!.aliases?.find(alias => alias.length > name.length) ?? name;

export function readOption(kind: string, name: string, spec: OptionSpec, value: string): string {
	if (!spec.range) return spec.read ? spec.read(value, name, kind) : value;
	const [min, max] = spec.range;
	const number = /^(?:\d+|0x[0-9a-f]+)$/i.test(value) ? Number(value) : Number.NaN;
	if (!(number >= min && number <= max)) throw usageError(`${kind}: bad value for option "--${name}", or out of range (${min}-${max}).\n`);
	return String(number);
}
