import {type BaseEntry, createBaseTree} from '../../os/base-tree.js';
import type {Inode} from '../../os/inode.js';
import type {Layer} from '../../os/layer.js';
import {byteOrder} from '../../os/layer.js';
import type {Image, ImageVariant} from '../image.js';
import type {Manifest} from './manifest.js';

/** What one step of a build changed: entries, and marks where something was taken away. */
export type LayerRow = Inode | {readonly type: 'whiteout'};

export interface ImageLayer {
	readonly rows: Readonly<Record<string, LayerRow>>;
	readonly sizeBytes: number;
}

export interface HistoryEntry {
	readonly createdMs: number;
	/** `RUN /bin/sh -c ...`, as `docker history` prints it. */
	readonly createdBy: string;
	readonly sizeBytes: number;
	readonly comment: string;
	readonly empty: boolean;
}

/** What an image says about the containers made from it, besides their files. */
export interface ImageConfig {
	readonly entrypoint: readonly string[];
	readonly command: readonly string[];
	readonly env: Readonly<Record<string, string>>;
	readonly workingDir?: string;
	readonly user?: string;
	readonly ports: readonly string[];
	readonly labels: Readonly<Record<string, string>>;
	readonly volumes: readonly string[];
	readonly stopSignal?: string;
	readonly shell?: readonly string[];
	readonly onBuild: readonly string[];
	readonly healthcheck?: Healthcheck;
	readonly author?: string;
}

export interface Healthcheck {
	/** `['CMD', ...]`, `['CMD-SHELL', '...']` or `['NONE']`. */
	readonly test: readonly string[];
	readonly intervalMs?: number;
	readonly timeoutMs?: number;
	readonly startPeriodMs?: number;
	readonly retries?: number;
}

/** An image that somebody built or committed here: plain data over an image of the catalogue, or over nothing. */
export interface BuiltImage {
	/** 64 hex digits. */
	readonly id: string;
	readonly base?: Manifest;
	/** Above the base, lowest first: keys of the table of layers. */
	readonly layers: readonly string[];
	readonly config: ImageConfig;
	readonly history: readonly HistoryEntry[];
	readonly createdMs: number;
	readonly sizeBytes: number;
	readonly parent?: string;
}

/** Under this "repository" the id of a built image is its tag. */
export const builtRepository = 'sha256';

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
