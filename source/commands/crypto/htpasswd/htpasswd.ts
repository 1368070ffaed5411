import type {Machine} from '../../../node/host/machine.js';
import {FileError} from '../../../os/files.js';
import {type Command, type Effect, type Io, notSimulatedStatus} from '../../../shell/command.js';
import {matchesPassword} from '../../../tls/password.js';
import {hashes} from './hash.js';
import {usage} from './usage.js';

/** Exit statuses of support/passwd_common.h. */
const status = {file: 1, syntax: 2, mismatch: 3, interrupted: 4, user: 6} as const;
const letters = 'cnbimB25dpsDv';

interface Call {
	readonly options: ReadonlySet<string>;
	readonly cost: number;
	readonly words: readonly string[];
}

function readCall(argv: readonly string[]): Call | undefined {
	const options = new Set<string>();
	const words: string[] = [];
	let cost = 5;
	for (let at = 1; at < argv.length; at++) {
		const word = argv[at]!;
		if (!/^-./.test(word) || words.length > 0) {
			words.push(word);
			continue;
		}

		for (const letter of word.slice(1)) {
			if (letter === 'C') cost = Number(argv[++at]);
			else if (letters.includes(letter)) options.add(letter);
			else return undefined;
		}
	}

	const has = (letter: string) => options.has(letter);
	const wanted = (has('n') ? 1 : 2) + (has('b') ? 1 : 0);
	const wrong = (has('n') && (has('c') || has('D') || has('v'))) || (has('c') && has('D')) || (has('b') && has('i'));
	return wrong || words.length !== (has('D') ? 2 : wanted) || !(cost >= 4 && cost <= 17) ? undefined : {options, cost, words};
}

const htpasswd: Command<Machine> = {
	name: 'htpasswd',
	summary: 'Manage user files for basic authentication',
	readsLines: true,
	*run(io) {
		const call = readCall(io.argv);
		if (!call) {
			io.err(usage);
			return status.syntax;
		}

		const {options} = call;
		if (options.has('d')) {
			io.err('kubelab: not simulated: htpasswd -d\n');
			return notSimulatedStatus;
		}

		const [file, user = '', given] = options.has('n') ? ['', ...call.words] : (call.words as [string, string, string?]);
		if (user.includes(':')) return complain(io, "username contains illegal character ':'", status.user);
		const path = io.path(file!);
		const {files} = io.machine;
		const exists = !options.has('n') && files.exists(path);
		if (!options.has('n') && !options.has('c') && !exists)
			return complain(io, `cannot modify file ${file}; use '-c' to create it`, status.file);
		const lines = exists && !options.has('c') ? files.readText(path).split('\n').filter(Boolean) : [];
		const at = lines.findIndex(line => line.startsWith(`${user}:`));
		if ((options.has('D') || options.has('v')) && at < 0) {
			io.err(`User ${user} not found\n`);
			return options.has('v') ? status.user : 0;
		}

		let entry: string | undefined;
		if (!options.has('D')) {
			const password = options.has('b') ? given! : yield* ask(io, options);
			if (password === undefined) return complain(io, 'password verification error', status.mismatch);
			if (options.has('v')) return verify(io, user, password, lines[at]!);
			const kind = [...'B52ps'].find(letter => options.has(letter)) ?? 'm';
			const random = io.machine.sim.random.fork('htpasswd');
			entry = `${user}:${hashes[kind]!(password, below => random.int(below), call.cost)}`;
			if (kind === 'p') io.err('Warning: storing passwords as plain text might just not work on this platform.\n');
		}

		if (options.has('n')) {
			io.out(`${entry}\n\n`);
			return 0;
		}

		io.err(`${entry === undefined ? 'Deleting' : at < 0 ? 'Adding' : 'Updating'} password for user ${user}\n`);
		const kept = lines.flatMap((line, i) => (i === at ? (entry ?? []) : line));
		if (at < 0 && entry !== undefined) kept.push(entry);
		try {
			files.write(path, kept.map(line => `${line}\n`).join(''));
			return 0;
		} catch (error) {
			if (!(error instanceof FileError)) throw error;
			return complain(io, `cannot create file ${file}`, status.file);
		}
	},
};

function complain(io: Io, text: string, code: number): number {
	io.err(`${io.argv[0]}: ${text}\n`);
	return code;
}

function verify(io: Io, user: string, password: string, line: string): number {
	const right = matchesPassword(password, line.slice(user.length + 1));
	io.err(right ? `Password for user ${user} correct.\n` : 'password verification failed\n');
	return right ? 0 : status.mismatch;
}

/** Undefined when the two entries differ. */
function* ask(io: Io, options: ReadonlySet<string>): Generator<Effect, string | undefined, any> {
	if (options.has('i')) return (yield {read: 'line'}) ?? '';
	const prompts = options.has('v') ? ['Enter password: '] : ['New password: ', 'Re-type new password: '];
	const answers: string[] = [];
	for (const prompt of prompts) {
		io.err(prompt);
		answers.push((yield {read: 'line'}) ?? '');
		io.err('\n');
	}

	return answers.every(answer => answer === answers[0]) ? answers[0] : undefined;
}

export default htpasswd;
