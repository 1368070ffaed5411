import {IptablesError, type TableName} from './iptables.js';
import {builtinChains, type Edit, type EditedChain} from './iptables-table.js';
import {usageError} from './match-kind.js';
import type {RuleSpec} from './rule-spec.js';
import {targetKind} from './target/index.js';

/** What a rule's spelling cannot tell: that the chain it jumps to and the sets it asks exist, and that its target may stand there. */
export function checkRule(edit: Edit, chain: EditedChain, spec: RuleSpec, setExists: (name: string) => boolean): void {
	const {jump, sets} = spec;
	if (jump !== undefined) {
		if (!edit.exists(chain.table, jump) || builtinChains[chain.table].includes(jump)) throw usageError(`Chain '${jump}' does not exist`);
		if (leadsTo(edit, chain.table, jump, chain.name))
			throw new IptablesError(`RULE_APPEND failed (Too many links): rule in chain ${chain.name}`, 4);
		if (!sets) return;
	}
	for (const set of sets ?? []) if (!setExists(set)) throw usageError(`Set ${set} doesn't exist.\n`);
	const kind = jump === undefined && spec.parsed.target ? targetKind(spec.parsed.target.name) : undefined;
	if (!kind?.tables && !kind?.hooks) return;
	const isBuiltin = builtinChains[chain.table].includes(chain.name);
	const misplaced = (kind.tables && !kind.tables.includes(chain.table)) || (isBuiltin && kind.hooks && !kind.hooks.includes(chain.name));
	if (misplaced) throw new IptablesError(`RULE_APPEND failed (Invalid argument): rule in chain ${chain.name}`, 4);
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
