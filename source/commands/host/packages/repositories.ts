import type {Machine} from '../../../node/host/machine.js';
import type {Verb} from './request.js';

interface Repository {
	readonly id: string;
	readonly name: string;
	readonly enabled: boolean;
}

/** What the files of /etc/yum.repos.d define, by id. */
export function repositories({files}: Machine): readonly Repository[] {
	const texts = files
		.list('/etc/yum.repos.d')
		.filter(name => name.endsWith('.repo'))
		.map(name => files.readText(`/etc/yum.repos.d/${name}`));
	return texts
		.flatMap(text => text.split(/^(?=\[)/m))
		.filter(block => block.startsWith('['))
		.map(block => {
			const id = /^\[(.+?)\]/.exec(block)![1]!;
			return {id, name: /^name\s*=\s*(.*)$/m.exec(block)?.[1] ?? id, enabled: !/^enabled\s*=\s*0/m.test(block)};
		})
		.sort((a, b) => (a.id < b.id ? -1 : 1));
}

export const repolist: Verb = function* (io, {names}) {
	const all = names.includes('all') || names.includes('--all');
	const rows = repositories(io.machine).filter(({enabled}) => (names.includes('disabled') ? !enabled : all || enabled));
	const columns = [
		['repo id', 'repo name', ...(all ? ['status'] : [])],
		...rows.map(row => [row.id, row.name, ...(all ? [row.enabled ? 'enabled' : 'disabled'] : [])]),
	];
	const widths = columns[0]!.map((_, at) => Math.max(...columns.map(row => row[at]!.length)));
	// Where there is room, the ids take it.
	widths[0] = Math.max(widths[0]!, 34);
	for (const row of columns) io.out(`${row.map((cell, at) => (at === row.length - 1 ? cell : cell.padEnd(widths[at]!))).join(' ')}\n`);
	return 0;
};
