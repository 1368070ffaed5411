import type {Machine} from '../../../node/host/machine.js';
import type {Command, Effect, ExecRequest, ExecResult, Io} from '../../../shell/command.js';
import {type Answer, type Call, type ScriptCommand, waitForInput} from '../command.js';
import {waitUntil} from '../engine.js';
import {insideLoop, now, type Run} from '../state.js';
import {notSimulatedStatus} from '../../../shell/command.js';

/** What a tool has done already and shows when it is due. It is a generator and cannot be saved; this can. */
interface Progress {
	readonly pieces: ReadonlyArray<readonly [dueMs: number, fd: 1 | 2, text: string]>;
	readonly endMs: number;
	/** Absent: it goes on from `resume`. */
	readonly status?: number;
	readonly resume?: unknown;
}

/** What takes longer than a command does anyway is waited for. */
const noticedMs = 5;
/** A tool that waits more often without saying where it is would never come to an end. */
const effectsMax = 10_000;
/** A packet costs more than a step of the interpreter: `ping` in a hook must not go on for ever. */
const stepsPerPacket = 100;

/** The tools that are typed at a prompt, for scripts and for containers whose command they are. */
export const tool = (name: string, noInput = true): ScriptCommand => ({
	name,
	noInput,
	run(call) {
		const command = call.run.machine.world.tool?.(name);
		return command ? play(call, command) : refuse(call, name);
	},
});

/** A tool that treats every line alone: it works on the lines that have come and need not wait for the end. */
export const lineTool = (name: string, isStateful: (argv: readonly string[]) => boolean = () => false): ScriptCommand => ({
	name,
	streaming: argv => !isStateful(argv),
	run(call) {
		const command = call.run.machine.world.tool?.(name);
		if (!command) return refuse(call, name);
		return isStateful(call.argv) ? play(call, command) : playPieces(call, command);
	},
});

interface Pieces {
	/** The beginning of a line whose end has not come. */
	readonly rest: string;
	readonly status?: number;
}

function playPieces(call: Call, command: Command<Machine>): Answer {
	const before = call.memory.value as Pieces | undefined;
	let after: Pieces = before ?? {rest: ''};
	let isEnded = true;
	const next = () => {
		const {text, ended} = call.read();
		const all = after.rest + text;
		const cut = ended ? all.length : all.lastIndexOf('\n') + 1;
		after = {...after, rest: all.slice(cut)};
		isEnded = ended;
		return all.slice(0, cut);
	};
	// What was named on its command line is read once; from then on only what comes.
	const piece = before ? next() : undefined;
	if (piece !== '') {
		const {pieces, status = 0} = perform({...call, read: () => ({text: piece ?? next(), ended: true})}, command);
		for (const [, fd, text] of pieces) (fd === 1 ? call.out : call.err)(text);
		after = {...after, status: after.status === undefined ? status : Math.min(after.status, status)};
	}

	call.memory.value = after;
	const wait = isEnded ? undefined : waitForInput(call.task);
	return wait ? {wait} : (after.status ?? 0);
}

function play(call: Call, command: Command<Machine>): Answer {
	let progress = (call.memory.value as Progress | undefined) ?? perform(call, command);
	for (;;) {
		const nowMs = now(call.run);
		const due = nowMs + noticedMs;
		for (const [dueMs, fd, text] of progress.pieces) if (dueMs <= due) (fd === 1 ? call.out : call.err)(text);
		const pieces = progress.pieces.filter(([dueMs]) => dueMs > due);
		const nextMs = pieces[0]?.[0] ?? progress.endMs;
		if (nextMs > due) {
			call.memory.value = {...progress, pieces};
			return {wait: waitUntil(call.run, nextMs - nowMs, insideLoop(call.run) || progress.resume !== undefined)};
		}

		if (progress.status !== undefined) return progress.status;
		call.run.steps += stepsPerPacket;
		progress = perform(call, command, progress.resume);
	}
}

