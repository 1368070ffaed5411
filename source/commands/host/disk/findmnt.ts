import type {Machine} from '../../../node/host/machine.js';
import {type MountRow, mountRows} from '../../../node/host/mount-rows.js';
import type {Command, Io} from '../../../shell/command.js';
import {type ArgumentSpec, type Arguments, parseArguments, refuse} from '../arguments.js';
import {type Column, chosen, smartTable} from './smart-table.js';

const options: ArgumentSpec = {
	flags: 'alnr',
	values: 'otOTSM',
	long: {
		...{all: '=a', list: '=l', noheadings: '=n', raw: '=r', output: '=o', types: '=t', options: '=O'},
		...{target: '=T', source: '=S', mountpoint: '=M'},
	},
};

const columns: readonly Column<Row>[] = [
	{name: 'TARGET', value: ({mount}) => mount.path},
	{name: 'SOURCE', value: ({mount}) => mount.source},
	{name: 'FSTYPE', value: ({mount}) => mount.type},
	{name: 'OPTIONS', value: ({mount}) => mount.options},
	{name: 'SIZE', right: true, value: ({mount}) => `${mount.sizeKib}K`},
];

interface Row {
	readonly mount: MountRow;
	readonly branch: string;
}

/** The mount that a path lies on, itself left out. */
function parentOf(mount: MountRow, all: readonly MountRow[]): MountRow | undefined {
	return all
		.filter(each => each !== mount && (each.path === '/' || mount.path.startsWith(`${each.path}/`)))
		.reduce<MountRow | undefined>((best, each) => (best && best.path.length > each.path.length ? best : each), undefined);
}

function below(parent: MountRow | undefined, all: readonly MountRow[], indent = ''): Row[] {
	const own = all.filter(each => parentOf(each, all) === parent);
	return own.flatMap((mount, index) => {
		const isLast = index === own.length - 1;
		const branch = parent ? indent + (isLast ? '└─' : '├─') : '';
		return [{mount, branch}, ...below(mount, all, parent ? `${indent}${isLast ? '  ' : '│ '}` : '')];
	});
}

/** What the options and up to two operands (a source, a mount point) leave. */
function wanted(io: Io<Machine>, args: Arguments): readonly MountRow[] {
	const all = mountRows(io.machine);
	const types = args.value('t')?.split(',');
	const asked = args.value('O')?.split(',') ?? [];
	const [first, second] = args.operands;
	const target = args.value('M') ?? second;
	const source = args.value('S') ?? (second === undefined ? undefined : first);
	const either = second === undefined ? first : undefined;
	const path = args.value('T') === undefined ? undefined : io.path(args.value('T')!);
	const holder = path === undefined ? undefined : all.filter(({path: at}) => at === '/' || path === at || path.startsWith(`${at}/`)).at(-1);
	return all.filter(
		mount =>
			(types === undefined || types.includes(mount.type)) &&
			asked.every(option => mount.options.split(',').includes(option)) &&
			(either === undefined || mount.path === io.path(either) || mount.source === either) &&
			(target === undefined || mount.path === io.path(target)) &&
			(source === undefined || mount.source === source) &&
			(path === undefined || mount === holder),
	);
}

export const findmnt: Command<Machine> = {
	name: 'findmnt',
	summary: 'find what is mounted',
	*run(io) {
		const args = parseArguments(io.argv.slice(1), options);
		if (args.problem) return refuse(io, args.problem);
		const shown = chosen(columns, ['TARGET', 'SOURCE', 'FSTYPE', 'OPTIONS'], args.value('o'));
		if ('unknown' in shown) {
			io.err(`findmnt: unknown column: ${shown.unknown}\n`);
			return 1;
		}

		const mounts = wanted(io, args);
		if (mounts.length === 0) return 1;
		const isTree = mounts.length > 1 && !args.has('l') && !args.has('r');
		const rows = isTree ? below(undefined, mounts) : mounts.map(mount => ({mount, branch: ''}));
		io.out(smartTable(shown, rows, {headless: args.has('n'), raw: args.has('r')}, row => row.branch));
		return 0;
	},
};
