import type {Machine} from '../node/host/machine.js';
import type {Command} from '../shell/command.js';
import type {LabWord} from './lab-word.js';
import {TimelineError} from './moment.js';

/** `lab WORD ...`: what a learner asks of kubelab itself, beside the tools of a real cluster. */
export function labCommand(words: readonly LabWord[]): Command<Machine> {
	return {
		name: 'lab',
		summary: 'go back in time, branch, compare (lab help)',
		path: '/usr/local/bin/lab',
		instant: true,
		*run(io) {
			const [, name, ...args] = io.argv;
			const word = words.find(each => each.name === name);
			if (!word) return help(io, words, name);
			if (args.includes('--help') || args.includes('-h')) {
				io.out(`Usage: lab ${word.usage}\n\n${word.summary}\n`);
				return 0;
			}
			try {
				return yield* word.run({...io, args, usage: () => wrongUsage(io, word)});
			} catch (error) {
				if (!(error instanceof TimelineError)) throw error;
				io.err(`lab ${word.name}: ${error.message}\n`);
				return 1;
			}
		},
		complete: typed =>
			typed.length <= 2 ? words.map(word => word.name) : (words.find(word => word.name === typed[1])?.complete?.() ?? []),
	};
}

type Said = {out(text: string): void; err(text: string): void};

function help({out, err}: Said, words: readonly LabWord[], name: string | undefined): number {
	const asked = name === 'help' || name === '--help' || name === '-h';
	const width = Math.max(...words.map(word => word.usage.length));
	const text = `Usage: lab WORD\n\n${words.map(({usage, summary}) => `  ${usage.padEnd(width)}  ${summary}\n`).join('')}`;
	if (asked) out(text);
	else err(`${name === undefined ? '' : `lab: there is no word "${name}"\n`}${text}`);
	return asked ? 0 : 2;
}

function wrongUsage({err}: Said, {usage}: LabWord): number {
	err(`Usage: lab ${usage}\n`);
	return 2;
}
