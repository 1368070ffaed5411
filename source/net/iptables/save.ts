import type {TableName} from './iptables.js';
import type {RuleBase} from './table.js';

/** One table as iptables-save prints it, without its two comment lines; `''` when nothing ever touched it. */
export function saveTable(base: RuleBase, name: TableName, withCounters: boolean): string {
	const table = base.view(name);
	if (!table) return '';
	const lines = [`*${name}`];
	for (const {name: chain, policy, packets, bytes} of table.chains) lines.push(`:${chain} ${policy} [${packets}:${bytes}]`);
	for (const chain of table.chains) {
		for (const {text, packets, bytes} of chain.rules) {
			lines.push(`${withCounters ? `[${packets}:${bytes}] ` : ''}-A ${chain.name}${text === '' ? '' : ` ${text}`}`);
		}
	}
	lines.push('COMMIT');
	return `${lines.join('\n')}\n`;
}
