import type {Chain, TableName} from '../../../net/iptables/iptables.js';
import type {ToolIo} from '../tool.js';
import {baseLine} from './chains.js';
import {baseOf, type Family, missing, type Place, tablesOf} from './place.js';
import {translate, type Translated} from './translate.js';

export interface ListOptions {
	readonly stateless: boolean;
	readonly numeric: boolean;
	/** Not with `list chains`. */
	readonly rules?: boolean;
}

/** One table, or one chain of it, as nft prints them. */
export function listing(io: ToolIo, place: Place, options: ListOptions): void {
	const {family = 'ip', chain} = place;
	const table = tablesOf(io, family).find(each => each === place.table);
	const found =
		table &&
		baseOf(io, family)
			.view(table)!
			.chains.filter(each => chain === undefined || each.name === chain);
	if (!table || !found || (chain !== undefined && found.length === 0)) throw missing(place);
	const texts = found.map(each => chainText(table, each, {...options, family}));
	if (texts.some(each => each.foreign)) io.err(`# Warning: table ${family} ${table} is managed by iptables-nft, do not touch!\n`);
	io.out(`table ${family} ${table} {\n${texts.map(each => each.text).join('\n')}}\n`);
}

function chainText(table: TableName, chain: Chain, options: ListOptions & {readonly family: Family}): Translated {
	const base = baseLine(table, chain, options.numeric);
	const rules = options.rules ? chain.rules.map(rule => translate(rule, options)) : [];
	const lines = [...(base === undefined ? [] : [base]), ...rules.map(({text}) => text)].map(line => `\t\t${line}\n`);
	return {text: `\tchain ${chain.name} {\n${lines.join('')}\t}\n`, foreign: rules.some(rule => rule.foreign)};
}
