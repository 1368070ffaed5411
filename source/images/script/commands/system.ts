import type {Answer, Call, ScriptCommand} from '../command.js';
import {signalNamed, signalNumber} from '../../../os/signals.js';
import {numberSeen, processesSeen} from '../../../node/container/pid-namespace.js';
import {exitTask, waitUntil} from '../engine.js';
import {insideLoop} from '../state.js';

const units: Readonly<Record<string, number>> = {s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, '': 1000};

/** Sleeps in a loop only repeat themselves: they do not keep the world from settling, and neither does a long one. */
const oneOffMaxMs = 30_000;

function sleepFor(call: Call, word: string): Answer {
	if (word === 'infinity' || word === 'inf') return {wait: {kind: 'ever'}};
	const match = /^(\d+(?:\.\d+)?|\.\d+)([smhd]?)$/.exec(word);
	if (!match) {
		call.err(`sleep: invalid number '${word}'\n`);
		return 1;
	}

	const ms = Math.round(Number(match[1]) * units[match[2]!]!);
	const loop = ms > oneOffMaxMs || insideLoop(call.run);
	return {wait: waitUntil(call.run, ms, loop), after: 0};
}

const simple = (name: string, run: (call: Call) => Answer): ScriptCommand => ({name, noInput: true, run});

function say(print: (text: string) => void, text: string, answer: Answer): Answer {
	print(text);
	return answer;
}

const kill = simple('kill', call => {
	const words = call.argv.slice(1);
	const option = words[0]?.startsWith('-') ? words.shift()!.slice(1) : 'TERM';
	const signal = option === 's' ? words.shift()! : option;
	const name = signalNamed(signal) ?? `SIG${signal.toUpperCase()}`;
	const {machine, state} = call.run;
	let status = 0;
	for (const word of words) {
		const job = state.tasks[Number(word) - 100];
		const process = processesSeen(machine).find(each => String(numberSeen(machine, each)) === word);
		if (job && !job.done) exitTask(call.run, job, 128 + (signalNumber(name) ?? 15));
		else if (signal === '0' && process) continue;
		else if (process) machine.world.runtime(machine.host).signalProcess(process.pid, name);
		else {
			call.err(`${call.run.shell}: can't kill pid ${word}: No such process\n`);
			status = 1;
		}
	}

	return status;
});

const commands: readonly ScriptCommand[] = [
	simple('sleep', call => sleepFor(call, call.argv[1] ?? '')),
	simple('usleep', call => ({wait: waitUntil(call.run, Math.floor(Number(call.argv[1] ?? 0) / 1000), false), after: 0})),
	kill,
	simple('true', () => 0),
	simple('false', () => 1),
	simple('yes', ({argv, out, task}) =>
		say(out, `${argv.slice(1).join(' ') || 'y'}\n`.repeat(1000), task.fds['1']?.kind === 'pipe' ? 141 : {wait: {kind: 'ever'}}),
	),
	simple('sync', () => 0),
];

export default commands;
