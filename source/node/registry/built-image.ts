import {type BaseEntry, createBaseTree} from '../../os/base-tree.js';
import type {Inode} from '../../os/inode.js';
import type {Layer} from '../../os/layer.js';
import {byteOrder} from '../../os/layer.js';
import type {Image, ImageVariant} from '../image/image.js';
import type {ImageLayer} from './image-config.js';
import {type BuiltImage, builtRepository} from './manifest.js';

const scratch: Image = {repository: builtRepository, tags: {}, tools: []};

/** The catalogue's shape of a built image. */
export function asImage(built: BuiltImage, base?: Image): {image: Image; variant: ImageVariant} {
	const {config} = built;
	const variant: ImageVariant = {
		sizeBytes: built.sizeBytes,
		entrypoint: config.entrypoint,
		command: config.command,
		env: config.env,
		workingDir: config.workingDir,
		user: config.user,
		ports: config.ports,
		files: {},
		stopSignal: config.stopSignal,
	};
	return {image: base ?? scratch, variant};
}

/** Layers over a tree, as one read-only tree. */
export function stackLayers(below: Layer, layers: readonly ImageLayer[]): Layer {
	return layers.reduce<Layer>((tree, layer) => overlay(tree, layer), below);
}

function overlay(below: Layer, {rows}: ImageLayer): Layer {
	const names = new Map<string, Set<string>>();
	for (const path of Object.keys(rows)) {
		const slash = path.lastIndexOf('/');
		const parent = slash <= 0 ? '/' : path.slice(0, slash);
		const name = path.slice(slash + 1);
		if (name === '') continue;
		const siblings = names.get(parent);
		if (siblings) siblings.add(name);
		else names.set(parent, new Set([name]));
	}

	const get = (path: string): Inode | undefined => {
		const row = rows[path];
		if (!row) return below.get(path);
		return row.type === 'whiteout' ? undefined : row;
	};
	return {
		get,
		children(path) {
			const own = names.get(path);
			const lower = below.children(path);
			if (!own) return lower;
			return [...new Set([...lower, ...own])].filter(name => get(path === '/' ? `/${name}` : `${path}/${name}`)).sort(byteOrder);
		},
	};
}

/** `FROM scratch`: what the runtime itself puts into every container. */
export const emptyTree = (): Layer =>
	createBaseTree({
		'/dev/null': device,
		'/dev/zero': device,
		'/dev/stdout': {symlink: '/proc/self/fd/1'},
		'/dev/stderr': {symlink: '/proc/self/fd/2'},
		'/etc': {folder: true},
		'/proc': {folder: true},
		'/sys': {folder: true, mode: 0o555},
	});

const device: BaseEntry = {device: true};
