import type {Iptables} from '../../net/iptables/iptables.js';

/** A jump from a built-in chain: table, chain jumped to, from, comment, match before the comment. */
export type Jump = readonly [table: 'filter' | 'nat', target: string, source: string, comment: string, match: string];

/** Makes the chains and puts each missing jump in front of its built-in chain; one that stands somewhere stays there. One restore a table. */
export function ensureJumps(iptables: Iptables, jumps: readonly Jump[]): void {
	const text = (['filter', 'nat'] as const).map(table => missingJumps(iptables, table, jumps)).join('');
	if (text !== '') iptables.restore(text, {noflush: true, counters: true});
}

function missingJumps(iptables: Iptables, table: 'filter' | 'nat', jumps: readonly Jump[]): string {
	const own = jumps.filter(jump => jump[0] === table);
	const standing = new Set(iptables.table(table)?.chains.map(chain => chain.name));
	const chains = [...new Set(own.map(jump => jump[1]))].filter(name => !standing.has(name));
	const missing = own.filter(([, target, source, comment, match]) => !iptables.check(table, source, jumpText(comment, match, target)));
	if (chains.length === 0 && missing.length === 0) return '';
	const lines = [
		...chains.map(name => `:${name} - [0:0]`),
		...missing.map(([, target, source, comment, match]) => `-I ${source} 1 ${jumpText(comment, match, target)}`),
	];
	return `*${table}\n${lines.join('\n')}\nCOMMIT\n`;
}

export const jumpText = (comment: string, match: string, target: string): string =>
	[match, comment && `-m comment --comment "${comment}"`, `-j ${target}`].filter(Boolean).join(' ');

export const jumpWords = (comment: string, match: string, target: string): string[] => [
	...(match ? match.split(' ') : []),
	...(comment ? ['-m', 'comment', '--comment', comment] : []),
	'-j',
	target,
];
