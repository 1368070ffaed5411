import {gunzipSync} from 'node:zlib';
import {familiar, fullName} from '../../../../node/engine/images.js';
import {imageTree} from '../../../../node/image/image-tree.js';
import {configJson, layersOf} from '../../../../node/registry/content.js';
import {FileError} from '../../../../os/files.js';
import type {Inode} from '../../../../os/inode.js';
import type {Layer} from '../../../../os/layer.js';
import {applyChange} from '../build/change.js';
import {keepImage} from '../container/commit.js';
import {failure} from '../failure.js';
import type {Call, Verb} from '../verb.js';
import {entryOf, inodeOf, readTar, type TarEntry, writeTar} from './tar.js';
import type {LayerRow} from '../../../../node/registry/image-config.js';
import type {LocalImage} from '../../../../node/engine/docker.js';

const latin1 = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');

/** To the file of -o, or to standard output, which must be no terminal. */
function deliver({io, values}: Call, bytes: Uint8Array): void {
	const path = values.string('output');
	if (path === undefined) {
		if (io.stdoutIsTerminal) throw failure('cowardly refusing to save to a terminal. Use the -o flag or redirect');
		io.out(latin1(bytes));
		return;
	}

	try {
		io.machine.files.write(io.path(path), bytes, {mode: 0o600});
	} catch (error) {
		if (!(error instanceof FileError)) throw error;
		throw failure(
			`failed to save image: invalid output path: directory ${JSON.stringify(path.slice(0, Math.max(0, path.lastIndexOf('/'))))} does not exist`,
		);
	}
}

export function unpacked(bytes: Uint8Array): readonly TarEntry[] | undefined {
	if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return readTar(bytes);
	try {
		return readTar(new Uint8Array(gunzipSync(bytes)));
	} catch {
		return undefined;
	}
}

const textEntry = (path: string, text: string, mtimeMs: number): TarEntry => ({
	path,
	type: 'file',
	mode: 0o644,
	uid: 0,
	gid: 0,
	mtimeMs,
	bytes: new TextEncoder().encode(text),
});

/** In the layout of `docker save`; layers are named in it, and stay where they are. */
export const save: Verb = {
	name: 'save',
	aliases: ['image save'],
	summary: 'Save one or more images to a tar archive (streamed to STDOUT by default)',
	usage: '[OPTIONS] IMAGE [IMAGE...]',
	options: [
		['output', 'string', 'o'],
		['platform', '!string'],
	],
	arguments: [1, Number.POSITIVE_INFINITY],
	*run(call) {
		const images = new Map<string, {image: LocalImage; names: string[]}>();
		for (const text of call.args) {
			const image = call.engine.images.get(text);
			const names = image.id.includes(text) ? [] : [familiar(image.name)];
			const known = images.get(image.id);
			if (known) known.names.push(...names);
			else images.set(image.id, {image, names});
		}

		const blob = (digest: string) => `blobs/sha256/${digest.replace('sha256:', '')}`;
		const manifest = [...images.values()].map(({image, names}) => ({
			Config: blob(image.id),
			RepoTags: names.length > 0 ? names : null,
			Layers: layersOf(image.resolved).map(layer => blob(layer.digest)),
		}));
		const entries = [...images.values()].flatMap(({image}) => [
			textEntry(blob(image.id), configJson(image.resolved), image.createdMs),
			...layersOf(image.resolved).map(layer => textEntry(blob(layer.digest), '', image.createdMs)),
		]);
		deliver(
			call,
			writeTar([
				...new Map(entries.map(entry => [entry.path, entry])).values(),
				textEntry('manifest.json', `${JSON.stringify(manifest)}\n`, call.nowMs),
			]),
		);
		return 0;
	},
};

