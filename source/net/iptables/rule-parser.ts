import {type Match, type ParsedRule, usageError} from './iptables.js';
import {readAddress, readProtocol} from './text.js';
import {matchKind} from './match/index.js';
import type {MatchKind, OptionSpec, TargetKind} from './match-kind.js';
import {checkOptions, readOption} from '../option-rules.js';
import {targetKind} from './target/index.js';
import {unsimulatedMatches, unsimulatedOptions, unsimulatedTargets} from '../unsimulated-extensions.js';

export interface RuleContext {
	readonly family: 4 | 6;
	/** Whether `-j NAME` may mean a chain. */
	chainExists(name: string): boolean;
}

type Negatable = {value: string; negated: boolean};

interface Draft {
	protocol?: Negatable;
	sources: Negatable[];
	destinations: Negatable[];
	inInterface?: Negatable;
	outInterface?: Negatable;
	matches: Array<{kind: MatchKind; options: Record<string, Negatable>}>;
	fragment?: {negated: boolean};
	target?: {name: string; goto: boolean; kind?: TargetKind; given: Record<string, string>};
	counters?: {packets: number; bytes: number};
}

export interface RuleWords {
	/** More than one when `-s a,b` was written. */
	readonly rules: readonly ParsedRule[];
	readonly counters?: {readonly packets: number; readonly bytes: number};
}

const shortNames: Readonly<Record<string, string>> = {
	'-p': 'protocol',
	'--protocol': 'protocol',
	'--proto': 'protocol',
	'-s': 'source',
	'--source': 'source',
	'--src': 'source',
	'-d': 'destination',
	'--destination': 'destination',
	'--dst': 'destination',
	'-i': 'in',
	'--in-interface': 'in',
	'-o': 'out',
	'--out-interface': 'out',
	'-m': 'match',
	'--match': 'match',
	'-j': 'jump',
	'--jump': 'jump',
	'-g': 'goto',
	'--goto': 'goto',
	'-c': 'counters',
	'--set-counters': 'counters',
	'-f': 'fragment',
	'--fragment': 'fragment',
};

/** Reads what stands after the chain's name. Any spelling goes in; the parsed form has one spelling only. */
export function parseRule(words: readonly string[], context: RuleContext): RuleWords {
	const draft: Draft = {sources: [], destinations: [], matches: []};
	let negated = false;
	for (let i = 0; i < words.length; ) {
		const word = words[i]!;
		if (word === '!') {
			if (negated) throw usageError('multiple consecutive ! not allowed');
			negated = true;
			i++;
			continue;
		}
		i = word in shortNames ? readCommon(draft, shortNames[word]!, words, i, negated, context) : readExtension(draft, words, i, negated);
		negated = false;
	}
	if (negated) throw usageError('nothing appropriate following !');
	return {rules: finish(draft, context), counters: draft.counters};
}

const argument = (words: readonly string[], i: number): string => {
	const value = words[i + 1];
	if (value === undefined) throw usageError(`option "${words[i]}" requires an argument`);
	return value;
};

function readCommon(draft: Draft, name: string, words: readonly string[], i: number, negated: boolean, context: RuleContext): number {
	if (name === 'fragment') {
		draft.fragment = {negated};
		return i + 1;
	}
	const value = argument(words, i);
	const letter = name[0]!;
	const refuseTwice = (standing: unknown) => {
		if (standing) throw usageError(`multiple -${letter} flags not allowed`);
	};
	const refuseNot = () => {
		if (negated) throw usageError(name === 'match' ? 'unexpected ! flag before --match' : `cannot have ! before -${letter}`);
	};
	switch (name) {
		case 'protocol':
			refuseTwice(draft.protocol);
			draft.protocol = {value: readProtocol(value), negated};
			if (draft.protocol.value === 'all' && negated) throw usageError('rule would never match protocol');
			break;
		case 'source':
		case 'destination': {
			const list = name === 'source' ? draft.sources : draft.destinations;
			refuseTwice(list.length > 0);
			const parts = value.split(',');
			if (negated && parts.length > 1) throw usageError(`! not allowed with multiple source or destination IP addresses`);
			for (const part of parts) list.push({value: readAddress(part, context.family), negated});
			break;
		}
		case 'in':
		case 'out': {
			const field = name === 'in' ? 'inInterface' : 'outInterface';
			refuseTwice(draft[field]);
			if (value === '') throw usageError('Empty interface is likely to be undesired');
			// A lone + is any interface.
			if (value === '+' && !negated) break;
			if (value.length > 15) throw usageError(`interface name \`${value}' must be shorter than IFNAMSIZ (15)`);
			draft[field] = {value, negated};
			break;
		}
		case 'match': {
			refuseNot();
			const kind = matchKind(value);
			if (!kind && unsimulatedMatches.has(value)) throw usageError(`kubelab: not simulated: iptables -m ${value}`);
			if (!kind) throw usageError(`Couldn't load match \`${value}':No such file or directory\n`);
			draft.matches.push({kind, options: {}});
			break;
		}
		case 'jump':
		case 'goto':
			refuseNot();
			refuseTwice(draft.target);
			if (unsimulatedTargets.has(value)) throw usageError(`kubelab: not simulated: iptables -j ${value}`);
			draft.target = {name: value, goto: name === 'goto', kind: name === 'jump' ? targetKind(value) : undefined, given: {}};
			if (!draft.target.kind && !context.chainExists(value)) throw usageError(`Chain '${value}' does not exist`);
			break;
		default: {
			const bytes = words[i + 2];
			if (bytes === undefined || bytes.startsWith('-')) throw usageError('-c requires packet and byte counter');
			if (!/^\d+$/.test(value) || !/^\d+$/.test(bytes ?? '')) throw usageError('-c packet counter not numeric');
			draft.counters = {packets: Number(value), bytes: Number(bytes)};
			return i + 3;
		}
	}
	return i + 2;
}

