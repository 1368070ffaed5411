import {IptablesError, type TableName, usageError} from './iptables.js';
import {usage} from './text.js';
import {builtinChains, type Edit, type EditedChain, policyKey, type RuleBase} from './table.js';
import {checkRule} from './rule-check.js';
import {readRuleText} from './rule-spec.js';

export interface RestoreOptions {
	readonly noflush?: boolean;
	readonly counters?: boolean;
	/** Only checks the text. */
	readonly test?: boolean;
	/** Only this table's part. */
	readonly table?: string;
}

class Untaken extends Error {}

/** Told with the number of its line. */
class BadLine extends IptablesError {
	constructor(message: string) {
		super(message, 2);
	}
}

type SetExists = (name: string) => boolean;

/** Loads text in iptables-save form, all of it or nothing. */
export function restoreText(base: RuleBase, text: string, options: RestoreOptions = {}, setExists: SetExists = () => true): void {
	const program = base.family === 4 ? 'iptables-restore' : 'ip6tables-restore';
	let line = 0;
	try {
		base.edit(edit => {
			let table: TableName | undefined;
			for (const raw of text.split('\n')) {
				line++;
				if (raw === '' || raw.startsWith('#')) continue;
				if (raw.startsWith('*') && !table) {
					table = raw.slice(1).trim() as TableName;
					if (!(table in builtinChains)) throw new BadLine(`table name '${table}' invalid`);
					if (options.table === undefined || options.table === table) begin(edit, table, options);
				} else if (raw.trim() === 'COMMIT' && table) table = undefined;
				else if (!table) throw new IptablesError(`${program}: line ${line} failed`, 1);
				else if (options.table === undefined || options.table === table)
					readLine(base, edit, table, raw, options.counters ?? false, setExists);
			}
			if (table) throw new IptablesError(`${program}: COMMIT expected at line ${line}`, 1);
			if (options.test) throw new Untaken();
		});
	} catch (error) {
		if (error instanceof Untaken) return;
		if (!(error instanceof IptablesError)) throw error;
		throw worded(error, program, line);
	}
}

function worded(error: IptablesError, program: string, line: number): IptablesError {
	if (error.exitCode === 2) {
		const message = error instanceof BadLine ? `${program}: line ${line} ${error.message}` : error.message;
		return new IptablesError(usage(message, program, `Error occurred at line: ${line}\n`), 2);
	}
	if (error.exitCode === 3)
		return new IptablesError(`${program} v1.8.9 (nf_tables): ${error.message}\nPerhaps ${program} or your kernel needs to be upgraded.`, 3);
	if (error.exitCode === 4) return new IptablesError(`${program} v1.8.9 (nf_tables): \nline ${line}: ${error.message}`, 4);
	return error.message.startsWith(program) ? error : new IptablesError(`${program}: line ${line} failed: ${error.message}`, 1);
}

function begin(edit: Edit, table: TableName, options: RestoreOptions): void {
	edit.open(table);
	if (options.noflush) return;
	for (const name of builtinChains[table]) {
		const chain = edit.chain(table, name)!;
		chain.rules = [];
		chain.policy = 'ACCEPT';
		edit.setCounters(policyKey(table, name), undefined);
	}
	for (const name of edit.userChains(table)) edit.remove(table, name);
}

const noChain = () => new IptablesError('No chain/target/match by that name.', 1);

