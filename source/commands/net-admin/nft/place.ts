import type {TableName} from '../../../net/iptables/iptables.js';
import {type RuleBase, tableOrder} from '../../../net/iptables/table.js';
import {stackOf, type ToolIo} from '../tool.js';

/** What a command is about; no table is all of them. */
export interface Place {
	readonly family?: Family;
	readonly table?: string;
	readonly chain?: string;
	/** The command, and where in it the last name stands: what an error points at. */
	readonly line?: string;
	readonly at?: number;
}

export type Family = 'ip' | 'ip6';
/** Those that iptables has tables in. */
export const families: readonly Family[] = ['ip', 'ip6'];
export const isFamily = (word: string): boolean => /^(?:ip6?|inet|arp|bridge|netdev)$/.test(word);

/** Says what nft says, and the command failed. */
export class NftError extends Error {}

export const baseOf = (io: ToolIo, family: Family): RuleBase => {
	const {rules, rules6} = stackOf(io).kernel;
	return family === 'ip' ? rules : rules6;
};

export const tablesOf = (io: ToolIo, family: Family): TableName[] => tableOrder.filter(table => baseOf(io, family).exists(table));

/** `list table [ip] nat`, `flush chain ip nat FOO`: the family is `ip` where a name follows and none is said. */
export function findPlace(words: readonly string[], names: ReadonlyArray<'table' | 'chain'>): Place {
	const line = words.join(' ');
	const rest = words.slice(2);
	const family = rest[0] !== undefined && isFamily(rest[0]) ? rest.shift() : undefined;
	if (rest.length < names.length)
		throw new NftError(`Error: syntax error, unexpected newline, expecting string\n${line}\n${' '.repeat(line.length)}^`);
	const [table, chain] = rest;
	return {
		...((family ?? table) !== undefined && {family: (family ?? 'ip') as Family}),
		...(table !== undefined && {table}),
		...(chain !== undefined && names.includes('chain') && {chain}),
		line,
		at: line.length - rest.slice(names.length - 1).join(' ').length,
	};
}

/** What has no such name, nft points at. */
export function missing({line = '', at = 0, table = '', chain}: Place, why = 'No such file or directory'): NftError {
	const name = chain ?? table;
	return new NftError(`Error: ${why}\n${line}\n${' '.repeat(at)}${'^'.repeat(name.length)}`);
}
