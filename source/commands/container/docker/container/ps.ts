import {stateOf} from '../../../../node/engine/engine.js';
import type {PublishedPort, ContainerRecord} from '../../../../node/engine/model.js';
import {type Column, listRows} from '../format.js';
import {failure} from '../failure.js';
import {humanDuration, humanSize, quoted, shortId, truncated} from '../text.js';
import type {Call, Verb} from '../verb.js';
import {containerFilter} from './filter.js';
import {writtenBytes} from './changes.js';
import type {Engine} from '../../../../node/engine/docker.js';

interface Row {
	readonly record: ContainerRecord;
	readonly call: Call;
}

/** `Up 5 minutes (healthy)`, `Exited (0) 3 seconds ago`. */
export function statusText(engine: Engine, record: ContainerRecord, nowMs: number): string {
	const row = engine.containerd.row(record.id);
	const state = stateOf(record, row);
	const since = (ms: number | undefined) => humanDuration(nowMs - (ms ?? nowMs));
	if (state === 'paused') return `Up ${since(row?.startedMs)} (Paused)`;
	if (state === 'running') {
		const health = record.health ? ` (${record.health.status === 'starting' ? 'health: starting' : record.health.status})` : '';
		return `Up ${since(row?.startedMs)}${health}`;
	}

	if (state === 'restarting') return `Restarting (${row?.exitCode ?? 0}) ${since(row?.finishedMs)} ago`;
	if (state === 'exited' && row?.reason !== 'StartError') return `Exited (${row?.exitCode ?? 0}) ${since(row?.finishedMs)} ago`;
	return state === 'exited' || state === 'created' ? 'Created' : 'Dead';
}

/** `0.0.0.0:80->80/tcp, [::]:80->80/tcp` */
export function portsText({published, config}: ContainerRecord, isRunning: boolean): string {
	if (!isRunning) return '';
	const shown = (port: PublishedPort) => {
		const target = `${port.hostPort}->${port.containerPort}/${port.protocol}`;
		return port.hostAddress === '' ? [`0.0.0.0:${target}`, `[::]:${target}`] : [`${port.hostAddress}:${target}`];
	};
	const open = config.exposed.filter(text => !published.some(port => `${port.containerPort}/${port.protocol}` === text));
	return [...published.flatMap(shown), ...open].join(', ');
}

/** The command as docker shows it. */
export const commandText = ({config}: ContainerRecord, noTrunc: boolean): string => {
	const text = [...config.entrypoint, ...config.command].join(' ');
	return quoted(noTrunc ? text : truncated(text, 20));
};

export const containerColumns: readonly Column<Row>[] = [
	{title: 'CONTAINER ID', field: 'ID', cell: ({record, call}) => (call.values.bool('no-trunc') ? record.id : shortId(record.id))},
	{title: 'IMAGE', field: 'Image', cell: ({record, call}) => imageText(call.engine, record)},
	{title: 'COMMAND', field: 'Command', cell: ({record, call}) => commandText(record, call.values.bool('no-trunc'))},
	{title: 'CREATED', field: 'RunningFor', cell: ({record, call}) => `${humanDuration(call.nowMs - record.createdMs)} ago`},
	{title: 'STATUS', field: 'Status', cell: ({record, call}) => statusText(call.engine, record, call.nowMs)},
	{title: 'PORTS', field: 'Ports', cell: ({record, call}) => portsText(record, call.engine.containerd.row(record.id)?.state === 'running')},
	{title: 'NAMES', field: 'Names', cell: ({record}) => record.name},
	{title: 'SIZE', field: 'Size', cell: ({record, call}) => sizeText(call, record)},
	{title: 'STATE', field: 'State', cell: ({record, call}) => stateOf(record, call.engine.containerd.row(record.id))},
	{
		title: 'CREATED AT',
		field: 'CreatedAt',
		cell: ({record}) => `${new Date(record.createdMs).toISOString().slice(0, 19).replace('T', ' ')} +0000 UTC`,
	},
	{
		title: 'LABELS',
		field: 'Labels',
		cell: ({record}) =>
			Object.entries(record.config.labels)
				.map(([key, value]) => `${key}=${value}`)
				.join(','),
	},
	{title: 'MOUNTS', field: 'Mounts', cell: ({record}) => record.host.binds.map(bind => truncated(bind.source, 15)).join(',')},
	{
		title: 'LOCAL VOLUMES',
		field: 'LocalVolumes',
		cell: ({record}) => String(record.host.binds.filter(bind => bind.type === 'volume').length),
	},
	{title: 'NETWORKS', field: 'Networks', cell: ({record}) => Object.keys(record.endpoints).join(',') || record.host.network},
];

/** By its name, unless that has come to mean another image. */
function imageText(engine: Engine, {config}: ContainerRecord): string {
	const now = engine.images.find(config.image);
	return now && now.id !== config.imageId ? shortId(config.imageId) : config.image;
}

function sizeText({engine}: Call, record: ContainerRecord): string {
	const own = writtenBytes(engine, record.id);
	const image = engine.images.find(config(record))?.sizeBytes ?? 0;
	return `${humanSize(own)} (virtual ${humanSize(own + image)})`;
}

const config = ({config: {imageId}}: ContainerRecord) => imageId;

const alive = new Set(['running', 'paused', 'restarting']);

export const ps: Verb = {
	name: 'ps',
	aliases: ['container ls', 'container list', 'container ps'],
	summary: 'List containers',
	usage: '[OPTIONS]',
	options: [
		['all', 'bool', 'a'],
		['filter', 'list', 'f'],
		['format', 'string'],
		['last', 'int', 'n'],
		['latest', 'bool', 'l'],
		['no-trunc', 'bool'],
		['quiet', 'bool', 'q'],
		['size', 'bool', 's'],
	],
	arguments: [0, 0],
	*run(call) {
		const {engine, values} = call;
		const last = values.bool('latest') ? 1 : (values.int('last') ?? -1);
		const filters = values.list('filter');
		const every = values.bool('all') || last > 0 || filters.some(text => text.startsWith('status=') || text.startsWith('exited='));
		const matches = containerFilter(call, filters);
		const found = engine.containers
			.list()
			.filter(record => (every || alive.has(stateOf(record, engine.containerd.row(record.id)))) && matches(record));
		const rows = (last > 0 ? found.slice(0, last) : found).map(record => ({record, call}));
		if (values.bool('quiet')) {
			if (values.changed('format') && values.string('format') === '') throw failure('docker: empty format');
			for (const {record} of rows) call.out(`${values.bool('no-trunc') ? record.id : shortId(record.id)}\n`);
			return 0;
		}

		const shown = ['ID', 'Image', 'Command', 'RunningFor', 'Status', 'Ports', 'Names', ...(values.bool('size') ? ['Size'] : [])];
		call.out(listRows(rows, containerColumns, shown, values.string('format')));
		return 0;
	},
};
