import {baseName} from '../../node/image/image-tree.js';
import type {Program, ProgramContext} from '../../node/program/program.js';
import {notSimulatedStatus} from '../../shell/command.js';

/** It was asked for something of the real one that is none of ours. */
export function refuse(context: ProgramContext, what: string): void {
	context.machine.sim.notes.notSimulated(what);
	context.log(`kubelab: not simulated: ${what}`, 'stderr');
	context.exit(notSimulatedStatus);
}

/** Somebody may type at it. */
export const hasInput = ({machine}: ProgramContext): boolean =>
	machine.world.runtime(machine.host).container(machine.container)?.stdin === true;

export interface Interpreter {
	/** `node`, `python3`: as its program is called in `programs.ts`, when it has none of its own. */
	readonly name: string;
	/** What `--version` prints. */
	readonly version: string | ((context: ProgramContext) => string);
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
		// A prompt that nobody types at has come to its end.
		if (word === '' && !hasInput(context)) return context.exit(0);
		if (!['-v', '-V', '--version'].includes(word)) return refuse(context, [baseName(context.argv[0] ?? name), word].join(' ').trim());
		context.log(typeof version === 'string' ? version : version(context));
		context.exit(0);
	},
});
