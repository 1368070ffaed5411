import {rfc3339} from '../../../api/time.js';
import {type FileStat, FileError} from '../../../os/files.js';
import {join, nameOf} from '../../../os/layer.js';
import type {Call, ScriptCommand} from '../command.js';
import {attempt, notSimulatedStatus, options} from './options.js';

/** Does something for every operand; 1 when any of them failed. */
const forEach = (
	name: string,
	letters: string,
	work: (call: Call, operand: string, flags: ReadonlySet<string>) => void,
): ScriptCommand => ({
	name,
	noInput: true,
	run(call) {
		const given = options(call, letters, name === 'mkdir' ? 'm' : '');
		if (!given) return notSimulatedStatus;
		let status = 0;
		for (const operand of given.operands) {
			const done = attempt(
				call,
				name === 'mkdir' ? `can't create directory '${operand}'` : name.startsWith('rm') ? `can't remove '${operand}'` : operand,
				() => {
					work(call, operand, given.flags);
					return true;
				},
			);
			if (!done) status = 1;
		}

		return status;
	},
});

const touch = forEach('touch', 'acm', ({run, path}, operand) => {
	const {files, sim} = run.machine;
	if (files.exists(path(operand))) files.touch(path(operand), sim.clock.now());
	else files.write(path(operand), '');
});
const mkdir = forEach('mkdir', 'p', ({run, path}, operand, flags) =>
	run.machine.files.makeFolder(path(operand), {recursive: flags.has('p')}),
);
const rm = forEach('rm', 'rRfi', ({run, path}, operand, flags) => {
	const recursive = flags.has('r') || flags.has('R');
	const {files} = run.machine;
	if (!recursive && files.exists(path(operand)) && files.lstat(path(operand)).type === 'folder') throw new FileError('EISDIR', operand);
	files.remove(path(operand), {recursive, force: flags.has('f')});
});
const rmdir = forEach('rmdir', 'p', ({run, path}, operand) => run.machine.files.remove(path(operand)));

function copyTree(call: Call, from: string, to: string, recursive: boolean): void {
	const {files} = call.run.machine;
	const {type, mode} = files.stat(from);
	if (type !== 'folder') {
		files.write(to, files.readBytes(from), {mode});
		return;
	}

	if (!recursive) throw new FileError('EISDIR', from);
	files.makeFolder(to, {recursive: true, mode});
	for (const name of files.list(from)) copyTree(call, join(from, name), join(to, name), true);
}

/** `cp` and `mv`: the last operand is where to. */
const transfer = (
	name: string,
	letters: string,
	work: (call: Call, from: string, to: string, flags: ReadonlySet<string>) => void,
): ScriptCommand => ({
	name,
	noInput: true,
	run(call) {
		const given = options(call, letters);
		if (!given) return notSimulatedStatus;
		const {files} = call.run.machine;
		const target = call.path(given.operands.at(-1) ?? '');
		const isFolder = files.exists(target) && files.stat(target).type === 'folder';
		let status = 0;
		for (const operand of given.operands.slice(0, -1)) {
			const done = attempt(call, name === 'ln' ? given.operands.at(-1)! : `can't ${name === 'mv' ? 'rename' : 'stat'} '${operand}'`, () => {
				work(call, operand, isFolder && name !== 'ln' ? join(target, nameOf(call.path(operand))) : target, given.flags);
				return true;
			});
			if (!done) status = 1;
		}

		return status;
	},
});

const cp = transfer('cp', 'rRafpLTn', (call, from, to, flags) =>
	copyTree(call, call.path(from), to, flags.has('r') || flags.has('R') || flags.has('a')),
);
const mv = transfer('mv', 'fn', ({run, path}, from, to) => run.machine.files.rename(path(from), to));
const ln = transfer('ln', 'sfn', ({run, path}, from, to, flags) => {
	const {files} = run.machine;
	if (flags.has('f')) files.remove(to, {force: true});
	if (flags.has('s')) files.symlink(from, to);
	else files.link(path(from), to);
});

