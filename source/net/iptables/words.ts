import {unpack} from './getopt.js';
import {IptablesError, type TableName, usageError} from './iptables.js';
import {builtinChains} from './table.js';

export interface CommandWords {
	/** A key of the command table; absent when `print` says all. */
	readonly command?: string;
	readonly table: TableName;
	readonly chain: string;
	/** Rule number of -I, -R, -D, -L, -S, -Z. */
	readonly number?: number;
	/** Policy of -P, new name of -E. */
	readonly argument: string;
	/** What is left: matches, target and their options. */
	readonly rule: readonly string[];
	readonly numeric: boolean;
	readonly verbose: boolean;
	readonly exact: boolean;
	readonly lineNumbers: boolean;
	readonly print?: string;
}

interface CommandSpec {
	readonly letter: string;
	readonly name: string;
	readonly chain: 'needed' | 'optional';
	/** What may follow the chain. */
	readonly after?: 'number' | 'optional-number' | 'word' | 'number-if-digits';
}

const commands: readonly CommandSpec[] = [
	{letter: 'A', name: 'append', chain: 'needed'},
	{letter: 'I', name: 'insert', chain: 'needed', after: 'number-if-digits'},
	{letter: 'D', name: 'delete', chain: 'needed', after: 'number-if-digits'},
	{letter: 'R', name: 'replace', chain: 'needed', after: 'number'},
	{letter: 'C', name: 'check', chain: 'needed'},
	{letter: 'N', name: 'new', chain: 'needed'},
	{letter: 'X', name: 'delete-chain', chain: 'optional'},
	{letter: 'E', name: 'rename', chain: 'needed', after: 'word'},
	{letter: 'P', name: 'policy', chain: 'needed', after: 'word'},
	{letter: 'F', name: 'flush', chain: 'optional'},
	{letter: 'Z', name: 'zero', chain: 'optional', after: 'number-if-digits'},
	{letter: 'L', name: 'list', chain: 'optional', after: 'number-if-digits'},
	{letter: 'S', name: 'list-rules', chain: 'optional', after: 'number-if-digits'},
];

const longCommands: Readonly<Record<string, string>> = {
	append: 'A',
	insert: 'I',
	delete: 'D',
	replace: 'R',
	check: 'C',
	'new-chain': 'N',
	new: 'N',
	'delete-chain': 'X',
	'rename-chain': 'E',
	rename: 'E',
	policy: 'P',
	flush: 'F',
	zero: 'Z',
	list: 'L',
	'list-rules': 'S',
};

/** Letters that belong to the rule. */
const ofRule = 'psdjimcgof';
const flags: Readonly<Record<string, keyof Draft>> = {n: 'numeric', v: 'verbose', x: 'exact'};
const longFlags: Readonly<Record<string, keyof Draft>> = {
	numeric: 'numeric',
	verbose: 'verbose',
	exact: 'exact',
	'line-numbers': 'lineNumbers',
};
const longOptions = [
	...Object.keys(longCommands),
	...Object.keys(longFlags),
	'table',
	'wait',
	'wait-interval',
	'version',
	'help',
	'ipv4',
	'ipv6',
	'modprobe',
];

interface Draft {
	numeric: boolean;
	verbose: boolean;
	exact: boolean;
	lineNumbers: boolean;
}

