import {type BaseEntries, type BaseEntry, createBaseTree} from '../../os/base-tree.js';
import type {Layer} from '../../os/layer.js';
import type {ImageVariant} from './image.js';
import {emptyTree, stackLayers} from '../registry/built-image.js';
import type {ResolvedImage} from '../registry/manifest.js';

const trees = new Map<string, Layer>();

/** The root file system of an image: made once, shared by all its containers. */
export function imageTree(resolved: ResolvedImage): Layer {
	const known = trees.get(resolved.digest);
	if (known && (resolved.built || treeOf.get(known) === resolved.variant)) return known;
	const tree = resolved.built
		? stackLayers(resolved.base ? imageTree(resolved.base) : emptyTree(), resolved.layers ?? [])
		: catalogueTree(resolved);
	trees.set(resolved.digest, tree);
	treeOf.set(tree, resolved.variant);
	return tree;
}

const catalogueTree = (resolved: ResolvedImage) => createBaseTree({...skeleton, ...executables(resolved), ...resolved.variant.files});

const treeOf = new WeakMap<Layer, ImageVariant>();

const executable = (path: string): BaseEntry => ({text: `\u007fELF ${path}\n`, mode: 0o755});

/** Scripts that only prepare and then become the command they are given, as the official images have them. */
export const wrappers: readonly string[] = [
	'docker-entrypoint.sh',
	'tini',
	'dumb-init',
	'container-entrypoint',
	'redis-entrypoint.sh',
	'entrypoint.sh',
];

export const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** What an image runs when it is told nothing. */
export function defaultExecutable({entrypoint, command}: ImageVariant): string | undefined {
	return [...entrypoint, ...command].find(word => !wrappers.includes(baseName(word)) && word !== '--' && !word.startsWith('-'));
}

/** Names of executables that are programs rather than commands. */
export function programNames(resolved: ResolvedImage): ReadonlyMap<string, string> {
	const {image, variant, built, base} = resolved;
	// What was built runs what its base brought.
	if (built) return base ? programNames(base) : new Map();
	const names = new Map<string, string>();
	if (image.program) {
		names.set(image.program.name, image.program.name);
		const main = defaultExecutable(variant);
		if (main && !shells.includes(baseName(main))) names.set(baseName(main), image.program.name);
	}

	for (const [name, program] of Object.entries(image.binaries ?? {})) names.set(name, program.name);
	return names;
}

export const shells: readonly string[] = ['sh', 'bash', 'ash', 'dash'];

function executables(resolved: ResolvedImage): BaseEntries {
	const {image, variant} = resolved;
	const entries: Record<string, BaseEntry> = {};
	const {tools = image.tools} = variant;
	for (const tool of tools) entries[tool.startsWith('/') ? tool : `/bin/${tool}`] = executable(tool);
	const own = [
		variant.entrypoint[0],
		variant.entrypoint.length === 0 || wrappers.includes(baseName(variant.entrypoint[0]!)) ? variant.command[0] : undefined,
	];
	for (const word of [...own, ...programNames(resolved).keys()]) {
		if (!word || tools.includes(word)) continue;
		if (word.startsWith('/')) entries[word] = executable(word);
		else if (!tools.some(tool => baseName(tool) === word)) entries[`/usr/local/bin/${word}`] = executable(word);
	}

	return entries;
}

const folder = (mode = 0o755) => ({folder: true, mode}) as const;

/** What every Linux image has. */
const skeleton: BaseEntries = {
	'/': folder(),
	'/bin': folder(),
	'/dev/null': {device: true},
	'/dev/zero': {device: true},
	'/dev/random': {device: true},
	'/dev/urandom': {device: true},
	'/dev/stdout': {symlink: '/proc/self/fd/1'},
	'/dev/stderr': {symlink: '/proc/self/fd/2'},
	'/dev/shm': folder(0o1777),
	'/etc/passwd': 'root:x:0:0:root:/root:/bin/sh\nbin:x:1:1:bin:/bin:/bin/false\nnobody:x:65534:65534:nobody:/home:/bin/false\n',
	'/etc/group': 'root:x:0:\nbin:x:1:\nwheel:x:10:root\nnobody:x:65534:\n',
	'/etc/nsswitch.conf': 'hosts: files dns\n',
	'/home': folder(),
	'/lib': folder(),
	'/proc/self/fd/1': {device: true},
	'/proc/self/fd/2': {device: true},
	'/root': folder(0o700),
	'/run': folder(),
	'/sys': folder(0o555),
	'/tmp': folder(0o1777),
	'/usr/bin': folder(),
	'/usr/sbin': folder(),
	'/usr/local/bin': folder(),
	'/sbin': folder(),
	'/var/log': folder(),
	'/var/run': {symlink: '/run'},
	'/var/tmp': folder(0o1777),
};
