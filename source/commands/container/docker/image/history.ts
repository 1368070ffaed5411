import {unpackedSize} from '../../../../node/engine/images.js';
import {configOf, layersOf} from '../../../../node/registry/content.js';
import {createdOf} from '../../../../node/engine/images.js';
import {type Column, listRows} from '../format.js';
import {goTime, humanDuration, humanSize, shortId, truncated} from '../text.js';
import type {Call, Verb} from '../verb.js';
import {imageIdOf, type ResolvedImage} from '../../../../node/registry/manifest.js';
import type {LocalImage} from '../../../../node/engine/docker.js';

interface Row {
	readonly id: string;
	readonly createdMs: number;
	readonly createdBy: string;
	readonly sizeBytes: number;
	readonly comment: string;
	readonly call: Call;
}

const columns: readonly Column<Row>[] = [
	{title: 'IMAGE', field: 'ID', cell: ({id, call}) => (id === '' ? '<missing>' : call.values.bool('no-trunc') ? id : shortId(id))},
	{
		title: 'CREATED',
		field: 'CreatedSince',
		cell: ({createdMs, call}) =>
			call.values.string('human') === 'false' ? goTime(createdMs) : `${humanDuration(call.nowMs - createdMs)} ago`,
	},
	{
		title: 'CREATED BY',
		field: 'CreatedBy',
		cell: ({createdBy, call}) => (call.values.bool('no-trunc') ? createdBy : truncated(createdBy, 45)),
	},
	{
		title: 'SIZE',
		field: 'Size',
		cell: ({sizeBytes, call}) => (call.values.string('human') === 'false' ? String(sizeBytes) : humanSize(sizeBytes)),
	},
	{title: 'COMMENT', field: 'Comment', cell: ({comment}) => comment},
	{title: 'CREATED AT', field: 'CreatedAt', cell: ({createdMs}) => goTime(createdMs)},
];

const list = (words: readonly string[]) => JSON.stringify(words).replaceAll('","', '" "');

/** How an image of the catalogue must have been made: what its configuration says, over its layers. */
function catalogueHistory(resolved: ResolvedImage, call: Call): Omit<Row, 'id'>[] {
	const config = configOf(resolved);
	const common = {createdMs: createdOf(resolved), comment: 'buildkit.dockerfile.v0', sizeBytes: 0, call};
	const total = unpackedSize(resolved);
	const layers = layersOf(resolved);
	const share = (bytes: number) =>
		Math.floor(
			(bytes /
				Math.max(
					1,
					layers.reduce((sum, layer) => sum + layer.sizeBytes, 0),
				)) *
				total,
		);
	const steps: Omit<Row, 'id'>[] = [];
	for (const [index, layer] of layers.entries())
		steps.push({
			...common,
			sizeBytes: share(layer.sizeBytes),
			createdBy: index === 0 ? `ADD rootfs.tar.xz / # ${layer.digest.slice(7, 19)}` : `COPY ${layer.digest.slice(7, 19)} / # buildkit`,
		});
	for (const [name, value] of Object.entries(config.env)) if (name !== 'PATH') steps.push({...common, createdBy: `ENV ${name}=${value}`});
	if (config.workingDir) steps.push({...common, createdBy: `WORKDIR ${config.workingDir}`});
	if (config.entrypoint.length > 0) steps.push({...common, createdBy: `ENTRYPOINT ${list(config.entrypoint)}`});
	if (config.ports.length > 0) steps.push({...common, createdBy: `EXPOSE map[${config.ports.map(port => `${port}:{}`).join(' ')}]`});
	if (config.stopSignal) steps.push({...common, createdBy: `STOPSIGNAL ${config.stopSignal}`});
	if (config.command.length > 0) steps.push({...common, createdBy: `CMD ${list(config.command)}`});
	return steps;
}

function rowsOf({id, resolved}: LocalImage, call: Call): Row[] {
	const {built, base} = resolved;
	const below = built ? (base ? catalogueHistory(base, call) : []) : catalogueHistory(resolved, call);
	const own = (built?.history ?? []).map(({createdMs, createdBy, sizeBytes, comment}) => ({
		createdMs,
		createdBy,
		sizeBytes,
		comment,
		call,
	}));
	const steps = [...below, ...own].reverse();
	const baseAt = base && call.engine.images.find(imageIdOf(base)) ? own.length : -1;
	return steps.map((step, index) => ({...step, id: index === 0 ? id : index === baseAt ? imageIdOf(base!) : ''}));
}

export const history: Verb = {
	name: 'history',
	aliases: ['image history'],
	summary: 'Show the history of an image',
	usage: '[OPTIONS] IMAGE',
	options: [
		['format', 'string'],
		['human', 'bool', 'H'],
		['no-trunc', 'bool'],
		['platform', '!string'],
		['quiet', 'bool', 'q'],
	],
	arguments: [1, 1],
	*run(call) {
		const rows = rowsOf(call.engine.images.get(call.args[0]!), call);
		if (call.values.bool('quiet')) {
			for (const row of rows) call.out(`${columns[0]!.cell(row)}\n`);
			return 0;
		}

		call.out(listRows(rows, columns, ['ID', 'CreatedSince', 'CreatedBy', 'Size', 'Comment'], call.values.string('format')));
		return 0;
	},
};
