import {volumePath} from '../../../../node/engine/volume-data.js';
import {writtenBytes} from '../container/changes.js';
import {notSimulated} from '../failure.js';
import {pruneImages} from '../image/rmi.js';
import {pruneNetworks} from '../network/network.js';
import {humanSize, table} from '../text.js';
import type {Call, Verb} from '../verb.js';
import {bytesBelow, pruneVolumes} from '../volume/volume.js';

const part = (reclaimable: number, total: number) =>
	`${humanSize(reclaimable)}${total > 0 ? ` (${Math.floor((reclaimable / total) * 100)}%)` : ''}`;

function usage({engine, io}: Call): string {
	const records = engine.containers.list();
	const running = records.filter(each => engine.containerd.row(each.id)?.state === 'running');
	const images = [...new Map(engine.images.list().map(each => [each.id, each])).values()];
	const used = new Set(records.map(each => each.config.imageId));
	const sum = (list: readonly number[]) => list.reduce((total, each) => total + each, 0);
	const imageBytes = sum(images.map(each => each.sizeBytes));
	const freeImages = sum(images.filter(each => !used.has(each.id)).map(each => each.sizeBytes));
	const written = (list: typeof records) => sum(list.map(each => writtenBytes(engine, each.id)));
	const volumes = engine.volumes().map(({name}) => ({
		name,
		bytes: bytesBelow(io.machine.files, volumePath(name)),
		used: records.some(each => each.host.binds.some(bind => bind.source === name)),
	}));
	const volumeBytes = sum(volumes.map(each => each.bytes));
	const stopped = records.filter(each => !running.includes(each));
	return table(
		['TYPE', 'TOTAL', 'ACTIVE', 'SIZE', 'RECLAIMABLE'],
		[
			[
				'Images',
				String(images.length),
				String(images.filter(each => used.has(each.id)).length),
				humanSize(imageBytes),
				part(freeImages, imageBytes),
			],
			['Containers', String(records.length), String(running.length), humanSize(written(records)), part(written(stopped), written(records))],
			[
				'Local Volumes',
				String(volumes.length),
				String(volumes.filter(each => each.used).length),
				humanSize(volumeBytes),
				part(sum(volumes.filter(each => !each.used).map(each => each.bytes)), volumeBytes),
			],
			['Build Cache', '0', '0', '0B', '0B'],
		],
	);
}

export const df: Verb = {
	name: 'system df',
	summary: 'Show docker disk usage',
	usage: '[OPTIONS]',
	options: [
		['format', '!string'],
		['verbose', '!bool', 'v'],
	],
	arguments: [0, 0],
	*run(call) {
		call.out(usage(call));
		return 0;
	},
};

export const systemPrune: Verb = {
	name: 'system prune',
	summary: 'Remove unused data',
	usage: '[OPTIONS]',
	options: [
		['all', 'bool', 'a'],
		['filter', 'list'],
		['force', 'bool', 'f'],
		['volumes', 'bool'],
	],
	arguments: [0, 0],
	*run(call) {
		const {engine, values, out} = call;
		if (values.list('filter').length > 0) throw notSimulated('docker system prune --filter');
		const all = values.bool('all');
		if (!values.bool('force')) {
			const parts = [
				'all stopped containers',
				'all networks not used by at least one container',
				...(values.bool('volumes') ? ['all anonymous volumes not used by at least one container'] : []),
				all ? 'all images without at least one container associated to them' : 'all dangling images',
				all ? 'all build cache' : 'unused build cache',
			];
			out(`WARNING! This will remove:\n${parts.map(text => `  - ${text}\n`).join('')}\nAre you sure you want to continue? [y/N] `);
			const answer: string | undefined = yield {read: 'line'};
			if (!/^y$/i.test(answer?.trim() ?? '')) return 0;
		}

		const gone = engine.containers.list().filter(record => engine.containerd.row(record.id)?.state !== 'running');
		for (const record of gone) engine.containers.remove(record);
		if (gone.length > 0) out(`Deleted Containers:\n${gone.map(record => `${record.id}\n`).join('')}\n`);
		out(pruneNetworks(call));
		if (values.bool('volumes')) out(pruneVolumes(call, false).replace(/Total reclaimed space:.*\n$/, ''));
		out(pruneImages(call, all));
		return 0;
	},
};
