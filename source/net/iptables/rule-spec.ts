import {Interned} from '../../sim/interned.js';
import {Remembered} from '../../sim/remembered.js';
import type {Flow} from '../flow.js';
import type {ParsedRule} from './iptables.js';
import {unpack} from './getopt.js';
import {quoteText, splitWords} from './text.js';
import {parseRule} from './rule-parser.js';
import {printRule} from './rule-print.js';
import {targetKind} from './target/index.js';

/** A rule without a place: its printed spelling and its parsed form. Shared by all chains and machines that have the same rule. */
export interface RuleSpec {
	readonly text: string;
	readonly parsed: ParsedRule;
	/** Chain of the same table that it jumps or goes to. */
	readonly jump?: string;
	/** What a packet must have for the rule to be worth asking, as `indexKeys` names it. */
	readonly index?: string;
	/** Names of the ipsets that it asks. */
	readonly sets?: readonly string[];
}

export interface ReadRules {
	readonly specs: readonly RuleSpec[];
	readonly counters?: {readonly packets: number; readonly bytes: number};
}

/** kube-proxy writes the same thousands of lines at every sync: a rule that stands in some chain is not parsed again. */
const known = {4: new Interned<RuleSpec>(), 6: new Interned<RuleSpec>()};

/** Reads the text after `-A CHAIN `. Whether a jump's chain exists is for the caller to check. */
export function readRuleText(text: string, family: 4 | 6): ReadRules {
	const spec = known[family].get(text);
	if (spec) return {specs: [spec]};
	const read = readTagged(text, family) ?? readRuleWords(splitWords(text), family);
	if (read.specs.length === 1 && !read.counters) known[family].set(text, read.specs[0]!);
	return read;
}

/** Calico begins each rule with a comment of its own; the rest is the same for every pod, and is read once. */
const tag = /^-m comment --comment "([\w:]+)" /;
type Tagged = {readonly word: string; readonly read: ReadRules};
const untagged = {4: new Remembered<Tagged>(1000), 6: new Remembered<Tagged>(1000)};

function readTagged(text: string, family: 4 | 6): ReadRules | undefined {
	const [begin, word] = tag.exec(text) ?? [];
	if (begin === undefined || word === undefined) return undefined;
	const rest = text.slice(begin.length);
	const alike = untagged[family].get(rest);
	if (alike) return {...alike.read, specs: alike.read.specs.map(spec => retagged(spec, alike.word, word))};
	const read = readRuleWords(splitWords(text), family);
	untagged[family].set(rest, {word, read});
	return read;
}

/** The first comment is the tag, in the rule as in its spelling. */
function retagged(spec: RuleSpec, from: string, to: string): RuleSpec {
	const matches = [...spec.parsed.matches];
	const at = matches.findIndex(({name}) => name === 'comment');
	matches[at] = {name: 'comment', options: {comment: {value: to, negated: false}}};
	return {
		...spec,
		text: spec.text.replace(`--comment ${quoteText(from)}`, () => `--comment ${quoteText(to)}`),
		parsed: {...spec.parsed, matches},
	};
}

export function readRuleWords(words: readonly string[], family: 4 | 6): ReadRules {
	const {rules, counters} = parseRule(unpack(words), {family, chainExists: () => true});
	return {specs: rules.map(specOf), ...(counters && {counters})};
}

function specOf(parsed: ParsedRule): RuleSpec {
	const {target, matches} = parsed;
	const sets = [...new Set(matches.flatMap(match => (match.name === 'set' ? match.options['match-set']!.value.split(' ')[0]! : [])))];
	return {
		text: printRule(parsed),
		parsed,
		...(target && (target.goto || !targetKind(target.name)) && {jump: target.name}),
		...(sets.length > 0 && {sets}),
		...indexOf(parsed),
	};
}

/** One exact thing that the rule asks for: destination, port or device. */
function indexOf({destination, inInterface, outInterface, matches}: ParsedRule): {index?: string} {
	if (destination && !destination.negated && destination.value.endsWith('/32')) return {index: `d${destination.value.slice(0, -3)}`};
	const port = matches.find(match => match.name === 'tcp' || match.name === 'udp')?.options['dport'];
	if (port && !port.negated && !port.value.includes(':')) return {index: `p${port.value}`};
	if (inInterface && !inInterface.negated && !inInterface.value.endsWith('+')) return {index: `i${inInterface.value}`};
	if (outInterface && !outInterface.negated && !outInterface.value.endsWith('+')) return {index: `o${outInterface.value}`};
	return {};
}

/** The keys under which a packet's rules may stand. */
export const indexKeys = ({packet, inLink, outLink}: Flow): string[] => [
	`d${packet.destination}`,
	`p${packet.destinationPort}`,
	`i${inLink}`,
	`o${outLink}`,
];
