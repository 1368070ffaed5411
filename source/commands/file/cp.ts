import type {Machine} from '../../node/host/machine.js';
import {FileError} from '../../os/files.js';
import {join, parentOf} from '../../os/layer.js';
import type {Command, Io} from '../../shell/command.js';
import {type Arguments, notSimulated, parseArguments, refuse} from '../host/arguments.js';
import {ask} from './ask.js';
import {isFolder, isThere, type Transfer, transfers} from './targets.js';

export default {
	name: 'cp',
	summary: 'copy files and folders',
	*run(io) {
		const args = parseArguments(io.argv.slice(1), {
			flags: 'rRapfinvuTLPdHlsx',
			values: 't',
			long: {
				recursive: '=r',
				archive: '=a',
				force: '=f',
				interactive: '=i',
				'no-clobber': '=n',
				verbose: '=v',
				update: '=u',
				'no-target-directory': '=T',
				'target-directory': '=t',
				dereference: '=L',
				'no-dereference': '=P',
				preserve: '=p',
				parents: 'flag',
				link: '=l',
				'symbolic-link': '=s',
				backup: 'flag',
			},
		});
		if (args.problem) return refuse(io, args.problem);
		const other = (['l', 's', 'backup'] as const).find(name => args.has(name));
		if (other) return notSimulated(io, `cp ${other.length > 1 ? '--' : '-'}${other}`);
		const all = args.has('parents') ? underParents(io, args) : transfers(io, args);
		if (typeof all === 'number') return all;
		const copying = new Copying(io, args);
		for (const each of all) yield* copying.copy(each);
		return copying.status;
	},
} satisfies Command<Machine>;

/** `--parents`: the whole name of the source below the folder. */
function underParents(io: Io<Machine>, args: Arguments): Transfer[] | number {
	const folder = args.value('t') ?? args.operands.at(-1);
	if (folder === undefined || !isFolder(io, io.path(folder))) return refuse(io, 'with --parents, the destination must be a directory');
	return args.operands.slice(0, args.has('t') ? undefined : -1).map(from => {
		const to = `${folder.replace(/\/$/, '')}/${from.replace(/^\/+/, '')}`;
		io.machine.files.makeFolder(parentOf(io.path(to)), {recursive: true});
		return {from, to, fromPath: io.path(from), toPath: io.path(to)};
	});
}

class Copying {
	status = 0;
	readonly #io: Io<Machine>;
	readonly #args: Arguments;
	readonly #deep: boolean;
	readonly #keep: boolean;
	readonly #links: boolean;

	constructor(io: Io<Machine>, args: Arguments) {
		this.#io = io;
		this.#args = args;
		this.#deep = ['r', 'R', 'a'].some(letter => args.has(letter));
		this.#keep = args.has('a') || args.has('p');
		this.#links = args.has('P') || args.has('d') || (this.#deep && !args.has('L'));
	}

	*copy(transfer: Transfer): Generator<any, void, any> {
		const {from, fromPath, to, toPath} = transfer;
		const {files} = this.#io.machine;
		if (!isThere(this.#io, fromPath)) return this.#fail(`cannot stat '${from}': No such file or directory`);
		const folder = isFolder(this.#io, fromPath) && !(this.#links && files.lstat(fromPath).type === 'symlink');
		if (folder && !this.#deep) return this.#fail(`-r not specified; omitting directory '${from}'`);
		if (files.exists(toPath) && files.exists(fromPath) && files.realpath(toPath) === files.realpath(fromPath))
			return this.#fail(`'${from}' and '${to}' are the same file`);
		if (folder && `${toPath}/`.startsWith(`${fromPath}/`)) return this.#fail(`cannot copy a directory, '${from}', into itself, '${to}'`);
		try {
			if (folder) yield* this.#folder(transfer);
			else yield* this.#file(transfer);
		} catch (error) {
			if (!(error instanceof FileError)) throw error;
			this.#fail(`cannot create ${folder ? 'directory' : 'regular file'} '${to}': ${error.message}`);
		}
	}

	*#folder({from, fromPath, to, toPath}: Transfer): Generator<any, void, any> {
		const {files} = this.#io.machine;
		if (files.exists(toPath) && files.stat(toPath).type !== 'folder')
			return this.#fail(`cannot overwrite non-directory '${to}' with directory '${from}'`);
		if (!files.exists(toPath)) {
			files.makeFolder(toPath, {mode: files.stat(fromPath).mode & 0o7777});
			this.#tell(from, to);
		}

		for (const name of files.list(fromPath)) {
			yield* this.copy({from: join(from, name), to: join(to, name), fromPath: join(fromPath, name), toPath: join(toPath, name)});
		}

		this.#preserve(fromPath, toPath);
	}

	*#file({from, fromPath, to, toPath}: Transfer): Generator<any, void, any> {
		const {files} = this.#io.machine;
		const args = this.#args;
		if (isThere(this.#io, toPath)) {
			if (isFolder(this.#io, toPath)) return this.#fail(`cannot overwrite directory '${to}' with non-directory`);
			if (args.has('n')) return;
			if (args.has('u') && files.stat(toPath).mtimeMs >= files.stat(fromPath).mtimeMs) return;
			if (args.has('i') && !(yield* ask(this.#io, `cp: overwrite '${to}'? `))) return;
		}

		if (this.#links && files.lstat(fromPath).type === 'symlink') {
			if (isThere(this.#io, toPath)) files.remove(toPath);
			files.symlink(files.readlink(fromPath), toPath);
		} else {
			files.write(toPath, files.readBytes(fromPath), files.exists(toPath) ? {} : {mode: files.stat(fromPath).mode & 0o7777});
			this.#preserve(fromPath, toPath);
		}

		this.#tell(from, to);
	}

	#preserve(fromPath: string, toPath: string): void {
		if (!this.#keep) return;
		const {files} = this.#io.machine;
		const {mode, uid, gid, mtimeMs} = files.stat(fromPath);
		files.chmod(toPath, mode & 0o7777);
		files.chown(toPath, uid, gid);
		files.touch(toPath, mtimeMs);
	}

	#tell(from: string, to: string): void {
		if (this.#args.has('v')) this.#io.out(`'${from}' -> '${to}'\n`);
	}

	#fail(problem: string): void {
		this.#io.err(`cp: ${problem}\n`);
		this.status = 1;
	}
}
