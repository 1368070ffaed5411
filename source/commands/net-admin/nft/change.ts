import type {Edit} from '../../../net/iptables/table.js';
import {builtinChains} from '../../../net/iptables/table.js';
import type {TableName} from '../../../net/iptables/iptables.js';
import type {ToolIo} from '../tool.js';
import {baseOf, families, type Family, missing, type Place, tablesOf} from './place.js';

/** `flush` and `delete`: of the whole rule set, a table, a chain. */
export function change(io: ToolIo, verb: string, what: string, place: Place): number {
	if (what === 'ruleset') {
		for (const family of families) {
			if (place.family === undefined || place.family === family) {
				for (const table of tablesOf(io, family)) edit(io, family, draft => removeTable(draft, table));
			}
		}

		return 0;
	}

	const {family = 'ip', chain} = place;
	const table = tablesOf(io, family).find(each => each === place.table);
	const base = baseOf(io, family);
	if (!table || (chain !== undefined && !base.chain(table, chain))) throw missing(place);
	if (chain === undefined) edit(io, family, draft => (verb === 'flush' ? empty : removeTable)(draft, table));
	else if (verb === 'flush') edit(io, family, draft => void (draft.chain(table, chain)!.rules = []));
	else if (base.references(table, chain) > 0 || base.chain(table, chain)!.rules.length > 0 || builtinChains[table].includes(chain))
		throw missing(place, 'Could not process rule: Device or resource busy');
	else edit(io, family, draft => draft.remove(table, chain));
	return 0;
}

const edit = (io: ToolIo, family: Family, how: (draft: Edit) => void): void => baseOf(io, family).edit(how);

const chainsOf = (draft: Edit, table: TableName) => [...builtinChains[table], ...draft.userChains(table)];

function empty(draft: Edit, table: TableName): void {
	for (const name of chainsOf(draft, table)) draft.chain(table, name)!.rules = [];
}

function removeTable(draft: Edit, table: TableName): void {
	empty(draft, table);
	for (const name of chainsOf(draft, table)) draft.remove(table, name);
}
