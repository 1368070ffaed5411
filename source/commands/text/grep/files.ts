import type {Machine} from '../../../node/host/machine.js';
import {matchesPattern} from '../../../shell/expand/pattern.js';
import type {Io} from '../../../shell/command.js';
import type {Arguments} from '../../host/arguments.js';

/** A file to look at, by the name that is shown. */
export interface Target {
	readonly name: string;
	/** Undefined: standard input. */
	readonly path: string | undefined;
}

/** The files that the operands stand for: with -r those below folders, too. */
export function targets(io: Io<Machine>, args: Arguments, names: readonly string[], recursive: boolean): Target[] {
	if (names.length === 0) return recursive ? below(io, args, '', io.cwd) : [{name: '-', path: undefined}];
	return names.flatMap(name => {
		if (name === '-') return [{name, path: undefined}];
		const path = io.path(name);
		const folder = recursive && io.machine.files.exists(path) && io.machine.files.stat(path).type === 'folder';
		return folder ? below(io, args, name.endsWith('/') ? name : `${name}/`, path) : [{name, path}];
	});
}

function below(io: Io<Machine>, args: Arguments, prefix: string, folder: string): Target[] {
	const {files} = io.machine;
	return files.list(folder).flatMap(entry => {
		const path = folder === '/' ? `/${entry}` : `${folder}/${entry}`;
		const {type} = files.lstat(path);
		if (type === 'folder') return any(args.all('exclude-dir'), entry) ? [] : below(io, args, `${prefix}${entry}/`, path);
		if (type !== 'file' && !args.has('R')) return [];
		const wanted = !args.has('include') || any(args.all('include'), entry);
		return wanted && !any(args.all('exclude'), entry) ? [{name: prefix + entry, path}] : [];
	});
}

const any = (patterns: readonly string[], name: string): boolean => patterns.some(pattern => matchesPattern(name, pattern));
