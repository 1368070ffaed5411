import type {ParsedRule} from './iptables.js';
import {splitWords} from './iptables-text.js';
import {parseRule} from './rule-parser.js';
import {printRule} from './rule-print.js';

/** A rule without a place: its printed spelling and its parsed form. Shared by all chains and machines that have the same rule. */
export interface RuleSpec {
	readonly text: string;
	readonly parsed: ParsedRule;
}

export interface ReadRules {
	readonly specs: readonly RuleSpec[];
	readonly counters?: {readonly packets: number; readonly bytes: number};
}

/** kube-proxy writes the same thousands of lines at every sync: what was read once is not parsed again. */
const memoMax = 200_000;
const memo = {4: new Map<string, ReadRules>(), 6: new Map<string, ReadRules>()};

/** Reads the text after `-A CHAIN `. Whether a jump's chain exists is for the caller to check. */
export function readRuleText(text: string, family: 4 | 6): ReadRules {
	const known = memo[family].get(text);
	if (known) return known;
	const read = readRuleWords(splitWords(text), family);
	if (memo[family].size >= memoMax) memo[family].clear();
	memo[family].set(text, read);
	return read;
}

export function readRuleWords(words: readonly string[], family: 4 | 6): ReadRules {
	const {rules, counters} = parseRule(words, {family, chainExists: () => true});
	return {specs: rules.map(parsed => ({text: printRule(parsed), parsed})), ...(counters && {counters})};
}
