import {EngineError, type ContainerRecord} from '../../../../node/engine/model.js';
import {visibleProcesses} from '../../../host/process/process-rows.js';
import {failure, notSimulated} from '../failure.js';
import {bytesOf, nanoCpus, restartPolicy} from '../run/values.js';
import {binarySize, shortId} from '../text.js';
import {listRows, type Column} from '../format.js';
import type {Call, Verb} from '../verb.js';
import {changesOf} from './changes.js';
import {eachContainer} from './each.js';

const running = ({engine}: Call, id: string) => engine.containerd.row(id)?.state === 'running';

export const diff: Verb = {
	name: 'diff',
	aliases: ['container diff'],
	summary: "Inspect changes to files or directories on a container's filesystem",
	usage: 'CONTAINER',
	options: [],
	arguments: [1, 1],
	*run({engine, args, out}) {
		for (const {kind, path} of changesOf(engine, engine.containers.get(args[0]!).id)) out(`${kind} ${path}\n`);
		return 0;
	},
};

export const port: Verb = {
	name: 'port',
	aliases: ['container port'],
	summary: 'List port mappings or a specific mapping for the container',
	usage: 'CONTAINER [PRIVATE_PORT[/PROTO]]',
	options: [],
	arguments: [1, 2],
	*run({engine, args, out}) {
		const {published} = engine.containers.get(args[0]!);
		const wanted = args[1] === undefined ? undefined : args[1].includes('/') ? args[1] : `${args[1]}/tcp`;
		const rows = published.filter(each => wanted === undefined || `${each.containerPort}/${each.protocol}` === wanted);
		if (wanted !== undefined && rows.length === 0) throw failure(`no public port '${wanted}' published for ${args[0]}`);
		for (const each of rows) {
			const places = each.hostAddress === '' ? ['0.0.0.0', '[::]'] : [each.hostAddress];
			for (const place of places)
				out(`${wanted === undefined ? `${each.containerPort}/${each.protocol} -> ` : ''}${place}:${each.hostPort}\n`);
		}

		return 0;
	},
};

export const rename: Verb = {
	name: 'rename',
	aliases: ['container rename'],
	summary: 'Rename a container',
	usage: 'CONTAINER NEW_NAME',
	options: [],
	arguments: [2, 2],
	*run({engine, args}) {
		engine.containers.rename(engine.containers.get(args[0]!), args[1]!);
		return 0;
	},
};

export const top: Verb = {
	name: 'top',
	aliases: ['container top'],
	summary: 'Display the running processes of a container',
	usage: 'CONTAINER [ps OPTIONS]',
	options: [],
	arguments: [1, Number.POSITIVE_INFINITY],
	stopAtArgument: true,
	*run(call) {
		const {engine, args, out, io} = call;
		const {id} = engine.containers.get(args[0]!);
		if (args.length > 1 && !['-ef', 'aux'].includes(args[1]!)) throw notSimulated(`docker top ${args[1]}`);
		if (!running(call, id)) throw new EngineError(`container ${id} is not running`);
		const rows = visibleProcesses(io.machine).filter(each => io.machine.processes.get(each.pid)?.container === id);
		const clock = (ms: number) => new Date(ms).toISOString().slice(11, 16);
		const fixed = rows.map(each => {
			const process = io.machine.processes.get(each.pid)!;
			return [process.user, String(each.pid), String(process.ppid), '0', clock(process.startedMs), '?', '00:00:00', process.argv.join(' ')];
		});
		out(columns(['UID', 'PID', 'PPID', 'C', 'STIME', 'TTY', 'TIME', 'CMD'], fixed));
		return 0;
	},
};

/** `docker top` pads with a tab writer of its own: at least twenty wide. */
function columns(titles: readonly string[], rows: readonly (readonly string[])[]): string {
	const widths = titles.map((title, index) => Math.max(20, ...[title, ...rows.map(row => row[index]!)].map(cell => cell.length + 3)));
	return [titles, ...rows]
		.map(row => `${row.map((cell, index) => (index === row.length - 1 ? cell : cell.padEnd(widths[index]!))).join('')}\n`)
		.join('');
}

