import {EngineError} from '../../../../node/engine/model.js';
import type {Files} from '../../../../os/files.js';
import {join, nameOf, normalise} from '../../../../os/layer.js';
import {failure} from '../failure.js';
import {humanSize} from '../text.js';
import type {Call, Verb} from '../verb.js';
import {copyTree, parentExists} from './copy-tree.js';

interface Place {
	readonly container?: string;
	readonly path: string;
	/** As typed: a slash at the end asks for a folder, `/.` for what is in it. */
	readonly text: string;
}

function placeOf({io}: Call, text: string): Place {
	const colon = text.indexOf(':');
	if (colon <= 0 || text.startsWith('/') || text.startsWith('.')) return {path: io.path(text), text};
	return {container: text.slice(0, colon), path: normalise(text.slice(colon + 1)), text: text.slice(colon + 1)};
}

export const cp: Verb = {
	name: 'cp',
	aliases: ['container cp'],
	summary: 'Copy files/folders between a container and the local filesystem',
	usage: '[OPTIONS] CONTAINER:SRC_PATH DEST_PATH|-\n\tdocker cp [OPTIONS] SRC_PATH|- CONTAINER:DEST_PATH',
	options: [
		['archive', 'bool', 'a'],
		['follow-link', 'bool', 'L'],
		['quiet', 'bool', 'q'],
	],
	arguments: [2, 2],
	*run(call) {
		const [from, to] = [placeOf(call, call.args[0]!), placeOf(call, call.args[1]!)];
		if (from.text === '' || to.text === '') throw failure(`"${from.text === '' ? 'source' : 'destination'}" can not be empty`);
		if (from.container && to.container) throw failure('copying between containers is not supported');
		if (!from.container && !to.container) throw failure('must specify at least one container source');
		if (call.args.includes('-')) throw failure('kubelab: not simulated: docker cp -', 125);
		const filesOf = ({container}: Place): Files => {
			if (!container) return call.io.machine.files;
			return call.engine.containers.machine(call.engine.containers.get(container).id)!.files;
		};
		const bytes = copy(call, from, filesOf(from), to, filesOf(to));
		if (!call.values.bool('quiet') && call.io.stdoutIsTerminal)
			call.err(`Successfully copied ${humanSize(bytes)} to ${to.container ? `${to.container}:${to.text}` : call.io.path(to.text)}\n`);
		return 0;
	},
};

function copy({values}: Call, from: Place, source: Files, to: Place, target: Files): number {
	if (!source.exists(from.path)) {
		if (from.container) throw new EngineError(`Could not find the file ${from.text} in container ${from.container}`);
		throw failure(`lstat ${from.path}: no such file or directory`);
	}

	const path = values.bool('follow-link') ? source.realpath(from.path) : from.path;
	const isFolder = source.lstat(path).type === 'folder';
	const isThere = target.exists(to.path);
	const intoFolder = isThere && target.stat(to.path).type === 'folder';
	if (isThere && !intoFolder && isFolder) throw failure('cannot copy directory');
	if (!isThere && to.text.endsWith('/') && !isFolder)
		throw to.container ? new EngineError(`Could not find the file ${to.text} in container ${to.container}`) : failure(`no such directory`);
	if (!isThere && !parentExists(target, to.path)) {
		if (to.container)
			throw new EngineError(`Could not find the file ${to.path.slice(0, to.path.lastIndexOf('/')) || '/'} in container ${to.container}`);
		throw failure(`invalid output path: directory ${JSON.stringify(to.path.slice(0, to.path.lastIndexOf('/')))} does not exist`);
	}

	if (isFolder && (from.text.endsWith('/.') || !isThere)) {
		if (!isThere) target.makeFolder(to.path);
		for (const name of source.list(path)) copyTree(source, join(path, name), target, join(to.path, name));
	} else copyTree(source, path, target, intoFolder ? join(to.path, nameOf(path)) : to.path);
	return sizeOf(source, path);
}

/** As the tar stream counts: blocks, and a header for each entry. */
function sizeOf(files: Files, path: string): number {
	const stat = files.lstat(path);
	if (stat.type !== 'folder') return 1536 + Math.ceil(stat.size / 512) * 512;
	return files.list(path).reduce((sum, name) => sum + sizeOf(files, join(path, name)), 1536);
}
