import type {Machine} from '../../../node/host/machine.js';
import type {Command, Io} from '../../../shell/command.js';
import {type ArgumentSpec, type Arguments, parseArguments} from '../arguments.js';

const calledAs = (io: Io<Machine>): string => io.argv[0]!.split('/').at(-1)!.replace('adduser', 'useradd');

export const refuse = (io: Io<Machine>, text: string, status: number): number => {
	io.err(`${calledAs(io)}: ${text}\n`);
	return status;
};

export interface ShadowTool {
	readonly name: string;
	readonly aliases?: readonly string[];
	readonly summary: string;
	/** What its one operand is called in the line of usage. */
	readonly operand: 'LOGIN' | 'GROUP';
	readonly options: ArgumentSpec;
	readonly act: (io: Io<Machine>, args: Arguments, operand: string) => number;
}

/** A program of shadow-utils about one user or one group. */
export const shadowTool = ({name, aliases = [], summary, operand, options, act}: ShadowTool): Command<Machine> => ({
	name,
	aliases,
	path: `/usr/sbin/${name}`,
	summary,
	*run(io) {
		const args = parseArguments(io.argv.slice(1), options);
		if (!args.problem && args.operands.length === 1) return act(io, args, args.operands[0]!);
		const called = calledAs(io);
		io.err(`${args.problem ? `${called}: ${args.problem}\n` : ''}Usage: ${called} [options] ${operand}\n`);
		return 2;
	},
});