export const update: Verb = {
	name: 'update',
	aliases: ['container update'],
	summary: 'Update configuration of one or more containers',
	usage: '[OPTIONS] CONTAINER [CONTAINER...]',
	options: [
		['blkio-weight', '!int'],
		['cpu-period', '!int'],
		['cpu-quota', '!int'],
		['cpu-shares', 'int', 'c'],
		['cpus', 'string'],
		['cpuset-cpus', '!string'],
		['cpuset-mems', '!string'],
		['memory', 'string', 'm'],
		['memory-reservation', '!string'],
		['memory-swap', 'string'],
		['pids-limit', '!int'],
		['restart', 'string'],
	],
	arguments: [1, Number.POSITIVE_INFINITY],
	*run(call) {
		const {values, path} = call;
		if (!['cpu-shares', 'cpus', 'memory', 'memory-swap', 'restart'].some(name => values.changed(name)))
			throw failure('you must provide one or more flags when using this command');
		const memory = values.changed('memory') ? bytesOf(path, '-m, --memory', values.string('memory')!) : undefined;
		const cpus = values.changed('cpus') ? nanoCpus(path, values.string('cpus')!) : undefined;
		const restart = values.changed('restart') ? restartPolicy(values.string('restart')) : undefined;
		return yield* eachContainer(call, ({id, host}) => {
			if (restart && restart.name !== 'no' && host.autoRemove)
				throw new EngineError(
					`Cannot update container ${id}: Restart policy cannot be updated because AutoRemove is enabled for the container`,
				);
			const shares = values.int('cpu-shares');
			call.engine.containers.change(id, {
				host: {
					...host,
					...(memory !== undefined && {memory}),
					...(cpus !== undefined && {nanoCpus: cpus}),
					...(restart && {restart}),
					...(shares !== undefined && {cpuShares: shares}),
				},
			});
		});
	},
};

interface Usage {
	readonly record: ContainerRecord;
	readonly bytes: number;
	readonly limit: number;
	readonly processes: number;
	readonly cpu: string;
}

const totals = 'MEM USAGE / LIMIT';
const statColumns: readonly Column<Usage>[] = [
	{title: 'CONTAINER ID', field: 'ID', cell: ({record}) => shortId(record.id)},
	{title: 'CONTAINER', field: 'Container', cell: ({record}) => shortId(record.id)},
	{title: 'NAME', field: 'Name', cell: ({record}) => record.name},
	{title: 'CPU %', field: 'CPUPerc', cell: ({cpu}) => cpu},
	{title: totals, field: 'MemUsage', cell: ({bytes, limit}) => `${binarySize(bytes)} / ${binarySize(limit)}`},
	{title: 'MEM %', field: 'MemPerc', cell: ({bytes, limit}) => `${((bytes / limit) * 100).toFixed(2)}%`},
	{title: 'NET I/O', field: 'NetIO', cell: () => '1.05kB / 0B'},
	{title: 'BLOCK I/O', field: 'BlockIO', cell: () => '0B / 0B'},
	{title: 'PIDS', field: 'PIDs', cell: ({processes}) => String(processes)},
];

export const stats: Verb = {
	name: 'stats',
	aliases: ['container stats'],
	summary: 'Display a live stream of container(s) resource usage statistics',
	usage: '[OPTIONS] [CONTAINER...]',
	options: [
		['all', 'bool', 'a'],
		['format', 'string'],
		['no-stream', 'bool'],
		['no-trunc', 'bool'],
	],
	arguments: [0, Number.POSITIVE_INFINITY],
	*run(call) {
		const {engine, args, values, io, out} = call;
		const show = () => {
			const records = args.length > 0 ? args.map(text => engine.containers.get(text)) : engine.containers.list();
			const rows = records
				.filter(record => args.length > 0 || values.bool('all') || running(call, record.id))
				.map(record => usageOf(call, record));
			return listRows(
				rows,
				statColumns,
				['ID', 'Name', 'CPUPerc', 'MemUsage', 'MemPerc', 'NetIO', 'BlockIO', 'PIDs'],
				values.string('format'),
			);
		};
		yield {sleepMs: 1000};
		out(show());
		while (!values.bool('no-stream') && !io.unattended) {
			yield {sleepMs: 1000};
			out(`\u001B[2J\u001B[H${show()}`);
		}

		return 0;
	},
};

function usageOf({engine, io}: Call, record: ContainerRecord): Usage {
	const pids = new Set(
		io.machine.processes
			.list()
			.filter(each => each.container === record.id)
			.map(each => each.pid),
	);
	const rows = visibleProcesses(io.machine).filter(each => pids.has(each.pid));
	const isRunning = engine.containerd.row(record.id)?.state === 'running';
	return {
		record,
		bytes: isRunning ? rows.reduce((sum, each) => sum + each.rssKib * 1024, 0) : 0,
		limit: record.host.memory || 3_880_412 * 1024,
		processes: rows.length,
		cpu: isRunning ? '0.02%' : '0.00%',
	};
}
