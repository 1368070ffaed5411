import {inPrefix, parseIpv4, parsePrefix} from '../address.js';
import type {Flow} from '../flow.js';
import type {TableName} from './iptables.js';
import type {ChainRow, RuleBase} from './table.js';
import {matchKind} from './match/index.js';
import type {Asked, Verdict} from './match-kind.js';
import {indexKeys, type RuleSpec} from './rule-spec.js';
import {targetKind} from './target/index.js';
import type {Recorder} from '../trace.js';
import {recallWalk} from './walk-memory.js';
import {takeNotes, type WalkNotes} from './walk-notes.js';

export interface Decision {
	readonly verdict: 'ACCEPT' | 'DROP' | 'REJECT';
	/** The rule that decided against the packet, in words. */
	readonly by?: string;
}

interface CompiledRule {
	readonly test: (flow: Flow) => boolean;
	/** Absent: a rule that only counts. */
	readonly act?: (flow: Flow) => Verdict;
	readonly jump?: string;
	readonly goto: boolean;
	/** What its matches ask of a packet; absent: more than can be remembered. */
	readonly asked: Asked | undefined;
	/** What it does is to decide, or to mark. */
	readonly plain: boolean;
}

const accepted: Decision = {verdict: 'ACCEPT'};

/** As nftables' NFT_JUMP_STACK_SIZE. */
const depthMax = 16;

const compiledRules = new WeakMap<RuleSpec, CompiledRule>();
const chainIndexes = new WeakMap<ChainRow, ChainIndex>();

/** Sends the packet through one built-in chain and what it jumps to. */
export function walkTable(base: RuleBase, table: TableName, flow: Flow, recorder: Recorder | undefined): Decision {
	const first = base.chain(table, flow.hook);
	if (!first) return accepted;
	if (first.rules.length === 0) return policy(first, table, flow, recorder);
	// Whoever records wants to see each step.
	if (recorder) return walkChains(base, first, flow, recorder);
	const known = recallWalk(base, first, flow);
	if (known) {
		base.countAll(known.counted, flow.packet.length);
		if (known.marked !== flow.packet.mark) flow.packet = {...flow.packet, mark: known.marked};
		return accepted;
	}
	const notes = takeNotes(base, flow);
	const decision = walkChains(base, first, flow, undefined, notes);
	if (decision.verdict === 'ACCEPT') notes.keep();
	return decision;
}

function walkChains(base: RuleBase, first: ChainRow, flow: Flow, recorder: Recorder | undefined, notes?: WalkNotes): Decision {
	const {table} = first;
	const frames: Frame[] = [frameOf(first, flow, notes)];
	for (let frame = frames.at(-1); frame; frame = frames.at(-1)) {
		const number = nextRule(frame);
		if (number < 0) {
			frames.pop();
			continue;
		}
		const row = frame.chain.rules[number]!;
		const rule = compile(row.spec);
		notes?.ask(rule.asked, row.spec.sets);
		if (!rule.test(flow)) continue;
		notes?.count(row.id, rule.plain);
		base.count(row.id, flow.packet.length);
		const before = flow.packet;
		const verdict = rule.act?.(flow) ?? 'CONTINUE';
		const shown = rule.jump ?? (rule.act ? row.spec.parsed.target!.name : '');
		recorder?.({
			where: flow.kernel.name,
			hook: flow.hook,
			table,
			chain: frame.chain.name,
			rule: number + 1,
			text: row.spec.text,
			verdict: shown,
			before,
			...(flow.packet !== before && {after: flow.packet}),
		});
		if (verdict === 'ACCEPT') return accepted;
		if (verdict === 'DROP' || verdict === 'REJECT') {
			return {verdict, by: `${flow.kernel.name}: iptables ${table} ${frame.chain.name} rule ${number + 1}: ${row.spec.text}`};
		}
		if (verdict === 'RETURN') frames.pop();
		else if (rule.jump !== undefined) {
			const next = base.chain(table, rule.jump);
			if (!next || frames.length >= depthMax)
				return {verdict: 'DROP', by: `${flow.kernel.name}: iptables ${table} ${frame.chain.name}: chains jump too deep`};
			if (rule.goto) frames.pop();
			frames.push(frameOf(next, flow, notes));
		}
	}
	return policy(first, table, flow, recorder);
}

function policy(chain: ChainRow, table: TableName, flow: Flow, recorder: Recorder | undefined): Decision {
	// The nf_tables back end keeps no counters for policies: iptables-save prints [0:0].
	recorder?.({
		where: flow.kernel.name,
		hook: flow.hook,
		table,
		chain: chain.name,
		verdict: chain.policy,
		note: 'policy',
		before: flow.packet,
	});
	return chain.policy === 'DROP'
		? {verdict: 'DROP', by: `${flow.kernel.name}: iptables ${table} ${chain.name} policy DROP`}
		: {verdict: 'ACCEPT'};
}

