import type {Machine} from '../../node/host/machine.js';
import {FileError} from '../../os/files.js';
import {join, nameOf} from '../../os/layer.js';
import type {Command, Io} from '../../shell/command.js';
import {type Arguments, parseArguments, refuse} from '../host/arguments.js';
import {ask} from './ask.js';
import {isThere} from './targets.js';

export default {
	name: 'rm',
	summary: 'remove files and folders',
	*run(io) {
		const args = parseArguments(io.argv.slice(1), {
			flags: 'rRfivdI',
			long: {
				recursive: '=r',
				force: '=f',
				verbose: '=v',
				dir: '=d',
				interactive: '=i',
				'one-file-system': 'flag',
				'preserve-root': 'flag',
				'no-preserve-root': 'flag',
			},
		});
		if (args.problem) return refuse(io, args.problem);
		if (args.operands.length === 0) return args.has('f') ? 0 : refuse(io, 'missing operand');
		const removing = new Removing(io, args);
		for (const word of args.operands) yield* removing.operand(word);
		return removing.status;
	},
} satisfies Command<Machine>;

class Removing {
	status = 0;
	readonly #io: Io<Machine>;
	readonly #args: Arguments;
	readonly #deep: boolean;

	constructor(io: Io<Machine>, args: Arguments) {
		this.#io = io;
		this.#args = args;
		this.#deep = args.has('r') || args.has('R');
	}

	*operand(word: string): Generator<any, void, any> {
		const path = this.#io.path(word);
		const last = nameOf(word.replace(/\/+$/, ''));
		if (!isThere(this.#io, path)) {
			if (!this.#args.has('f')) this.#fail(`cannot remove '${word}': No such file or directory`);
		} else if (this.#deep && path === '/' && !this.#args.has('no-preserve-root')) {
			this.#fail("it is dangerous to operate recursively on '/'");
			this.#io.err('rm: use --no-preserve-root to override this failsafe\n');
		} else if (this.#deep && (last === '.' || last === '..')) {
			this.#fail(`refusing to remove '.' or '..' directory: skipping '${word}'`);
		} else yield* this.#remove(word.replace(/(.)\/+$/, '$1'), path);
	}

	*#remove(word: string, path: string): Generator<any, boolean, any> {
		const {files} = this.#io.machine;
		const folder = files.lstat(path).type === 'folder';
		if (folder && !this.#deep && !this.#args.has('d')) return this.#fail(`cannot remove '${word}': Is a directory`);
		const names = folder && this.#deep ? files.list(path) : [];
		if (names.length > 0 && this.#asks && !(yield* ask(this.#io, `rm: descend into directory '${word}'? `))) return false;
		let empty = true;
		for (const name of names) empty = (yield* this.#remove(join(word, name), join(path, name))) && empty;
		if (!empty) return false;
		const what = folder ? 'directory' : files.lstat(path).type === 'symlink' ? 'symbolic link' : 'regular file';
		if (this.#asks && !(yield* ask(this.#io, `rm: remove ${what} '${word}'? `))) return false;
		try {
			files.remove(path);
		} catch (error) {
			if (!(error instanceof FileError)) throw error;
			return this.#fail(`cannot remove '${word}': ${error.message}`);
		}

		if (this.#args.has('v')) this.#io.out(`removed ${folder ? 'directory ' : ''}'${word}'\n`);
		return true;
	}

	get #asks(): boolean {
		return this.#args.has('i') && !this.#args.has('f');
	}

	#fail(problem: string): false {
		this.#io.err(`rm: ${problem}\n`);
		this.status = 1;
		return false;
	}
}
