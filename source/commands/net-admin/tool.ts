import type {Namespace} from '../../net/namespace.js';
import type {Machine} from '../../node/host/machine.js';
import type {Command, Effect, EffectResult, Io, Run} from '../../shell/command.js';

export type ToolIo = Io<Machine>;

/** The networking of the machine the tool runs on, with all that its own tools may see. */
export const stackOf = (io: Pick<ToolIo, 'machine'>): Namespace => io.machine.stack as Namespace;

/** A command that is done at once and waits for nothing. */
export function tool(command: Omit<Command<Machine>, 'run'> & {run(io: ToolIo): number}): Command<Machine> {
	return {
		...command,
		*run(io: ToolIo): Run {
			return command.run(io);
		},
	};
}

/** All of standard input: what was piped in, or the lines typed until Ctrl-D. */
export function* readInput(io: ToolIo): Generator<Effect, string, EffectResult> {
	if (!io.stdinIsTerminal) return io.stdin;
	let text = '';
	for (;;) {
		const line: string | undefined = yield {read: 'line'};
		if (line === undefined) return text;
		text += `${line}\n`;
	}
}

/** What the real tool has and this one lacks. */
export function refuse(io: ToolIo, what: string): number {
	io.machine.sim.notes.notSimulated(what);
	io.err(`kubelab: not simulated: ${what}\n`);
	return 125;
}
