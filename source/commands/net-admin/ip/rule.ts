import type {Namespace} from '../../../net/namespace.js';
import type {PolicyRule} from '../../../net/policy-rule.js';
import {lookup} from '../lookup.js';
import {IpFailure, NotSimulated} from './failure.js';
import {jsonText} from './json.js';
import type {IpOptions} from './print.js';
import {ruleJson, ruleText} from './rule-text.js';
import {ruleWords} from './rule-words.js';

const verbs = {
	add: 'add',
	append: 'add',
	delete: 'del',
	flush: 'flush',
	save: 'save',
	restore: 'restore',
	help: 'help',
} as const;

/** `ip rule`: which table is asked for which packet. */
export function ipRule(stack: Namespace, words: readonly string[], options: IpOptions): string {
	const [verb = 'show', ...rest] = words;
	// Nobody makes rules for IPv6 here: there are those of the kernel.
	if (options.family === 6 && words.length <= 1 && /^(?:sh.*|l.*)?$/.test(verb))
		return '0:\tfrom all lookup local\n32766:\tfrom all lookup main\n';
	if (options.family === 6) throw new NotSimulated('ip -6 rule');
	if ('show'.startsWith(verb) || 'list'.startsWith(verb) || verb === 'lst') return list(stack, rest, options);
	const known = Object.keys(verbs).find(each => each.startsWith(verb));
	const kind = known && lookup(verbs, known);
	if (kind === 'add') return add(stack, rest, options);
	if (kind === 'del') return remove(stack, rest, options);
	if (kind === 'flush') return flush(stack, rest, options);
	if (kind) throw new NotSimulated(`ip rule ${verb}`);
	throw new IpFailure(255, `Command "${verb}" is unknown, try "ip rule help".`);
}

function add({policy}: Namespace, words: readonly string[], {tables}: IpOptions): string {
	if (words.length === 0) throw new IpFailure(1, '"ip rule add" requires arguments.');
	const {priority, ...given} = ruleWords(words, tables, 'add');
	const standing = policy.list();
	// One before the second rule, as the kernel chooses (fib_default_rule_pref).
	const rule = {...given, priority: priority ?? Math.max(0, (standing[1]?.priority ?? 1) - 1)};
	if (!rule.action && rule.table === undefined) Object.assign(rule, {table: 254});
	if (standing.some(each => fits(each, rule) && fits(rule, each))) throw new IpFailure(2, 'RTNETLINK answers: File exists');
	policy.set([...standing, rule]);
	return '';
}

function remove({policy}: Namespace, words: readonly string[], {tables}: IpOptions): string {
	if (words.length === 0) throw new IpFailure(1, '"ip rule del" requires arguments.');
	const wanted = ruleWords(words, tables, 'del');
	const standing = policy.list();
	const at = standing.findIndex(each => fits(each, wanted));
	if (at === -1) throw new IpFailure(2, 'RTNETLINK answers: No such file or directory');
	policy.set(standing.toSpliced(at, 1));
	return '';
}

/** All that the words choose, except the rule that finds this machine's own addresses. */
function flush({policy}: Namespace, words: readonly string[], {tables}: IpOptions): string {
	const wanted = ruleWords(words, tables, 'show');
	policy.set(policy.list().filter(each => each.priority === 0 || !fits(each, wanted)));
	return '';
}

function list({policy, links}: Namespace, words: readonly string[], options: IpOptions): string {
	const wanted = ruleWords(words, options.tables, 'show');
	const shown = policy.list().filter(each => fits(each, wanted));
	const isGone = (link: string) => links.get(link) === undefined;
	if (options.json)
		return jsonText(
			shown.map(each => ruleJson(each, options.tables, isGone)),
			options,
		);
	return shown.map(each => ruleText(each, options.tables, isGone)).join('');
}

/** Whether a rule says all that is wanted; it may say more. */
function fits(rule: PolicyRule, wanted: Partial<PolicyRule>): boolean {
	return Object.entries(wanted).every(([field, value]) => String(rule[field as keyof PolicyRule] ?? '') === String(value ?? ''));
}
