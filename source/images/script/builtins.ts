import {FileError} from '../../os/files.js';
import {normalise} from '../../os/layer.js';
import type {Answer} from './command.js';
import {exitTask, runText} from './engine.js';
import {readLine, write} from './io.js';
import {startWords} from './simple.js';
import type {Run, Task} from './state.js';
import {testWords} from './test-command.js';

/** A status, a wait, or nothing when it has arranged what comes next itself. */
type Builtin = (run: Run, task: Task, argv: readonly string[]) => Answer | undefined;

const fail = (run: Run, task: Task, text: string, status = 1): number => {
	write(run, task, 2, `${run.shell}: ${text}\n`);
	return status;
};

/** Takes frames away up to the loop (or function) that is meant. */
function unwind(task: Task, kinds: readonly string[], count: number, keep: boolean): void {
	let left = count;
	while (task.frames.length > 0) {
		const frame = task.frames.at(-1)!;
		if (frame.kind === 'restore') task.fds = frame.fds;
		if (kinds.includes(frame.kind) && --left === 0) {
			if (!keep) task.frames.pop();
			return;
		}

		if (frame.kind === 'call') return;
		task.frames.pop();
	}
}

function trap(_: Run, task: Task, argv: readonly string[]): number {
	const [action = '', ...signals] = argv.slice(1).filter(word => word !== '--');
	const names = signals.map(
		signal => ({'0': 'EXIT', '1': 'HUP', '2': 'INT', '3': 'QUIT', '15': 'TERM'})[signal] ?? signal.toUpperCase().replace(/^SIG/, ''),
	);
	for (const name of names) {
		if (action === '-') delete task.traps[name];
		else task.traps[name] = action;
	}

	return 0;
}

function set(_: Run, task: Task, argv: readonly string[]): number {
	const words = argv.slice(1);
	while (words.length > 0 && /^[-+]/.test(words[0]!)) {
		const word = words.shift()!;
		if (word === '--') {
			task.positional = words;
			return 0;
		}

		const letters = word.includes('o')
			? ({errexit: 'e', nounset: 'u', xtrace: 'x', pipefail: 'P', noglob: 'f'}[words[word.endsWith('o') ? 0 : 1] ?? ''] ?? '') +
				word.slice(1).replace('o', '')
			: word.slice(1);
		if (word.includes('o')) words.shift();
		for (const letter of letters)
			task.options = word.startsWith('-') ? [...new Set(task.options + letter)].join('') : task.options.replace(letter, '');
	}

	if (words.length > 0) task.positional = words;
	return 0;
}

function assign(task: Task, words: readonly string[], exported: boolean): void {
	for (const word of words) {
		const [name = '', ...value] = word.split('=');
		if (word.includes('=')) task.vars[name] = value.join('=');
		if (exported && !task.exported.includes(name)) task.exported.push(name);
	}
}

function read(run: Run, task: Task, argv: readonly string[]): Answer {
	const names = argv.slice(1).filter(word => !word.startsWith('-'));
	const got = readLine(run, task);
	const fd = task.fds['0'];
	if (got === undefined) return fd?.kind === 'pipe' ? {wait: {kind: 'input', pipe: fd.id}} : 1;
	const variables = names.length > 0 ? names : ['REPLY'];
	const separators = task.vars['IFS'] ?? ' \t\n';
	let rest = separators === '' ? got.line : got.line.replace(/^[ \t]+|[ \t]+$/g, '');
	for (const [i, name] of variables.entries()) {
		if (i === variables.length - 1 || separators === '') {
			task.vars[name] = rest;
			break;
		}

		const at = [...rest].findIndex(char => separators.includes(char));
		task.vars[name] = at === -1 ? rest : rest.slice(0, at);
		rest = at === -1 ? '' : rest.slice(at + 1).replace(/^[ \t]+/, '');
	}

	return got.ended && got.line === '' ? 1 : 0;
}

function wait(run: Run, task: Task, argv: readonly string[]): Answer {
	const jobs = Object.values(run.state.tasks).filter(each => each.parent === task.id && !each.done);
	const wanted = argv.slice(1).map(Number);
	const ids = jobs.map(each => each.id).filter(id => wanted.length === 0 || wanted.includes(100 + id));
	return ids.length === 0 ? 0 : {wait: {kind: 'tasks', ids, interruptible: true}, after: 0};
}