export const load: Verb = {
	name: 'load',
	aliases: ['image load'],
	summary: 'Load an image from a tar archive or STDIN',
	usage: '[OPTIONS]',
	options: [
		['input', 'string', 'i'],
		['platform', '!string'],
		['quiet', 'bool', 'q'],
	],
	arguments: [0, 0],
	*run(call) {
		const {engine, out} = call;
		const entries = unpacked(inputOf(call));
		const text = entries?.find(entry => entry.path === 'manifest.json');
		if (!text)
			throw failure(entries ? 'open /var/lib/docker/tmp/docker-import/manifest.json: no such file or directory' : 'unexpected EOF');
		yield {sleepMs: 500};
		for (const {Config, RepoTags} of JSON.parse(new TextDecoder().decode(text.bytes)) as Array<{
			Config: string;
			RepoTags: string[] | null;
		}>) {
			const manifest = engine.registries.byImageId(`sha256:${Config.slice(Config.lastIndexOf('/') + 1)}`);
			if (!manifest) throw failure(`invalid tar header`);
			const image = engine.images.put('', manifest);
			for (const name of RepoTags ?? []) {
				engine.images.put(fullName(name), manifest);
				out(`Loaded image: ${name}\n`);
			}

			if (!RepoTags) out(`Loaded image ID: ${image.id}\n`);
		}

		return 0;
	},
};

function inputOf({io, values}: Call): Uint8Array {
	const path = values.string('input');
	if (path === undefined) {
		if (io.stdinIsTerminal) throw failure('requested load from stdin, but stdin is empty');
		if (io.stdin === '') throw failure('requested load from stdin, but stdin is empty');
		return Buffer.from(io.stdin, 'latin1');
	}

	try {
		return io.machine.files.readBytes(io.path(path));
	} catch (error) {
		if (!(error instanceof FileError)) throw error;
		throw failure(`open ${path}: ${error.message.toLowerCase()}`);
	}
}

function treeEntries(layer: Layer, path: string, written: ReadonlyMap<string, LayerRow>): TarEntry[] {
	const inode = written.get(path) ?? layer.get(path);
	if (!inode || inode.type === 'whiteout') return [];
	const own = path === '/' ? undefined : entryOf(path, inode as Inode);
	const names = new Set(layer.children(path));
	for (const each of written.keys())
		if (each.slice(0, Math.max(1, each.lastIndexOf('/'))) === path && each !== '/') names.add(each.slice(each.lastIndexOf('/') + 1));
	const below =
		inode.type === 'folder'
			? [...names].sort().flatMap(name => treeEntries(layer, path === '/' ? `/${name}` : `${path}/${name}`, written))
			: [];
	return own ? [own, ...below] : below;
}

export const exportVerb: Verb = {
	name: 'export',
	aliases: ['container export'],
	summary: "Export a container's filesystem as a tar archive",
	usage: '[OPTIONS] CONTAINER',
	options: [['output', 'string', 'o']],
	arguments: [1, 1],
	*run(call) {
		const {engine, args, io} = call;
		const record = engine.containers.get(args[0]!);
		const resolved = engine.registries.lookup(record.config.manifest)!;
		const written = new Map(io.machine.sim.state.table<LayerRow>(`os/files/${record.id}`).entries());
		deliver(call, writeTar(treeEntries(imageTree(resolved), '/', written)));
		return 0;
	},
};

export const importVerb: Verb = {
	name: 'import',
	aliases: ['image import'],
	summary: 'Import the contents from a tarball to create a filesystem image',
	usage: '[OPTIONS] file|URL|- [REPOSITORY[:TAG]]',
	options: [
		['change', 'list', 'c'],
		['message', 'string', 'm'],
		['platform', '!string'],
	],
	arguments: [1, 2],
	*run(call) {
		const {engine, io, args, values, out, nowMs} = call;
		const [source = '', name] = args;
		if (/^https?:/.test(source)) throw failure('kubelab: not simulated: docker import URL', 125);
		let bytes: Uint8Array;
		try {
			bytes = source === '-' ? Buffer.from(io.stdin, 'latin1') : io.machine.files.readBytes(io.path(source));
		} catch (error) {
			if (!(error instanceof FileError)) throw error;
			throw failure(`open ${source}: ${error.message.toLowerCase()}`);
		}

		const entries = unpacked(bytes);
		if (!entries) throw failure('Error response from daemon: Untar error on re-exec cmd: fork/exec /proc/self/exe: unexpected EOF');
		const rows = entries.map(entry => [`/${entry.path}`, inodeOf(entry)] as const);
		const empty = {entrypoint: [], command: [], env: {}, ports: [], labels: {}, volumes: [], onBuild: []};
		const config = values.list('change').reduce(applyChange, empty);
		const manifest = keepImage(engine, {
			rows,
			config,
			createdBy: '',
			comment: values.string('message') ?? `Imported from ${source}`,
			nowMs,
		});
		out(`${engine.images.put(name === undefined ? '' : fullName(name), manifest).id}\n`);
		return 0;
	},
};
