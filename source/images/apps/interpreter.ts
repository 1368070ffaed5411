import type {Program, ProgramContext} from '../../node/program/program.js';
import {notSimulatedStatus} from '../../shell/command.js';

/** It was asked for something of the real one that is none of ours. */
export function refuse(context: ProgramContext, what: string): void {
	context.machine.sim.notes.notSimulated(what);
	context.log(`kubelab: not simulated: ${what}`, 'stderr');
	context.exit(notSimulatedStatus);
}

export interface Interpreter {
	/** `node`, `python3`. */
	readonly name: string;
	/** What `--version` prints. */
	readonly version: string;
	/** The one script of its image that runs: the program. */
	readonly script?: string;
	readonly program?: Program;
}

/** Of an interpreter's image only its own script runs; what else it is given says so. */
export const interpreter = ({name, version, script, program}: Interpreter): Program => ({
	...program,
	name: program?.name ?? name,
	start(context) {
		const [word = ''] = context.argv.slice(1);
		if (program && word === script) return program.start(context);
		if (!['-v', '-V', '--version'].includes(word)) return refuse(context, [name, word].join(' ').trim());
		context.log(version);
		context.exit(0);
	},
});