function source(run: Run, task: Task, argv: readonly string[]): Answer | undefined {
	try {
		runText(run, task, run.machine.files.readText(normalise(argv[1] ?? '', task.cwd)));
		return undefined;
	} catch (error) {
		if (!(error instanceof FileError)) throw error;
		return fail(run, task, `${argv[1]}: ${error.message}`);
	}
}

const test: Builtin = (run, task, argv) => {
	const words = argv.slice(1);
	if (argv[0] !== '[') return testWords(run, task, words);
	return words.at(-1) === ']' ? testWords(run, task, words.slice(0, -1)) : fail(run, task, '[: missing ]', 2);
};

/** Commands that are the shell's own. */
export const builtins: Readonly<Record<string, Builtin | undefined>> = Object.assign(Object.create(null), {
	':': () => 0,
	'[': test,
	test,
	trap,
	set,
	read,
	wait,
	'.': source,
	source,
	true: () => 0,
	false: () => 1,
	cd(run, task, argv) {
		const path = normalise(argv[1] ?? task.vars['HOME'] ?? '/root', task.cwd);
		if (!run.machine.files.exists(path) || run.machine.files.stat(path).type !== 'folder')
			return fail(run, task, `cd: can't cd to ${argv[1]}`, 2);
		task.cwd = path;
		return 0;
	},
	pwd(run, task) {
		write(run, task, 1, `${task.cwd}\n`);
		return 0;
	},
	exit(run, task, argv) {
		exitTask(run, task, argv[1] === undefined ? task.status : Number(argv[1]) & 255);
		return undefined;
	},
	return(_, task, argv) {
		const status = argv[1] === undefined ? task.status : Number(argv[1]) & 255;
		unwind(task, ['call'], 1, true);
		task.status = status;
		return undefined;
	},
	break(_, task, argv) {
		unwind(task, ['loop', 'for'], Number(argv[1] ?? 1), false);
		task.status = 0;
		return undefined;
	},
	continue(_, task, argv) {
		unwind(task, ['loop', 'for'], Number(argv[1] ?? 1), true);
		task.status = 0;
		return undefined;
	},
	export(_, task, argv) {
		assign(task, argv.slice(1), true);
		return 0;
	},
	readonly(_, task, argv) {
		assign(task, argv.slice(1), false);
		return 0;
	},
	local(_, task, argv) {
		const frame = task.frames.findLast(each => each.kind === 'call');
		for (const word of argv.slice(1)) {
			const name = word.split('=')[0]!;
			if (frame?.kind === 'call' && !(name in frame.saved)) frame.saved[name] = task.vars[name] ?? null;
			if (!word.includes('=')) task.vars[name] = '';
		}

		assign(task, argv.slice(1), false);
		return 0;
	},
	unset(_, task, argv) {
		for (const name of argv.slice(1)) {
			delete task.vars[name];
			delete task.functions[name];
		}

		return 0;
	},
	shift(_, task, argv) {
		task.positional = task.positional.slice(Number(argv[1] ?? 1));
		return 0;
	},
	eval(run, task, argv) {
		runText(run, task, argv.slice(1).join(' '));
		return undefined;
	},
	exec(run, task, argv) {
		// What follows takes the shell's place: nothing comes after it.
		task.frames = [];
		startWords(run, task, argv.slice(1), {});
		return undefined;
	},
	command(run, task, argv) {
		if (argv[1] === '-v' || argv[1] === '-V') {
			const name = argv[2] ?? '';
			const path =
				builtins[name] || task.functions[name]
					? name
					: ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin']
							.map(folder => `${folder}/${name}`)
							.find(each => run.machine.files.exists(each));
			if (path) write(run, task, 1, `${path}\n`);
			return path ? 0 : 127;
		}

		startWords(run, task, argv.slice(1), {});
		return undefined;
	},
	umask: () => 0,
	ulimit: () => 0,
	alias: () => 0,
	shopt: () => 0,
	jobs: () => 0,
} satisfies Record<string, Builtin>);