function readLine(base: RuleBase, edit: Edit, table: TableName, raw: string, withCounters: boolean, setExists: SetExists): void {
	if (raw.startsWith(':')) {
		declare(edit, table, raw, withCounters);
		return;
	}
	// The common line first, without a regular expression: these come by the thousand.
	if (raw.startsWith('-A ')) {
		const end = raw.indexOf(' ', 3);
		const chain = edit.chain(table, end < 0 ? raw.slice(3) : raw.slice(3, end));
		if (!chain) throw noChain();
		append(base, edit, chain, end < 0 ? '' : raw.slice(end + 1), setExists);
		return;
	}
	const found = /^(?:\[(\d+):(\d+)\]\s+)?(-[A-Zt]|--[a-z-]+)\s+(\S+)\s*(.*)$/.exec(raw);
	const first = raw.trim().split(/\s/)[0]!;
	if (!found) throw usageError(first.startsWith('-') ? `unknown option "${first}"` : `Bad argument \`${first}'`);
	const [, packets, bytes, command, name = '', rest = ''] = found;
	if (command === '-t' || command === '--table') throw usageError('The -t option cannot be used in iptables-restore.\n');
	const counters = withCounters && packets !== undefined ? {packets: Number(packets), bytes: Number(bytes)} : undefined;
	if (command === '-N') {
		if (edit.chain(table, name)) throw new IptablesError('Chain already exists.', 1);
		edit.create(table, name);
		return;
	}
	if (command === '-Z' && rest === '') {
		if (!edit.exists(table, name)) throw noChain();
		zero(base, edit, table, name);
		return;
	}
	const chain = edit.chain(table, name);
	if (!chain) throw noChain();
	if (command === '-X') edit.remove(table, name);
	else if (command === '-F') chain.rules = [];
	else changeRules(base, edit, chain, command!, rest, setExists, counters);
}

/** Only counters are touched: a chain of thousands of rules is not copied for it. */
function zero(base: RuleBase, edit: Edit, table: TableName, name: string): void {
	const standing = base.chain(table, name);
	for (const id of standing ? base.counted(standing) : []) edit.setCounters(id, undefined);
}

function declare(edit: Edit, table: TableName, raw: string, withCounters: boolean): void {
	const [name = '', policy, counts = ''] = raw.slice(1).split(' ');
	if (policy === undefined) throw new BadLine('policy invalid');
	const chain = edit.chain(table, name);
	const isBuiltin = builtinChains[table].includes(name);
	if (isBuiltin && chain) {
		chain.rules = [];
		if (policy !== '-' && policy !== 'ACCEPT' && policy !== 'DROP') throw new IptablesError('Bad policy name.', 1);
		if (policy !== '-') chain.policy = policy;
		const found = /^\[(\d+):(\d+)\]$/.exec(counts);
		if (withCounters && found) edit.setCounters(policyKey(table, name), [Number(found[1]), Number(found[2])]);
		return;
	}
	if (chain) chain.rules = [];
	else edit.create(table, name);
}

function append(
	base: RuleBase,
	edit: Edit,
	chain: EditedChain,
	rest: string,
	setExists: SetExists,
	counters?: {packets: number; bytes: number},
): void {
	const read = readRuleText(rest, base.family);
	for (const spec of read.specs) {
		checkRule(edit, chain, spec, setExists);
		chain.rules.push(edit.newRule(spec, counters ?? read.counters));
	}
}

function changeRules(
	base: RuleBase,
	edit: Edit,
	chain: EditedChain,
	command: string,
	rest: string,
	setExists: SetExists,
	counters?: {packets: number; bytes: number},
): void {
	const numbered = command === '-A' ? undefined : /^(\d+)(?:\s+(.*))?$/.exec(rest);
	const place = numbered ? Number(numbered[1]) : 1;
	if (command === '-D' && numbered) {
		if (place > chain.rules.length) throw new IptablesError('Index of deletion too big.', 1);
		chain.rules.splice(place - 1, 1);
		return;
	}
	const read = readRuleText(numbered ? (numbered[2] ?? '') : rest, base.family);
	for (const spec of read.specs) {
		checkRule(edit, chain, spec, setExists);
	}
	const rows = read.specs.map(spec => edit.newRule(spec, counters ?? read.counters));
	if (command === '-A' || command === '--append') chain.rules.push(...rows);
	else if (command === '-I') chain.rules.splice(place - 1, 0, ...rows);
	else if (command === '-R') chain.rules.splice(place - 1, 1, ...rows);
	else if (command === '-D') {
		const at = chain.rules.findIndex(rule => rule.spec.text === read.specs[0]!.text);
		if (at < 0) throw new IptablesError('Bad rule (does a matching rule exist in that chain?).', 1);
		chain.rules.splice(at, 1);
	} else throw new IptablesError(`unknown option "${command}"`, 2);
}
