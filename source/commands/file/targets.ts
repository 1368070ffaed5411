import type {Machine} from '../../node/host/machine.js';
import {nameOf} from '../../os/layer.js';
import type {Io} from '../../shell/command.js';
import {type Arguments, refuse} from '../host/arguments.js';

/** One thing to copy, move or link: the words as they are told, and the paths they stand for. */
export interface Transfer {
	readonly from: string;
	readonly to: string;
	readonly fromPath: string;
	readonly toPath: string;
}

export const isFolder = ({machine: {files}}: Io<Machine>, path: string): boolean =>
	files.exists(path) && files.stat(path).type === 'folder';

/** True when something has this name, a link to nowhere included. */
export function isThere({machine: {files}}: Io<Machine>, path: string): boolean {
	try {
		files.lstat(path);
		return true;
	} catch {
		return false;
	}
}

/** What the operands of cp, mv and ln mean: one name for another, or several into a folder. A number is the status to end with. */
export function transfers(io: Io<Machine>, args: Arguments): Transfer[] | number {
	const sources = [...args.operands];
	if (sources.length === 0) return refuse(io, 'missing file operand');
	const into = args.value('t');
	if (into !== undefined) return within(io, sources, into);
	if (sources.length === 1) {
		if (io.argv[0] === 'ln' && !args.has('T')) return [transfer(io, sources[0]!, join('.', sources[0]!))];
		return refuse(io, `missing destination file operand after '${sources[0]}'`);
	}

	const target = sources.pop()!;
	const path = io.path(target);
	const asFile =
		args.has('T') || (args.has('n') && io.argv[0] === 'ln' && isThere(io, path) && io.machine.files.lstat(path).type === 'symlink');
	if (asFile && sources.length > 1) return refuse(io, `extra operand '${target}'`);
	if (!asFile && (sources.length > 1 || isFolder(io, path))) return within(io, sources, target);
	return [transfer(io, sources[0]!, target)];
}

function within(io: Io<Machine>, sources: readonly string[], folder: string): Transfer[] | number {
	if (isFolder(io, io.path(folder))) return sources.map(source => transfer(io, source, join(folder, source)));
	io.err(`${io.argv[0]}: target '${folder}' is not a directory\n`);
	return 1;
}

const transfer = (io: Io<Machine>, from: string, to: string): Transfer => ({from, to, fromPath: io.path(from), toPath: io.path(to)});

const join = (folder: string, source: string): string => {
	const name = nameOf(source.replace(/\/+$/, ''));
	return name === '.' || name === '..' || name === '' ? folder : `${folder.replace(/\/$/, '')}/${name}`;
};
