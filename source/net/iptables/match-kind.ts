import type {Flow, HookName} from '../flow.js';
import type {Match, ParsedRule} from './iptables.js';

export type MatchOptions = Match['options'];

export interface OptionSpec {
	/** How many words follow; 0 when absent. */
	readonly words?: 0 | 1 | 2;
	readonly negatable?: boolean;
	readonly aliases?: readonly string[];
	/** It must be there. */
	readonly needed?: true;
	/** What may not stand beside it, and what must. */
	readonly without?: readonly string[];
	readonly with?: readonly string[];
	/** It is a whole number between these. */
	readonly range?: readonly [min: number, max: number];
	/** What is said when it stands twice or lacks one of two words, where the extension has words of its own. */
	readonly twice?: string;
	readonly short?: string;
	/** Checks one value and gives the spelling that iptables-save prints. `kind` is the extension's name. */
	readonly read?: (value: string, option: string, kind: string) => string;
}

/** Where a rule is to stand. The hook is absent in a chain of the user. */
export interface Place {
	readonly table: string;
	readonly hook?: HookName;
}

/** What of a packet decides, beside its addresses, devices and mark, the state of its connection, and the machine's own addresses and routes. */
export interface Asked {
	readonly ports?: readonly PortAsked[];
	/** Flags of a TCP segment. */
	readonly flags?: true;
}

/** Whether a port is between two others, or, together with what else is in the packet, in an ipset where this part of an entry is a port. */
export type PortAsked = {readonly side: 'source' | 'destination'} & (
	| {readonly low: number; readonly high: number}
	| {readonly set: {readonly name: string; readonly at: number}}
);

/** An `-m` extension: how it is written, printed and decided. */
export interface MatchKind {
	readonly name: string;
	/** By long name, in the order in which iptables-save prints them. */
	readonly options: Readonly<Record<string, OptionSpec>>;
	/** Defaults for what was left out; throws for what must be there. */
	finish?(options: MatchOptions, protocol: Match['options'][string] | undefined): MatchOptions;
	/** Whether the kernel refuses there what the tool has taken. */
	refused?(options: MatchOptions, place: Place): boolean;
	/** The same, anywhere, with the kernel's word for it. */
	refusedAs?(options: MatchOptions): string | undefined;
	/** What stands after `-m NAME`; absent: every option that was given, in order. */
	save?(options: MatchOptions): string;
	/** Text in `iptables -L`. */
	list(options: MatchOptions, numeric: boolean): string;
	/** So that the same answer can be given to the next such packet unasked; absent: more decides than can be remembered. */
	asks?(options: MatchOptions): Asked | undefined;
	/** `text` tells rules with a memory of their own apart. */
	compile(options: MatchOptions, text: string): (flow: Flow) => boolean;
}

export type TargetOptions = Readonly<Record<string, string | number | boolean>>;
export type Verdict = 'ACCEPT' | 'DROP' | 'RETURN' | 'CONTINUE' | 'REJECT';

/** A `-j` extension. */
export interface TargetKind {
	readonly name: string;
	readonly options: Readonly<Record<string, OptionSpec>>;
	/** Tables and hooks it may stand in; absent: all. */
	readonly tables?: readonly string[];
	readonly hooks?: readonly string[];
	/** From the words given to what is kept. */
	finish?(given: Readonly<Record<string, string>>, protocol: Match['options'][string] | undefined): TargetOptions;
	/** Whether the kernel refuses it in this rule. */
	refused?(options: TargetOptions, rule: ParsedRule): boolean;
	save?(options: TargetOptions): string;
	list(options: TargetOptions): string;
	/** It does nothing but decide, or change the packet's mark. */
	readonly plain?: true;
	compile(options: TargetOptions): (flow: Flow) => Verdict;
}

export const not = (option: {readonly negated: boolean} | undefined): string => (option?.negated ? '! ' : '');

/** ` --name value` for each option that was given. */
export function saveGiven(options: MatchOptions, specs: Readonly<Record<string, OptionSpec>>): string {
	return Object.keys(specs)
		.filter(name => options[name])
		.map(name => ` ${not(options[name])}--${name}${options[name]!.value === '' ? '' : ` ${options[name]!.value}`}`)
		.join('');
}
