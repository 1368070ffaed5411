import {createHash} from 'node:crypto';
import {fullName} from '../../../../node/engine/images.js';
import {configOf} from '../../../../node/registry/content.js';
import {parseReference} from '../../../../node/image/image-reference.js';
import {failure} from '../failure.js';
import {applyChange} from '../build/change.js';
import type {Verb} from '../verb.js';
import {writtenRows} from './changes.js';
import type {HistoryEntry, ImageConfig, ImageLayer, LayerRow} from '../../../../node/registry/image-config.js';
import {type BuiltImage, imageIdOf, manifestOf, type Manifest, type ResolvedImage} from '../../../../node/registry/manifest.js';
import type {Engine} from '../../../../node/engine/docker.js';
import type {ContainerRecord} from '../../../../node/engine/model.js';

/** Files that the engine itself mounts never belong to an image. */
const mounted = ['/etc/hosts', '/etc/hostname', '/etc/resolv.conf', '/proc', '/dev', '/sys'];
const belongs = (path: string) => !mounted.some(each => path === each || path.startsWith(`${each}/`));

export function layerOf(rows: ReadonlyArray<readonly [string, LayerRow]>): ImageLayer {
	const kept = rows.filter(([path]) => belongs(path)).sort(([a], [b]) => (a < b ? -1 : 1));
	return {
		rows: Object.fromEntries(kept),
		sizeBytes: kept.reduce((sum, [, row]) => sum + ('size' in row && row.type === 'file' ? row.size : 0), 0),
	};
}

interface NewImage {
	/** What it stands on; undefined: nothing. */
	readonly parent?: ResolvedImage;
	readonly rows: ReadonlyArray<readonly [string, LayerRow]>;
	readonly config: ImageConfig;
	readonly createdBy: string;
	readonly comment: string;
	readonly nowMs: number;
	/** Steps that write no files add no layer. */
	readonly isEmpty?: boolean;
}

/** Keeps a new image: its parent's layers and one more. The id follows from what is in it. */
export function keepImage(engine: Engine, {parent, rows, config, createdBy, comment, nowMs, isEmpty = false}: NewImage): Manifest {
	const layer = layerOf(rows);
	const before = parent;
	const hash = (value: unknown) => createHash('sha256').update(JSON.stringify(value)).digest('hex');
	const layerId = hash([layer.rows, before && imageIdOf(before)]);
	const layers = [...(before?.built?.layers ?? []), ...(isEmpty ? [] : [layerId])];
	const base = before?.built ? before.built.base : before && manifestOf(before);
	const entry: HistoryEntry = {createdMs: nowMs, createdBy, comment, sizeBytes: isEmpty ? 0 : layer.sizeBytes, empty: isEmpty};
	const history = [...(before?.built?.history ?? []), entry];
	const image: BuiltImage = {
		id: hash([base, layers, config, history]),
		...(base && {base}),
		layers,
		config,
		history,
		createdMs: nowMs,
		sizeBytes: Math.ceil((before ? before.variant.sizeBytes : 0) + layer.sizeBytes * 0.4),
		...(before && {parent: imageIdOf(before)}),
	};
	return engine.registries.keep(image, isEmpty ? {} : {[layerId]: layer});
}

export function commitContainer(
	engine: Engine,
	record: ContainerRecord,
	changes: readonly string[],
	options: {author?: string; message?: string; nowMs: number},
): Manifest {
	const parent = engine.images.find(record.config.imageId);
	const own = parent ? configOf(parent.resolved) : undefined;
	const base: ImageConfig = {
		...(own ?? {ports: [], labels: {}, volumes: [], onBuild: []}),
		entrypoint: record.config.entrypoint,
		command: record.config.command,
		env: record.config.env,
		labels: record.config.labels,
		ports: record.config.exposed,
		...(record.config.workingDir && {workingDir: record.config.workingDir}),
		...(record.config.user && {user: record.config.user}),
		...(options.author && {author: options.author}),
	};
	const config = changes.reduce(applyChange, base);
	return keepImage(engine, {
		...(parent && {parent: parent.resolved}),
		rows: writtenRows(engine, record.id),
		config,
		createdBy: [...record.config.entrypoint, ...record.config.command].join(' '),
		comment: options.message ?? '',
		nowMs: options.nowMs,
	});
}

export const commit: Verb = {
	name: 'commit',
	aliases: ['container commit'],
	summary: "Create a new image from a container's changes",
	usage: '[OPTIONS] CONTAINER [REPOSITORY[:TAG]]',
	options: [
		['author', 'string', 'a'],
		['change', 'list', 'c'],
		['message', 'string', 'm'],
		['pause', 'bool', 'p'],
	],
	arguments: [1, 2],
	*run({engine, args, values, out, nowMs}) {
		const record = engine.containers.get(args[0]!);
		const name = args[1];
		if (name !== undefined) {
			const reference = parseReference(name);
			if ('error' in reference) throw failure(reference.error);
		}

		const manifest = commitContainer(engine, record, values.list('change'), {
			author: values.string('author'),
			message: values.string('message'),
			nowMs,
		});
		const image = engine.images.put(name === undefined ? '' : fullName(name), manifest);
		engine.event('container', 'commit', record.id, {comment: values.string('message') ?? '', imageRef: name ?? ''});
		out(`${image.id}\n`);
		return 0;
	},
};
