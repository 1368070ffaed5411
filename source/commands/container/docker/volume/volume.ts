import {EngineError, type VolumeRecord} from '../../../../node/engine/model.js';
import {volumePath} from '../../../../node/engine/volume-data.js';
import type {Files} from '../../../../os/files.js';
import {join} from '../../../../os/layer.js';
import {hasLabel, parseFilters} from '../container/filter.js';
import {fromDaemon, notSimulated, silent} from '../failure.js';
import {type Column, listRows} from '../format.js';
import {pairs} from '../run/values.js';
import {humanSize} from '../text.js';
import type {Call, Verb} from '../verb.js';

const columns: readonly Column<VolumeRecord>[] = [
	{title: 'DRIVER', field: 'Driver', cell: () => 'local'},
	{title: 'VOLUME NAME', field: 'Name', cell: ({name}) => name},
	{title: 'SCOPE', field: 'Scope', cell: () => 'local'},
	{title: 'MOUNTPOINT', field: 'Mountpoint', cell: ({name}) => volumePath(name)},
	{
		title: 'LABELS',
		field: 'Labels',
		cell: ({labels}) =>
			Object.entries(labels)
				.map(([key, value]) => `${key}=${value}`)
				.join(','),
	},
];

const usersOf = ({engine}: Call, name: string) =>
	engine.containers.list().filter(record => record.host.binds.some(bind => bind.type === 'volume' && bind.source === name));

const list: Verb = {
	name: 'volume ls',
	aliases: ['volume list'],
	summary: 'List volumes',
	usage: '[OPTIONS]',
	options: [
		['cluster', '!bool'],
		['filter', 'list', 'f'],
		['format', 'string'],
		['quiet', 'bool', 'q'],
	],
	arguments: [0, 0],
	*run(call) {
		const filters = parseFilters(call.values.list('filter'), ['dangling', 'driver', 'label', 'name']);
		const tests: Readonly<Record<string, (volume: VolumeRecord, value: string) => boolean>> = {
			dangling: ({name}, value) => (usersOf(call, name).length === 0) === (value === 'true' || value === '1'),
			driver: (_, value) => value === 'local',
			label: ({labels}, value) => hasLabel(labels, value),
			name: ({name}, value) => name.includes(value),
		};
		const rows = call.engine
			.volumes()
			.filter(volume => [...filters].every(([key, values]) => values.some(value => tests[key]!(volume, value))));
		if (call.values.bool('quiet')) for (const {name} of rows) call.out(`${name}\n`);
		else call.out(listRows(rows, columns, ['Driver', 'Name'], call.values.string('format')));
		return 0;
	},
};

const create: Verb = {
	name: 'volume create',
	summary: 'Create a volume',
	usage: '[OPTIONS] [VOLUME]',
	options: [
		['driver', 'string', 'd'],
		['label', 'list'],
		['name', 'string'],
		['opt', '!list', 'o'],
	],
	arguments: [0, 1],
	*run({engine, args, values, io, nowMs, out}) {
		const driver = values.string('driver') ?? 'local';
		if (driver !== 'local')
			throw new EngineError(`create ${args[0] ?? ''}: error looking up volume plugin ${driver}: plugin "${driver}" not found`);
		const named = args[0] ?? values.string('name');
		const name = named ?? io.machine.sim.random.fork(`docker/${io.machine.name}/volumes`).hex(64);
		if (!/^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/.test(name))
			throw new EngineError(
				`create ${name}: "${name}" includes invalid characters for a local volume name, only "[a-zA-Z0-9][a-zA-Z0-9_.-]" are allowed. If you intended to pass a host directory, use absolute path`,
			);
		if (!engine.volumes().some(each => each.name === name)) {
			engine.putVolume({name, labels: pairs(values.list('label')), anonymous: named === undefined, createdMs: nowMs});
			io.machine.files.makeFolder(volumePath(name), {recursive: true});
			engine.event('volume', 'create', name, {driver});
		}

		out(`${name}\n`);
		return 0;
	},
};

function removeVolume(call: Call, name: string): void {
	const {engine, io} = call;
	if (!engine.volumes().some(each => each.name === name)) throw new EngineError(`get ${name}: no such volume`);
	const users = usersOf(call, name);
	if (users.length > 0) throw new EngineError(`remove ${name}: volume is in use - [${users.map(each => each.id).join(', ')}]`);
	engine.removeVolume(name);
	io.machine.files.remove(`/var/lib/docker/volumes/${name}`, {recursive: true, force: true});
	engine.event('volume', 'destroy', name, {driver: 'local'});
}

const remove: Verb = {
	name: 'volume rm',
	aliases: ['volume remove'],
	summary: 'Remove one or more volumes',
	usage: '[OPTIONS] VOLUME [VOLUME...]',
	options: [['force', 'bool', 'f']],
	arguments: [1, Number.POSITIVE_INFINITY],
	*run(call) {
		let failed = false;
		for (const name of call.args) {
			try {
				removeVolume(call, name);
				call.out(`${name}\n`);
			} catch (error) {
				if (!(error instanceof EngineError)) throw error;
				if (call.values.bool('force') && error.message.endsWith('no such volume')) {
					call.out(`${name}\n`);
					continue;
				}

				call.err(`${fromDaemon(error.message)}\n`);
				failed = true;
			}
		}

		if (failed) throw silent(1);
		return 0;
	},
};

export const bytesBelow = (files: Files, path: string): number => {
	if (!files.exists(path)) return 0;
	const stat = files.lstat(path);
	return stat.type === 'folder' ? files.list(path).reduce((sum, name) => sum + bytesBelow(files, join(path, name)), 0) : stat.size;
};

/** Volumes that no container has: anonymous ones, or all. */
export function pruneVolumes(call: Call, all: boolean): string {
	const gone = call.engine.volumes().filter(volume => (all || volume.anonymous) && usersOf(call, volume.name).length === 0);
	const bytes = gone.reduce((sum, {name}) => sum + bytesBelow(call.io.machine.files, volumePath(name)), 0);
	for (const {name} of gone) removeVolume(call, name);
	return `${gone.length > 0 ? `Deleted Volumes:\n${gone.map(({name}) => `${name}\n`).join('')}\n` : ''}Total reclaimed space: ${humanSize(bytes)}\n`;
}

const prune: Verb = {
	name: 'volume prune',
	summary: 'Remove unused local volumes',
	usage: '[OPTIONS]',
	options: [
		['all', 'bool', 'a'],
		['filter', 'list'],
		['force', 'bool', 'f'],
	],
	arguments: [0, 0],
	*run(call) {
		const {values, out} = call;
		if (values.list('filter').length > 0) throw notSimulated('docker volume prune --filter');
		if (!values.bool('force')) {
			out(
				`WARNING! This will remove ${values.bool('all') ? 'all' : 'anonymous'} local volumes not used by at least one container.\nAre you sure you want to continue? [y/N] `,
			);
			const answer: string | undefined = yield {read: 'line'};
			if (!/^y$/i.test(answer?.trim() ?? '')) return 0;
		}

		out(pruneVolumes(call, values.bool('all')));
		return 0;
	},
};

export const volumes: readonly Verb[] = [list, create, remove, prune];
