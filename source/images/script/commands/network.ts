import type {Machine} from '../../../node/machine.js';
import type {Command, Effect, Io} from '../../../shell/command.js';
import type {Answer, Call, ScriptCommand} from '../command.js';
import {waitUntil} from '../engine.js';
import {insideLoop, now} from '../state.js';
import {notSimulatedStatus} from './options.js';

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
const tool = (name: string, noInput = true): ScriptCommand => ({
	name,
	noInput,
	run(call) {
		const command = call.run.machine.world.tool?.(name);
		return command ? play(call, command) : refuse(call, name);
	},
});

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
	const generator = command.run(ioOf(call, say(1), say(2), resume));
	let answer: unknown;
	for (let effects = 0; effects < effectsMax; effects++) {
		const {done, value} = generator.next(answer);
		if (done) return {pieces, endMs: atMs, status: value as number};
		const effect = value as Effect;
		answer = undefined;
		if ('sleepMs' in effect) {
			atMs += effect.sleepMs;
			if (effect.resume !== undefined) return {pieces, endMs: atMs, resume: effect.resume};
		} else if (!('read' in effect)) break;
	}

	return {pieces, endMs: atMs, status: refuse(call, call.argv.join(' '))};
}

function ioOf(call: Call, out: (text: string) => void, err: (text: string) => void, resume: unknown): Io<Machine> {
	const {run, task, argv, env} = call;
	const {machine} = run;
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

function refuse(call: Call, what: string): number {
	call.run.machine.sim.notes.notSimulated(`${what} in a container script`);
	call.err(`kubelab: not simulated: ${what} in a container script\n`);
	return notSimulatedStatus;
}

const commands: readonly ScriptCommand[] = [
	...['wget', 'curl', 'nslookup', 'dig', 'host', 'getent', 'ping', 'traceroute', 'arping'].map(name => tool(name)),
	...['nc', 'telnet'].map(name => tool(name, false)),
];

export default commands;
