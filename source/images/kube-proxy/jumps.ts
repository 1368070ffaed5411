import type {Iptables} from '../../net/iptables.js';

/** A jump from a built-in chain: table, chain jumped to, from, comment, match before the comment. */
export type Jump = readonly [table: 'filter' | 'nat', target: string, source: string, comment: string, match: string];

/** Makes the chains and puts each missing jump in front of its built-in chain; one that stands somewhere stays there. */
export function ensureJumps(iptables: Iptables, jumps: readonly Jump[]): void {
	const standing = new Map(
		(['filter', 'nat'] as const).map(table => [table, new Set(iptables.table(table)?.chains.map(chain => chain.name))]),
	);
	for (const [table, target, source, comment, match] of jumps) {
		if (!standing.get(table)!.has(target)) {
			iptables.command(['-t', table, '-N', target]);
			standing.get(table)!.add(target);
		}

		if (iptables.check(table, source, jumpText(comment, match, target))) continue;
		iptables.command(['-t', table, '-I', source, ...jumpWords(comment, match, target)]);
	}
}

export const jumpText = (comment: string, match: string, target: string): string =>
	[match, comment && `-m comment --comment "${comment}"`, `-j ${target}`].filter(Boolean).join(' ');

export const jumpWords = (comment: string, match: string, target: string): string[] => [
	...(match ? match.split(' ') : []),
	...(comment ? ['-m', 'comment', '--comment', comment] : []),
	'-j',
	target,
];
