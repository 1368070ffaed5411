import {BusyChain} from './chain-references.js';
import {usage} from './text.js';
import {IptablesError, type TableName, usageError} from './iptables.js';
import {type CommandWords, readWords} from './words.js';
import {listChains, ruleText} from './list.js';
import {builtinChains, type Edit, type EditedChain, policyKey, type RuleBase} from './table.js';
import {checkDevices, checkRule, noSuchChain} from './rule-check.js';
import {readRuleText, readRuleWords, type RuleSpec} from './rule-spec.js';
import {targetKind} from './target/index.js';

type SetExists = (name: string) => boolean;
type Action = (base: RuleBase, words: CommandWords, setExists: SetExists) => string;

/** Runs the words after `iptables` and gives what it prints. Failures are IptablesErrors that hold the whole text for stderr. */
export function runIptables(base: RuleBase, words: readonly string[], setExists: SetExists): string {
	const program = base.family === 4 ? 'iptables' : 'ip6tables';
	try {
		const read = readWords(words, program);
		if (read.print !== undefined) return read.print;
		return actions[read.command!]!(base, read, setExists);
	} catch (error) {
		if (error instanceof IptablesError) throw worded(error, program);
		throw error;
	}
}

function worded(error: IptablesError, program: string): IptablesError {
	const version = `${program} v1.8.9 (nf_tables)`;
	if (error.message.startsWith('kubelab: ')) return new IptablesError(error.message, 125);
	if (error.exitCode === 2) return new IptablesError(usage(error.message, program, ''), 2);
	if (error.exitCode === 3)
		return new IptablesError(`${version}: ${error.message}\nPerhaps ${program} or your kernel needs to be upgraded.`, 3);
	if (error.exitCode === 4) return new IptablesError(`${version}:  ${error.message}`, 4);
	return error.message.startsWith('chain `')
		? new IptablesError(`${version}: ${error.message}`, 1)
		: new IptablesError(`${program}: ${error.message}`, 1);
}

const noChain = () => new IptablesError('No chain/target/match by that name.', 1);
const noRule = () => new IptablesError('Bad rule (does a matching rule exist in that chain?).', 1);

const needChain = (edit: Edit, table: TableName, name: string): EditedChain => {
	const chain = edit.chain(table, name);
	if (!chain) throw noChain();
	return chain;
};

const natDrop = () => usageError('\nThe "nat" table is not intended for filtering, the use of DROP is therefore inhibited.\n\n');

/** The rules that -A, -I, -R, -D and -C name. nat sees the first packet of a connection only, so iptables lets nobody drop there. */
function readRules(base: RuleBase, {rule, table, chain}: CommandWords) {
	const read = readRuleWords(rule, base.family);
	for (const spec of read.specs) checkDevices(chain, spec);
	if (table === 'nat' && read.specs.some(spec => spec.parsed.target?.name === 'DROP')) throw natDrop();
	return read;
}

/** What a step returns is printed with `-v` only. */
function change(step: (edit: Edit, words: CommandWords, base: RuleBase, setExists: SetExists) => string | undefined): Action {
	return (base, words, setExists) => {
		let told: string | undefined;
		base.edit(edit => {
			edit.open(words.table);
			told = step(edit, words, base, setExists);
		});
		return words.verbose ? (told ?? '') : '';
	};
}

const told = (specs: readonly RuleSpec[], {family}: RuleBase) => specs.map(({parsed}) => `${ruleText(parsed, family)}\n`).join('');

/** -A, -I and -R: puts new rules at a place. */
const insert = (at: (chain: EditedChain, number: number | undefined) => [start: number, removed: number]): Action =>
	change((edit, words, base, setExists) => {
		const read = readRules(base, words);
		const chain = needChain(edit, words.table, words.chain);
		for (const spec of read.specs) checkRule(edit, chain, spec, setExists);
		const [start, removed] = at(chain, words.number);
		chain.rules.splice(start, removed, ...read.specs.map(spec => edit.newRule(spec, read.counters)));
		return told(read.specs, base);
	});

const flush = (edit: Edit, table: TableName, name: string): string => {
	needChain(edit, table, name).rules = [];
	return `Flushing chain \`${name}'\n`;
};