interface Frame {
	readonly chain: ChainRow;
	/** Rule numbers worth looking at, ascending; absent: all. */
	readonly candidates?: readonly number[];
	at: number;
}

const nextRule = (frame: Frame): number => {
	const i = frame.at++;
	if (frame.candidates) return i < frame.candidates.length ? frame.candidates[i]! : -1;
	return i < frame.chain.rules.length ? i : -1;
};

/** Chains longer than this are looked up by what most of their rules name exactly. */
const indexFrom = 12;

interface ChainIndex {
	readonly byKey: Map<string, number[]>;
	/** Rules that ask for nothing exactly. */
	readonly rest: number[];
	/** Destination ports that rules ask for, ascending. */
	readonly ports: readonly number[];
}

function frameOf(chain: ChainRow, flow: Flow, notes: WalkNotes | undefined): Frame {
	if (chain.rules.length < indexFrom) {
		notes?.enter(chain);
		return {chain, at: 0};
	}
	let index = chainIndexes.get(chain);
	if (!index) chainIndexes.set(chain, (index = buildIndex(chain)));
	notes?.enter(chain, index.ports);
	const lists = indexKeys(flow).flatMap(key => index.byKey.get(key) ?? []);
	const candidates = lists.length === 0 ? index.rest : [...index.rest, ...lists].sort((a, b) => a - b);
	return {chain, candidates, at: 0};
}

function buildIndex(chain: ChainRow): ChainIndex {
	const byKey = new Map<string, number[]>();
	const rest: number[] = [];
	for (const [number, {spec}] of chain.rules.entries()) {
		const list = spec.index === undefined ? rest : byKey.get(spec.index);
		if (list) list.push(number);
		else byKey.set(spec.index!, [number]);
	}
	const ports = [...byKey.keys()].flatMap(key => (key.startsWith('p') ? Number(key.slice(1)) : [])).sort((a, b) => a - b);
	return {byKey, rest, ports};
}

function compile(spec: RuleSpec): CompiledRule {
	let rule = compiledRules.get(spec);
	if (rule) return rule;
	const {parsed} = spec;
	const tests: Array<(flow: Flow) => boolean> = [];
	const asked: Array<Asked | undefined> = [];
	if (parsed.protocol) {
		const {value, negated} = parsed.protocol;
		tests.push(flow => (flow.packet.protocol === value) !== negated);
	}
	if (parsed.source) tests.push(addressTest(parsed.source, 'source'));
	if (parsed.destination) tests.push(addressTest(parsed.destination, 'destination'));
	if (parsed.inInterface) tests.push(linkTest(parsed.inInterface, 'inLink'));
	if (parsed.outInterface) tests.push(linkTest(parsed.outInterface, 'outLink'));
	if (parsed.fragment && !parsed.fragment.negated) tests.push(() => false);
	for (const {name, options} of parsed.matches) {
		if (name === 'comment') continue;
		const kind = matchKind(name)!;
		tests.push(kind.compile(options, spec.text));
		asked.push(kind.asks?.(options));
	}
	const {target} = parsed;
	const kind = target && !target.goto ? targetKind(target.name) : undefined;
	rule = {
		test: allOf(tests),
		act: kind?.compile(target!.options),
		jump: target && !kind ? target.name : undefined,
		goto: target?.goto ?? false,
		asked: together(asked),
		plain: !kind || kind.plain === true,
	};
	compiledRules.set(spec, rule);
	return rule;
}

const together = (asked: ReadonlyArray<Asked | undefined>): Asked | undefined =>
	asked.every(each => each !== undefined)
		? {ports: asked.flatMap(each => each.ports ?? []), ...(asked.some(each => each.flags) && {flags: true})}
		: undefined;

function allOf(tests: Array<(flow: Flow) => boolean>): (flow: Flow) => boolean {
	const [first, second] = tests;
	if (!first) return () => true;
	if (!second) return first;
	return flow => {
		for (const test of tests) if (!test(flow)) return false;
		return true;
	};
}

interface Wanted {
	readonly value: string;
	readonly negated: boolean;
}

function addressTest({value, negated}: Wanted, side: 'source' | 'destination'): (flow: Flow) => boolean {
	if (value.endsWith('/32')) {
		const address = value.slice(0, -3);
		return flow => (flow.packet[side] === address) !== negated;
	}
	const prefix = parsePrefix(value);
	return flow => (prefix !== undefined && inPrefix(parseIpv4(flow.packet[side]) ?? 0, prefix)) !== negated;
}

function linkTest({value, negated}: Wanted, side: 'inLink' | 'outLink'): (flow: Flow) => boolean {
	if (!value.endsWith('+')) return flow => (flow[side] === value) !== negated;
	const start = value.slice(0, -1);
	return flow => flow[side].startsWith(start) !== negated;
}