/** An option of a match or target that was named before; `-p tcp` brings the tcp match along without being asked. */
function readExtension(draft: Draft, words: readonly string[], i: number, negated: boolean): number {
	const word = words[i]!;
	if (!word.startsWith('-')) throw usageError(`Bad argument \`${word}'`);
	const unknown = () => usageError(`unknown option "${word}"`);
	if (!word.startsWith('--')) throw unknown();
	const wanted = word.slice(2);
	for (const match of [...draft.matches].reverse()) {
		const name = optionName(match.kind.options, wanted);
		if (name === undefined) continue;
		const spec = match.kind.options[name]!;
		if (negated && !spec.negatable) throw usageError(`unexpected ! flag before --${name}`);
		if (match.options[name]) throw usageError(spec.twice ?? `${match.kind.name}: option "--${name}" can only be used once.\n`);
		const [value, next] = readValue(words, i, spec, name);
		match.options[name] = {value: readOption(match.kind.name, name, spec, value), negated};
		return next;
	}
	const target = draft.target?.kind;
	const name = target && optionName(target.options, wanted);
	if (target && name !== undefined) {
		if (draft.target!.given[name] !== undefined) throw usageError(`${target.name}: option "--${name}" can only be used once.\n`);
		const spec = target.options[name]!;
		const [value, next] = readValue(words, i, spec, name);
		draft.target!.given[name] = readOption(target.name, name, spec, value);
		return next;
	}
	const implied = draft.protocol && matchKind(draft.protocol.value);
	if (implied && !draft.matches.some(match => match.kind === implied) && optionName(implied.options, wanted) !== undefined) {
		draft.matches.push({kind: implied, options: {}});
		return readExtension(draft, words, i, negated);
	}
	for (const name of [...draft.matches.map(match => match.kind.name), draft.protocol?.value ?? '']) {
		if (unsimulatedOptions[name]?.includes(wanted)) throw usageError(`kubelab: not simulated: iptables -m ${name} ${word}`);
	}
	throw unknown();
}

function optionName(specs: Readonly<Record<string, {aliases?: readonly string[]}>>, wanted: string): string | undefined {
	if (Object.hasOwn(specs, wanted)) return wanted;
	const names = Object.keys(specs);
	const alias = names.find(name => specs[name]!.aliases?.includes(wanted));
	if (alias !== undefined) return alias;
	// getopt_long takes any beginning that fits one option only: `--to` for `--to-destination`.
	const begun = names.filter(name => name.startsWith(wanted));
	return begun.length === 1 ? begun[0] : undefined;
}

function readValue(words: readonly string[], i: number, {words: count = 0, short}: OptionSpec, name: string): [string, number] {
	if (count === 0) return ['', i + 1];
	const values = words.slice(i + 1, i + 1 + count);
	if (count === 2 && short && (values.length < 2 || /^[-!]/.test(values[1]!))) throw usageError(short);
	if (values.length < count) throw usageError(`option "--${name}" requires an argument`);
	return [values.join(' '), i + 1 + count];
}

function finish(draft: Draft, context: RuleContext): ParsedRule[] {
	const {target, protocol} = draft;
	const matches: Match[] = draft.matches.map(({kind, options}) => {
		checkOptions(kind.name, kind.options, options);
		return {name: kind.name, options: kind.finish ? kind.finish(options, protocol) : options};
	});
	if (target?.kind) checkOptions(target.name, target.kind.options, target.given);
	const shared = {
		...(draft.protocol && draft.protocol.value !== 'all' && {protocol: draft.protocol}),
		...(draft.inInterface && {inInterface: draft.inInterface}),
		...(draft.outInterface && {outInterface: draft.outInterface}),
		...(draft.fragment && {fragment: draft.fragment}),
		matches,
		...(target && {
			target: {
				name: target.name,
				...(target.goto && {goto: true}),
				options: target.kind?.finish ? target.kind.finish(target.given, protocol) : target.given,
			},
		}),
	};
	const any = context.family === 6 ? '::/0' : '0.0.0.0/0';
	const each = (list: Negatable[]) =>
		list.length > 0 ? list.map(one => (one.value === any && !one.negated ? undefined : one)) : [undefined];
	return each(draft.sources).flatMap(source =>
		each(draft.destinations).map(destination => ({...(source && {source}), ...(destination && {destination}), ...shared})),
	);
}