const actions: Readonly<Record<string, Action>> = {
	append: insert(chain => [chain.rules.length, 0]),
	insert: insert((chain, number = 1) => {
		if (number > chain.rules.length + 1) throw new IptablesError('Index of insertion too big.', 1);
		return [number - 1, 0];
	}),
	replace: insert((chain, number = 0) => {
		if (number < 1 || number > chain.rules.length) throw new IptablesError('Index of replacement too big.', 1);
		return [number - 1, 1];
	}),
	delete: change((edit, words, base, setExists) => {
		const chain = needChain(edit, words.table, words.chain);
		if (words.number !== undefined) {
			if (words.number < 1 || words.number > chain.rules.length) throw new IptablesError('Index of deletion too big.', 1);
			chain.rules.splice(words.number - 1, 1);
			return undefined;
		}
		const {specs} = readRules(base, words);
		for (const spec of specs) {
			checkRule(edit, chain, spec, setExists);
			const at = chain.rules.findIndex(rule => rule.spec.text === spec.text);
			if (at < 0) throw noRule();
			chain.rules.splice(at, 1);
		}
		return told(specs, base);
	}),
	check(base, words) {
		const {specs} = readRules(base, words);
		const chain = base.chain(words.table, words.chain);
		for (const {jump, text} of specs) {
			if (jump !== undefined && !base.chain(words.table, jump)) throw noSuchChain(jump);
			if (!chain?.rules.some(rule => rule.spec.text === text)) throw noRule();
		}
		return words.verbose ? told(specs, base) : '';
	},
	new: change((edit, {table, chain}) => {
		if (targetKind(chain)) throw usageError('chain name may not clash with target name');
		if (chain.length > 28) throw usageError(`chain name \`${chain}' too long (must be under 29 chars)`);
		if (/\s/.test(chain)) throw usageError(`Invalid chain name \`${chain}'`);
		if (/^[-!]/.test(chain)) throw usageError(`chain name not allowed to start with \`${chain[0]}'`);
		if (edit.chain(table, chain)) throw new IptablesError('Chain already exists.', 1);
		edit.create(table, chain);
		return undefined;
	}),
	'delete-chain': change((edit, {table, chain}) => {
		const names = chain === '' ? edit.userChains(table) : [chain];
		for (const name of names) {
			const row = needChain(edit, table, name);
			if (row.rules.length > 0 || builtinChains[table].includes(name)) throw new BusyChain(name);
			edit.remove(table, name);
		}
		return names.map(name => `Deleting chain \`${name}'\n`).join('');
	}),
	flush: change((edit, {table, chain}) => {
		const names = chain === '' ? [...builtinChains[table], ...edit.userChains(table)] : [chain];
		return names.map(name => flush(edit, table, name)).join('');
	}),
	zero: change((edit, {table, chain, number}) => {
		for (const name of chain === '' ? [...builtinChains[table], ...edit.userChains(table)] : [chain]) {
			const {rules} = needChain(edit, table, name);
			if (number === undefined) edit.setCounters(policyKey(table, name), undefined);
			for (const [i, rule] of rules.entries()) if (number === undefined || number === i + 1) edit.setCounters(rule.id, undefined);
		}
		return undefined;
	}),
	policy: change((edit, {table, chain, argument}) => {
		if (table === 'nat' && argument === 'DROP') throw natDrop();
		if (!builtinChains[table].includes(chain)) throw new IptablesError('Bad built-in chain name.', 1);
		if (argument !== 'ACCEPT' && argument !== 'DROP') throw new IptablesError("Bad policy name. Run `dmesg' for more information.", 1);
		needChain(edit, table, chain).policy = argument;
		return undefined;
	}),
	rename: change((edit, {table, chain, argument}, base) => {
		const row = needChain(edit, table, chain);
		if (edit.chain(table, argument)) throw new IptablesError('File exists.', 1);
		edit.create(table, argument).rules = row.rules;
		for (const name of [...builtinChains[table], ...edit.userChains(table)]) {
			if (!edit.rules(table, name).some(({spec}) => spec.jump === chain)) continue;
			const from = edit.chain(table, name)!;
			from.rules = from.rules.map(rule => (rule.spec.jump === chain ? {...rule, spec: leadingTo(argument, rule.spec, base.family)} : rule));
		}
		edit.remove(table, chain);
		return undefined;
	}),
	list(base, words) {
		const view = base.view(words.table) ?? emptyTable(words.table);
		const chains = words.chain === '' ? view.chains : view.chains.filter(chain => chain.name === words.chain);
		if (chains.length === 0)
			throw new IptablesError(`chain \`${words.chain}' in table \`${words.table}' is incompatible, use 'nft' tool.`, 1);
		if (words.number === undefined) return listChains(base, words.table, chains, words);
		const rules = chains[0]!.rules.slice(words.number - 1, words.number);
		return listChains(base, words.table, [{...chains[0]!, rules}], words)
			.split('\n')
			.slice(2)
			.join('\n');
	},
	'list-rules'(base, words) {
		const view = base.view(words.table) ?? emptyTable(words.table);
		const chains = words.chain === '' ? view.chains : view.chains.filter(chain => chain.name === words.chain);
		if (chains.length === 0)
			throw new IptablesError(`chain \`${words.chain}' in table \`${words.table}' is incompatible, use 'nft' tool.`, 1);
		const counts = (packets: number, bytes: number) => (words.verbose ? ` -c ${packets} ${bytes}` : '');
		const heads = chains.map(({name, policy, packets, bytes}) =>
			policy === '-' ? `-N ${name}\n` : `-P ${name} ${policy}${counts(packets, bytes)}\n`,
		);
		const rules = chains.flatMap(chain =>
			chain.rules.flatMap(({text, packets, bytes}, i) => {
				if (words.number !== undefined && words.number !== i + 1) return [];
				return `-A ${chain.name}${text === '' ? '' : ` ${withCounts(text, counts(packets, bytes))}`}\n`;
			}),
		);
		return [...(words.number === undefined ? heads : []), ...rules].join('');
	},
};

/** `-c` stands before the target. */
function withCounts(text: string, counts: string): string {
	if (counts === '') return text;
	const at = text.search(/(?:^| )-[jg] \S+[^"]*$/);
	return at < 0 ? `${text}${counts}` : `${text.slice(0, at)}${counts} ${text.slice(at).trimStart()}`.trimStart();
}

/** The same rule with another chain at its end. */
const leadingTo = (chain: string, {text, jump}: RuleSpec, family: 4 | 6): RuleSpec =>
	readRuleText(`${text.slice(0, text.length - jump!.length)}${chain}`, family).specs[0]!;

const emptyTable = (name: TableName) => ({
	name,
	chains: builtinChains[name].map(chain => ({name: chain, policy: 'ACCEPT' as const, packets: 0, bytes: 0, rules: []})),
});
