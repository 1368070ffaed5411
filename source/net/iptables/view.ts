import type {IpSetTable} from '../ipset/ipset.js';
import {runIptables} from './command.js';
import type {Iptables} from './iptables.js';
import {restoreText} from './restore.js';
import {saveTable} from './save.js';
import {type RuleBase, tableOrder} from './table.js';
import {readRuleText} from './rule-spec.js';

/** The tables as tools and kube-proxy hold them. */
export interface IptablesView extends Iptables {
	readonly base: RuleBase;
	/** Runs the words after `iptables` and gives what it prints. */
	run(words: readonly string[]): string;
}

export function createIptables(base: RuleBase, ipsets: IpSetTable): IptablesView {
	const setExists = (name: string) => ipsets.has(name);
	return {
		base,
		table: name => base.view(name),
		chain: (table, name) => base.chainView(table, name),
		tables: () => tableOrder.flatMap(name => base.view(name) ?? []),
		restore: (text, options) => restoreText(base, text, options, setExists),
		command: words => void runIptables(base, words, setExists),
		run: words => runIptables(base, words, setExists),
		check(table, chain, rule) {
			const read = readRuleText(rule, base.family);
			const rules = base.chain(table, chain)?.rules ?? [];
			return read.specs.every(spec => rules.some(each => each.spec.text === spec.text));
		},
		save: (table, options) => saveTable(base, table, options?.counters ?? false),
	};
}
