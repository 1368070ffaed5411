import {IptablesError, type TableName, usageError} from './iptables.js';
import {builtinChains, type Edit, type EditedChain} from './table.js';
import type {HookName} from '../flow.js';
import {matchKind} from './match/index.js';
import type {Place} from './match-kind.js';
import type {RuleSpec} from './rule-spec.js';
import {targetKind} from './target/index.js';

/** What a rule's spelling cannot tell: that the chain it jumps to and the sets it asks exist, and that its target may stand there. */
export function checkRule(edit: Edit, chain: EditedChain, spec: RuleSpec, setExists: (name: string) => boolean): void {
	const {jump, sets} = spec;
	checkDevices(chain.name, spec);
	if (jump !== undefined) {
		if (builtinChains[chain.table].includes(jump)) throw refused('Operation not supported', chain);
		if (!edit.exists(chain.table, jump)) throw noSuchChain(jump);
		if (leadsTo(edit, chain.table, jump, chain.name)) throw refused('Too many links', chain);
	}
	for (const set of sets ?? []) if (!setExists(set)) throw usageError(`Set ${set} doesn't exist.\n`);
	for (const {name, options} of spec.parsed.matches) {
		const why = matchKind(name)!.refusedAs?.(options);
		if (why) throw refused(why, chain);
	}
	const hook = builtinChains[chain.table].includes(chain.name) ? (chain.name as HookName) : undefined;
	if (isMisplaced(spec, {table: chain.table, ...(hook && {hook})})) throw refused('Invalid argument', chain);
}

/** A match or target that the kernel does not take there. */
function isMisplaced({jump, parsed}: RuleSpec, place: Place): boolean {
	const {matches, target} = parsed;
	if (matches.some(({name, options}) => matchKind(name)!.refused?.(options, place))) return true;
	const kind = jump === undefined && target ? targetKind(target.name) : undefined;
	if (!kind) return false;
	if (kind.tables && !kind.tables.includes(place.table)) return true;
	if (place.hook && kind.hooks && !kind.hooks.includes(place.hook)) return true;
	return kind.refused?.(target!.options, parsed) ?? false;
}

const refused = (why: string, {name}: EditedChain) => new IptablesError(`RULE_APPEND failed (${why}): rule in chain ${name}`, 4);

export const noSuchChain = (name: string): IptablesError => usageError(`Chain '${name}' does not exist`);

const withoutOut = ['PREROUTING', 'INPUT'];
const withoutIn = ['OUTPUT', 'POSTROUTING'];

/** Where a packet has no device yet, or none any more, the tool lets nobody ask for one. */
export function checkDevices(chain: string, {parsed}: RuleSpec): void {
	const letter =
		parsed.outInterface && withoutOut.includes(chain) ? 'o' : parsed.inInterface && withoutIn.includes(chain) ? 'i' : undefined;
	if (letter) throw usageError(`Can't use -${letter} with ${chain}\n`);
}

/** Whether a jump to `from` could come back to `to`: the kernel refuses circles. */
function leadsTo(edit: Edit, table: TableName, from: string, to: string): boolean {
	if (from === to) return true;
	if (builtinChains[table].includes(to) || !edit.isReferenced(table, to)) return false;
	const seen = new Set<string>([from]);
	for (const name of seen) {
		for (const {spec} of edit.rules(table, name)) {
			if (spec.jump === to) return true;
			if (spec.jump !== undefined) seen.add(spec.jump);
		}
	}
	return false;
}
