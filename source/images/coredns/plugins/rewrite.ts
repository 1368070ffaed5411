import {fqdn} from '../names.js';
import type {Answer, Plugin} from '../plugin.js';

interface Rule {
	readonly match: 'exact' | 'prefix' | 'suffix' | 'substring' | 'regex';
	readonly from: string;
	readonly to: string;
	/** Names in the answer go back to what was asked. */
	readonly answerAuto: boolean;
	readonly go: 'stop' | 'continue';
}

const matches = ['exact', 'prefix', 'suffix', 'substring', 'regex'] as const;

/** `rewrite name ...`: asks the rest of the chain for another name. */
const rewrite: Plugin<readonly Rule[]> = {
	name: 'rewrite',
	setup: (directives, setup) =>
		directives.flatMap(({args, block, line}) => {
			const lines = block ? block.map(({words}) => [...args, ...words]) : [args];
			const words = block ? lines.flat() : args;
			return [readRule(words, text => setup.error(line, text))];
		}),
	serve(rules, query, _, next) {
		let name = query.name;
		let back = false;
		for (const rule of rules) {
			const changed = apply(rule, name);
			if (changed === undefined) continue;
			name = changed;
			back ||= rule.answerAuto;
			if (rule.go === 'stop') break;
		}

		if (name === query.name) return next(query);
		const answer = next({...query, name, originalName: name});
		return restoreNames(answer, name, query.originalName, back);
	},
};

function readRule(words: readonly string[], fail: (text: string) => never): Rule {
	const rest = [...words];
	const go = rest[0] === 'stop' || rest[0] === 'continue' ? (rest.shift() as Rule['go']) : 'stop';
	const field = rest.shift();
	if (field !== 'name')
		fail(field ? `kubelab: not simulated: rewrite ${field}` : "Wrong argument count or unexpected line ending after 'rewrite'");
	const match = matches.includes(rest[0] as Rule['match']) ? (rest.shift() as Rule['match']) : 'exact';
	const [from, to, answer, mode] = rest;
	if (!from || !to) fail(`too few arguments for a name rule`);
	if (answer !== undefined && (answer !== 'answer' || mode !== 'auto')) fail(`kubelab: not simulated: rewrite name ... ${answer}`);
	const lower = from!.toLowerCase();
	return {
		match,
		from: match === 'exact' ? fqdn(lower) : match === 'regex' ? from! : lower,
		to: to!.toLowerCase(),
		answerAuto: answer === 'answer',
		go,
	};
}

function apply({match, from, to}: Rule, name: string): string | undefined {
	if (match === 'exact') return name === from ? fqdn(to) : undefined;
	if (match === 'prefix') return name.startsWith(from) ? to + name.slice(from.length) : undefined;
	if (match === 'substring') return name.includes(from) ? name.replaceAll(from, to) : undefined;
	if (match === 'suffix') {
		const [dotted, target] = [fqdn(from), fqdn(to)];
		return name.endsWith(dotted) ? name.slice(0, -dotted.length) + target : undefined;
	}

	const found = new RegExp(from).exec(name);
	return found ? fqdn(to.replaceAll(/\{(\d+)\}/g, (_, group) => found[Number(group)] ?? '')) : undefined;
}

/** An exact rule always answers under the asked name; the others keep what came, unless `answer auto` says otherwise. */
function restoreNames(answer: Answer, asked: string, original: string, back: boolean): Answer {
	const rename = (name: string) => (name === asked ? original : name);
	const answers = answer.answers.map(record => ({
		...record,
		name: rename(record.name),
		...(back && record.type === 'CNAME' && {data: rename(record.data)}),
	}));
	return {...answer, answers};
}

export default rewrite;
