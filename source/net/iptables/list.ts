import type {Chain, ParsedRule, Rule, TableName} from './iptables.js';
import {protocolNumber} from './text.js';
import {builtinChains, type RuleBase} from './table.js';
import {matchKind} from './match/index.js';
import {not} from './match-kind.js';
import {targetKind} from './target/index.js';

export interface ListOptions {
	readonly numeric: boolean;
	readonly verbose: boolean;
	readonly exact: boolean;
	readonly lineNumbers: boolean;
}

/** `iptables -L`: all chains of a table, or one. */
export function listChains(base: RuleBase, table: TableName, chains: readonly Chain[], options: ListOptions): string {
	return chains.map(chain => listChain(base, table, chain, options)).join('\n');
}

function listChain(base: RuleBase, table: TableName, chain: Chain, options: ListOptions): string {
	const lines = [
		header(base, table, chain, options),
		titles(options),
		...chain.rules.map((rule, i) => ruleLine(rule, i + 1, options, base.family)),
	];
	return lines.map(line => `${line}\n`).join('');
}

function header(base: RuleBase, table: TableName, chain: Chain, options: ListOptions): string {
	if (!builtinChains[table].includes(chain.name)) return `Chain ${chain.name} (${base.references(table, chain.name)} references)`;
	const total = (value: number) => short(value, options.exact).trim();
	const counts = options.verbose ? ` ${total(chain.packets)} packets, ${total(chain.bytes)} bytes` : '';
	return `Chain ${chain.name} (policy ${chain.policy}${counts})`;
}

function titles({verbose, exact, lineNumbers}: ListOptions): string {
	const numbers = lineNumbers ? 'num  ' : '';
	if (!verbose) return `${numbers}target     prot opt source               destination         `;
	const counts = exact ? '    pkts      bytes ' : ' pkts bytes ';
	return `${numbers}${counts}target     prot opt in     out     source               destination         `;
}

/** Five wide, or shortened in thousands, rounded, as xtables_print_num does. */
function short(value: number, exact: boolean): string {
	if (exact) return `${String(value).padStart(8)} `;
	if (value <= 99_999) return `${String(value).padStart(5)} `;
	let number = value;
	for (const unit of ['K', 'M', 'G', 'T']) {
		number = Math.floor((number + 500) / 1000);
		if (number <= 9999 || unit === 'T') return `${String(number).padStart(4)}${unit} `;
	}
	return '';
}

function ruleLine({parsed, packets, bytes}: Rule, number: number, options: ListOptions, family: 4 | 6): string {
	const {numeric, verbose, lineNumbers} = options;
	const protocol = parsed.protocol?.value ?? 'all';
	const device = (wanted: ParsedRule['inInterface']) =>
		(wanted ? `${wanted.negated ? '!' : ''}${wanted.value}` : numeric ? '*' : 'any').padEnd(6);
	return [
		lineNumbers ? `${String(number).padEnd(4)} ` : '',
		verbose ? short(packets, options.exact) + short(bytes, options.exact) : '',
		`${(parsed.target?.name ?? '').padEnd(9)} `,
		parsed.protocol?.negated ? '!' : ' ',
		`${(numeric ? String(protocolNumber(protocol)) : protocol).padEnd(4)} `,
		family === 4 ? (parsed.fragment ? (parsed.fragment.negated ? '!f ' : '-f ') : '-- ') : '   ',
		verbose ? ` ${device(parsed.inInterface)} ${device(parsed.outInterface)} ` : '',
		address(parsed.source, numeric, family),
		address(parsed.destination, numeric, family),
		details(parsed, numeric),
	].join('');
}

/** One rule as `-v` tells what was done. */
export function ruleText(parsed: ParsedRule, family: 4 | 6): string {
	const device = (wanted: ParsedRule['inInterface']) => (wanted ? `${not(wanted).trim()}${wanted.value}` : '*');
	const address = (wanted: ParsedRule['source']) => `${not(wanted).trim()}${addressText(wanted?.value, true, family)}`;
	const protocol = `${not(parsed.protocol).trim()}${parsed.protocol?.value ?? 'all'}`;
	return (
		`${parsed.target?.name ?? ''}  ${protocol} opt ${family === 4 ? '--' : '  '} in ${device(parsed.inInterface)} out ${device(parsed.outInterface)}` +
		`  ${address(parsed.source)}  -> ${address(parsed.destination)}  ${details(parsed, true)}`
	);
}

/** One character for `!`, then 19 wide and a blank. */
function address(wanted: ParsedRule['source'], numeric: boolean, family: 4 | 6): string {
	return `${wanted?.negated ? '!' : ' '}${addressText(wanted?.value, numeric, family).padEnd(19)} `;
}

function addressText(value: string | undefined, numeric: boolean, family: 4 | 6): string {
	if (value === undefined) return numeric ? (family === 4 ? '0.0.0.0/0' : '::/0') : 'anywhere';
	const bare = value.replace(family === 4 ? /\/32$/ : /\/128$/, '');
	if (numeric) return bare;
	if (bare === '127.0.0.0/8') return 'loopback/8';
	return bare === '127.0.0.1' ? 'localhost' : bare;
}

function details(parsed: ParsedRule, numeric: boolean): string {
	const texts = parsed.matches.map(({name, options}) => matchKind(name)!.list(options, numeric));
	const kind = parsed.target && !parsed.target.goto ? targetKind(parsed.target.name) : undefined;
	const own = kind?.list(parsed.target!.options);
	if (own) texts.push(own);
	if (parsed.target?.goto) texts.unshift('[goto] ');
	return texts.map(text => ` ${text}`).join('');
}
