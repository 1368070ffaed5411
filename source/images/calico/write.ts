import type {Iptables} from '../../net/iptables/iptables.js';
import type {Netstack} from '../../net/netstack.js';
import type {Table} from '../../sim/state.js';
import {calicoJumps, calicoTail, fixedNatChains} from './fixed-chains.js';
import {tagged} from './hash.js';
import type {Model} from './model.js';

/** Text of each chain as it was written last, by name. */
export type WrittenChains = Table<string>;

/** Brings sets and chains to the model: only what differs from the last time is written. Sets come before rules that name them, and go after. */
export function writeModel(stack: Netstack, model: Model, written: WrittenChains): void {
	writeSets(stack, model);
	const lines: string[] = [];
	const declared: string[] = [];
	for (const [name, rules] of model.chains) {
		const text = rules.join('\n');
		if (written.get(name) === text) continue;
		declared.push(`:${name} - [0:0]`);
		for (const rule of tagged(name, rules)) lines.push(`-A ${name} ${rule}`);
		written.set(name, text);
	}

	const gone = [...written.keys()].filter(name => !model.chains.has(name));
	for (const name of gone) {
		declared.push(`:${name} - [0:0]`);
		lines.push(`-X ${name}`);
		written.delete(name);
	}

	if (lines.length > 0 || declared.length > 0)
		stack.iptables.restore(['*filter', ...declared, ...lines, 'COMMIT', ''].join('\n'), {noflush: true, counters: true});
	dropSets(stack, model);
}

function writeSets({ipsets}: Netstack, model: Model): void {
	for (const [name, {type, members}] of model.sets) {
		const standing = ipsets.get(name);
		if (!standing) ipsets.create(name, type, {family: 'inet'}, true);
		const before = new Set(standing?.members ?? []);
		for (const member of members) if (!before.has(member)) ipsets.add(name, member, true);
		for (const member of before) if (!members.has(member)) ipsets.remove(name, member, true);
	}
}

function dropSets({ipsets}: Netstack, model: Model): void {
	for (const {name} of ipsets.list()) if (/^cali40[sne]:/.test(name) && !model.sets.has(name)) ipsets.destroy(name);
}

export function writeNat({iptables}: Netstack): void {
	const lines = [
		...fixedNatChains.map(([name]) => `:${name} - [0:0]`),
		...fixedNatChains.flatMap(([name, rules]) => tagged(name, rules).map(rule => `-A ${name} ${rule}`)),
	];
	iptables.restore(['*nat', ...lines, 'COMMIT', ''].join('\n'), {noflush: true, counters: true});
}

/** Felix wants to be first: a jump that others have pushed down is taken out and put in front again. */
export function ensureFirst({iptables}: Netstack): void {
	for (const [table, chain, rule] of calicoJumps) {
		const rules = rulesOf(iptables, table, chain);
		if (rules[0] === rule) continue;
		const lines = [...(rules.includes(rule) ? [`-D ${chain} ${rule}`] : []), `-I ${chain} 1 ${rule}`];
		iptables.restore([`*${table}`, ...lines, 'COMMIT', ''].join('\n'), {noflush: true, counters: true});
	}

	const missing = calicoTail.filter(rule => !iptables.check('filter', 'FORWARD', rule));
	if (missing.length > 0) {
		iptables.restore(['*filter', ...missing.map(rule => `-A FORWARD ${rule}`), 'COMMIT', ''].join('\n'), {noflush: true, counters: true});
	}
}

const rulesOf = (iptables: Iptables, table: 'filter' | 'nat', chain: string): string[] =>
	iptables.chain(table, chain)?.rules.map(rule => rule.text) ?? [];