/** Takes the words of a command line apart as getopt_long does, leaving those of the rule for the rule parser. */
export function readWords(given: readonly string[], program: string): CommandWords {
	const words = unpack(given);
	const draft: Draft = {numeric: false, verbose: false, exact: false, lineNumbers: false};
	const rule: string[] = [];
	let command: CommandSpec | undefined;
	let table = 'filter';
	let chain = '';
	let number: number | undefined;
	let argument = '';
	for (let i = 0; i < words.length; i++) {
		const word = words[i]!;
		const letter = letterOf(word);
		const next = words[i + 1];
		const spec = commands.find(each => each.letter === letter);
		if (spec) {
			if (command && !(command.name === 'list' && spec.name === 'zero'))
				throw usageError(`Cannot use -${spec.letter} with -${command.letter}`);
			command ??= spec;
			if (spec.chain === 'needed' && next === undefined) throw usageError(`option "${word}" requires an argument`);
			const hasChain = next !== undefined && (spec.chain === 'needed' || !/^[-!]/.test(next));
			if (!hasChain) continue;
			chain = next;
			i++;
			const second = words[i + 1];
			if (spec.after === 'word') {
				if (second === undefined)
					throw usageError(spec.letter === 'P' ? '-P requires a chain and a policy' : '-E requires old-chain-name and new-chain-name');
				argument = second;
				i++;
			} else if (spec.after && second !== undefined && !/^[-!]/.test(second)) {
				number = /^\d+$/.test(second) ? Number(second) : 0;
				if (number === 0) throw usageError(`Invalid rule number \`${second}'`);
				i++;
			} else if (spec.after === 'number') throw usageError(`-${spec.letter} requires a rule number`);
		} else if (letter === 't') {
			if (next === undefined) throw usageError(`option "${word}" requires an argument`);
			table = next;
			i++;
		} else if (letter === 'w' || letter === 'W') {
			if (next !== undefined && !next.startsWith('-')) {
				if (!/^\d+$/.test(next)) throw usageError('wait seconds not numeric');
				i++;
			}
		} else if (letter === 'M') i++;
		else if (letter === (program === 'iptables' ? '6' : '4')) throw usageError('');
		else if (letter === 'V') return {...empty, print: `${program} v1.8.9 (nf_tables)\n`};
		else if (letter === 'h') throw new IptablesError(`kubelab: not simulated: ${program} -h`, 125);
		else if (letter === 'l') draft.lineNumbers = true;
		else if (letter !== undefined && flags[letter]) draft[flags[letter]!] = true;
		else if (letter !== '4' && letter !== '6') rule.push(word);
	}
	const takesRule = command !== undefined && 'AIDRC'.includes(command.letter) && !(command.letter === 'D' && number !== undefined);
	const stray = takesRule ? undefined : rule[0];
	if (stray !== undefined && !stray.startsWith('-')) throw usageError(`Bad argument \`${stray}'`);
	if (!command) throw usageError(stray === undefined ? 'no command specified' : `unknown option "${stray}"`);
	refuseIllegal(takesRule || command.letter !== 'D' ? command.letter : '#', rule, draft);
	if (stray !== undefined) throw usageError(`unknown option "${stray}"`);
	if (!Object.hasOwn(builtinChains, table)) throw new IptablesError(`table '${table}' does not exist`, 3);
	return {command: command.name, table: table as TableName, chain, argument, rule, ...draft, ...(number !== undefined && {number})};
}

/** Which commands take an option; `#` is the deletion of a numbered rule. In the order in which iptables looks. */
const legal: ReadonlyArray<readonly [letter: string, commands: string, field?: keyof Draft]> = [
	['n', 'L', 'numeric'],
	['s', 'AIDRC'],
	['d', 'AIDRC'],
	['p', 'AIDRC'],
	['j', 'AIDRC'],
	['x', 'L', 'exact'],
	['i', 'AIDRC'],
	['o', 'AIDRC'],
	['0', 'L', 'lineNumbers'],
	['c', 'AIRP'],
	['f', 'AIDRC'],
];

function refuseIllegal(command: string, rule: readonly string[], draft: Draft): void {
	for (const [letter, commands, field] of legal) {
		if (commands.includes(command)) continue;
		if (field ? draft[field] : rule.includes(`-${letter}`)) throw usageError(`Illegal option \`-${letter}' with this command`);
	}
}

const empty: CommandWords = {
	table: 'filter',
	chain: '',
	argument: '',
	rule: [],
	numeric: false,
	verbose: false,
	exact: false,
	lineNumbers: false,
};

/** The option letter of a word that is not part of a rule. */
function letterOf(word: string): string | undefined {
	if (/^-[A-Za-z46]$/.test(word)) return ofRule.includes(word[1]!) ? undefined : word[1];
	if (!word.startsWith('--')) return undefined;
	const name = word.slice(2);
	const found = longOptions.includes(name) ? [name] : longOptions.filter(option => option.startsWith(name));
	if (found.length !== 1 || name.length < 2) return undefined;
	const full = found[0]!;
	if (longCommands[full]) return longCommands[full];
	if (full === 'line-numbers') return 'l';
	if (longFlags[full]) return full === 'exact' ? 'x' : full[0];
	return {table: 't', wait: 'w', 'wait-interval': 'W', version: 'V', help: 'h', ipv4: '4', ipv6: '6', modprobe: 'M'}[full];
}
