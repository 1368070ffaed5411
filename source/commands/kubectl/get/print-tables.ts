import {groupResource} from '../../../api/kind.js';
import {printTable, type Table, type TableOptions} from '../output/table.js';
import type {Call} from '../verb.js';
import type {Answer} from './answers.js';
import {checkTables, sortRows} from './sort.js';

/** Tables of several kinds stand below each other, with a blank line between and the kind before each name. */
export function printTables(call: Call, answers: readonly Answer[]): string {
	const withKind = call.flags.bool('show-kind') || new Set(answers.map(({kind}) => groupResource(kind))).size > 1;
	const tables = call.flags.bool('server-print') ? answers.map(({table}) => table!) : [];
	checkTables(tables, call.flags.string('sort-by'));
	let out = '';
	for (const group of neighbours(answers)) {
		const [{kind}] = group as [Answer];
		const table = sortRows(call.session, joined(group), call.flags.string('sort-by'));
		if (!table) continue;
		const text = printTable(table, {
			...tableOptions(call, kind.namespaced),
			...(withKind && {kindPrefix: kind.kind.toLowerCase() + (kind.group ? `.${kind.group}` : '')}),
		});
		if (text === '') continue;
		out += (out !== '' && !call.flags.bool('no-headers') ? '\n' : '') + text;
	}

	return out;
}

export function tableOptions({flags}: Call, namespaced: boolean): TableOptions {
	return {
		wide: flags.string('output') === 'wide',
		noHeaders: flags.bool('no-headers'),
		withNamespace: flags.bool('all-namespaces') && namespaced,
		showLabels: flags.bool('show-labels'),
		labelColumns: flags.list('label-columns'),
	};
}

/** Answers of one kind in a row are one table. */
function neighbours(answers: readonly Answer[]): Answer[][] {
	const groups: Answer[][] = [];
	for (const answer of answers) {
		if (groups.at(-1)?.[0]?.kind === answer.kind) groups.at(-1)!.push(answer);
		else groups.push([answer]);
	}

	return groups;
}

const joined = (group: readonly Answer[]): Table => ({
	columnDefinitions: group[0]!.table!.columnDefinitions,
	rows: group.length === 1 ? group[0]!.table!.rows : group.flatMap(answer => answer.table!.rows),
});