/** Runs the tool as far as it goes at this moment. */
function perform(call: Call, command: Command<Machine>, resume?: unknown): Progress {
	const pieces: Array<[number, 1 | 2, string]> = [];
	let atMs = now(call.run);
	const say = (fd: 1 | 2) => (text: string) => {
		const last = pieces.at(-1);
		if (last && last[0] === atMs && last[1] === fd) last[2] += text;
		else pieces.push([atMs, fd, text]);
	};
	const io = ioOf(call, say(1), say(2), resume);
	let lines: string[] | undefined;
	const line = () => (lines ??= io.stdin.split(/(?<=\n)/)).shift()?.replace(/\n$/, '');
	const generator = command.run(io);
	let answer: unknown;
	for (let effects = 0; effects < effectsMax; effects++) {
		const {done, value} = generator.next(answer);
		if (done) return {pieces, endMs: atMs, status: value as number};
		const effect = value as Effect;
		answer = undefined;
		if ('sleepMs' in effect) {
			atMs += effect.sleepMs;
			if (effect.resume !== undefined) return {pieces, endMs: atMs, resume: effect.resume};
		} else if ('exec' in effect && effect.exec.argv) {
			const result = runInner(call, io, effect.exec);
			if (effect.exec.stream) {
				io.out(result.stdout);
				io.err(result.stderr);
			}

			answer = result;
		} else if (!('read' in effect)) break;
		else if (effect.read === 'all') answer = io.stdin;
		else if (effect.read === 'some') answer = (lines ??= io.stdin.split(/(?<=\n)/)).splice(0).join('') || undefined;
		else answer = line();
	}

	return {pieces, endMs: atMs, status: refuse(call, call.argv.join(' '))};
}

/** What the tool runs in its turn (`xargs`, `find -exec`, `env`): to its end, at once. */
function runInner({run, task}: Call, {env, cwd, stdin}: Io<Machine>, {argv, ...request}: ExecRequest): ExecResult {
	const {machine} = run;
	return machine.world.runtime(machine.host).execNow(machine.container, argv!, {
		env: request.onlyEnv ? (request.env ?? {}) : {...env, ...request.env},
		cwd: request.cwd ?? cwd ?? task.cwd,
		stdin: request.stdin ?? stdin,
		...(request.timeoutMs !== undefined && {timeoutMs: request.timeoutMs}),
	});
}

function ioOf(call: Call, out: (text: string) => void, err: (text: string) => void, resume: unknown): Io<Machine> {
	const {run, task, argv, env} = call;
	const machine = machineAt(run);
	const tty = task.fds['1']?.kind === 'out' && machine.world.runtime(machine.host).container(machine.container)?.tty === true;
	let text: string | undefined;
	return {
		argv,
		env,
		cwd: task.cwd,
		machine,
		get stdin() {
			text ??= call.read().text;
			return text;
		},
		stdinIsTerminal: false,
		stdoutIsTerminal: tty,
		columns: 80,
		rows: 24,
		resume,
		out,
		err,
		path: call.path,
	};
}

/** In a script that is run at once time has passed that the clock does not know of. */
function machineAt(run: Run): Machine {
	const {machine} = run;
	if (run.tookMs === 0) return machine;
	const clock = Object.create(machine.sim.clock, {now: {value: () => now(run)}});
	return Object.create(machine, {sim: {value: Object.create(machine.sim, {clock: {value: clock}})}});
}

function refuse(call: Call, what: string): number {
	call.run.machine.sim.notes.notSimulated(`${what} in a container script`);
	call.err(`kubelab: not simulated: ${what} in a container script\n`);
	return notSimulatedStatus;
}

const hasLetter = (letters: string) => (argv: readonly string[]) =>
	argv.some(word => new RegExp(`^-(?:-|[a-zA-Z]*[${letters}])`).test(word));
const words = (text: string): string[] => text.trim().split(/\s+/);

const network =
	'wget curl nslookup dig host getent ping traceroute arping ip ss netstat route ifconfig arp iptables iptables-save iptables-restore ipset sysctl tcpdump ethtool brctl tc';
const files =
	'cp mv rm mkdir rmdir ln chmod chown chgrp touch stat readlink realpath mktemp truncate fallocate dd ls basename dirname df du mount install';
const system =
	'seq expr factor date hostname whoami id groups uname nproc which env printenv ps free uptime tty timeout chroot nsenter find top pgrep pidof who';
const filters =
	'sort uniq wc head tac nl fold od hexdump xxd base64 awk comm cmp diff shuf md5sum sha1sum sha256sum sha512sum cksum sum nc telnet xargs expand unexpand paste split strings jq openssl';

const commands: readonly ScriptCommand[] = [
	...words(`${network} ${files} ${system}`).map(name => tool(name)),
	...words(filters).map(name => tool(name, false)),
	...words('cut tr rev').map(name => lineTool(name)),
	lineTool('cat', hasLetter('nbsA')),
	...words('grep egrep fgrep').map(name => lineTool(name, hasLetter('cmnqlLABC'))),
	// A substitution alone looks at one line at a time.
	lineTool('sed', argv => !argv.slice(1).every(word => /^(?:-[Eru]+|s(.).*\1.*\1[gIi]*)$/s.test(word))),
];

export default commands;
