import {IptablesError} from './iptables.js';
import {builtinChains, type Edit, type EditedChain} from './iptables-table.js';
import {usageError} from './match-kind.js';
import type {RuleSpec} from './rule-spec.js';
import {targetKind} from './target/index.js';

/** What a rule's spelling cannot tell: that the chain it jumps to and the sets it asks exist, and that its target may stand there. */
export function checkRule(edit: Edit, chain: EditedChain, spec: RuleSpec, setExists: (name: string) => boolean): void {
	const {jump, sets} = spec;
	if (jump !== undefined) {
		if (!edit.exists(chain.table, jump) || builtinChains[chain.table].includes(jump)) throw usageError(`Chain '${jump}' does not exist`);
		if (!sets) return;
	}
	for (const set of sets ?? []) if (!setExists(set)) throw usageError(`Set ${set} doesn't exist.\n`);
	const kind = jump === undefined && spec.parsed.target ? targetKind(spec.parsed.target.name) : undefined;
	if (!kind?.tables && !kind?.hooks) return;
	const isBuiltin = builtinChains[chain.table].includes(chain.name);
	const misplaced = (kind.tables && !kind.tables.includes(chain.table)) || (isBuiltin && kind.hooks && !kind.hooks.includes(chain.name));
	if (misplaced) throw new IptablesError(`RULE_APPEND failed (Invalid argument): rule in chain ${chain.name}`, 4);
}