const chmod: ScriptCommand = {
	name: 'chmod',
	noInput: true,
	run(call) {
		const given = options(call, 'Rv');
		const [mode = '', ...names] = (given?.operands ?? call.argv.slice(1)) as string[];
		const {files} = call.run.machine;
		let status = 0;
		for (const name of names) {
			const done = attempt(call, name, () => {
				const old = files.stat(call.path(name)).mode;
				const bits = /^[ugoa]*([+-=])([rwx]+)$/.exec(mode);
				const mask = bits ? [...bits[2]!].reduce((sum, letter) => sum | {r: 0o444, w: 0o200, x: 0o111}[letter as 'r']!, 0) : 0;
				files.chmod(call.path(name), bits ? (bits[1] === '-' ? old & ~mask : old | mask) : Number.parseInt(mode, 8));
				return true;
			});
			if (!done) status = 1;
		}

		return status;
	},
};

function own({run}: Call, path: string, uid: number, gid: number): true {
	run.machine.files.chown(path, uid, gid);
	return true;
}

const chown: ScriptCommand = {
	name: 'chown',
	noInput: true,
	run(call) {
		const [owner = '', ...names] = call.argv.slice(1).filter(word => !word.startsWith('-'));
		const [uid = '0', gid = uid] = owner.split(':').map(part => (/^\d+$/.test(part) ? part : '0'));
		for (const name of names) if (!attempt(call, name, () => own(call, call.path(name), Number(uid), Number(gid)))) return 1;
		return 0;
	},
};

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

function modeText({type, mode}: FileStat): string {
	const letters = 'rwxrwxrwx';
	return (
		(type === 'folder' ? 'd' : type === 'symlink' ? 'l' : type === 'device' ? 'c' : '-') +
		[...letters].map((letter, i) => ((mode >> (8 - i)) & 1 ? letter : '-')).join('')
	);
}

const ls: ScriptCommand = {
	name: 'ls',
	noInput: true,
	run(call) {
		const given = options(call, 'laAh1RdtrSFin');
		if (!given) return notSimulatedStatus;
		const {files} = call.run.machine;
		const {flags} = given;
		const row = (path: string, name: string): string => {
			if (!flags.has('l')) return `${name}\n`;
			const stat = files.lstat(path);
			const time = rfc3339(stat.mtimeMs);
			const date = `${months[Number(time.slice(5, 7)) - 1]} ${String(Number(time.slice(8, 10))).padStart(2)} ${time.slice(11, 16)}`;
			const arrow = stat.type === 'symlink' ? ` -> ${files.readlink(path)}` : '';
			return `${modeText(stat)}    1 root     root     ${String(stat.size).padStart(9)} ${date} ${name}${arrow}\n`;
		};
		let status = 0;
		for (const operand of given.operands.length > 0 ? given.operands : ['.']) {
			const done = attempt(call, operand, () => {
				const path = call.path(operand);
				if (flags.has('d') || files.stat(path).type !== 'folder') call.out(row(path, operand));
				else {
					const names = files.list(path).filter(name => flags.has('a') || flags.has('A') || !name.startsWith('.'));
					if (given.operands.length > 1) call.out(`${operand}:\n`);
					for (const name of flags.has('a') ? ['.', '..', ...names] : names) call.out(row(join(path, name), name));
				}

				return true;
			});
			if (!done) status = given.operands.length > 0 ? 1 : 0;
		}

		return status;
	},
};

const plainText = (name: string, work: (call: Call, operand: string) => string): ScriptCommand => ({
	name,
	noInput: true,
	run(call) {
		const operands = call.argv.slice(1).filter(word => !word.startsWith('-'));
		let status = 0;
		for (const operand of operands) {
			const text = attempt(call, operand, () => work(call, operand));
			if (text === undefined) status = 1;
			else call.out(`${text}\n`);
		}

		return status;
	},
});

const basename: ScriptCommand = {
	name: 'basename',
	noInput: true,
	run(call) {
		const name = nameOf((call.argv[1] ?? '').replace(/\/+$/, ''));
		const suffix = call.argv[2] ?? '';
		call.out(`${suffix !== '' && name.endsWith(suffix) && name !== suffix ? name.slice(0, -suffix.length) : name}\n`);
		return 0;
	},
};

const commands: readonly ScriptCommand[] = [
	touch,
	mkdir,
	rm,
	rmdir,
	cp,
	mv,
	ln,
	chmod,
	chown,
	ls,
	basename,
	plainText('dirname', (_, operand) => (operand.includes('/') ? operand.slice(0, operand.lastIndexOf('/')) || '/' : '.')),
	plainText('readlink', ({run, path}, operand) => run.machine.files.readlink(path(operand))),
	plainText('realpath', ({run, path}, operand) => run.machine.files.realpath(path(operand))),
];

export default commands;
