import {FileError} from '../../../os/files.js';
import type {Program, ProgramContext} from '../../../node/program/program.js';
import {answerPython} from '../../../node/python/http-server.js';
import {greetingOf, inUse, type ServerArguments, serverArguments, traceback} from '../../../node/python/arguments.js';
import {hasInput, refuse} from '../interpreter.js';

const versionOf = ({env}: ProgramContext): string => env['PYTHON_VERSION'] ?? '3.12.10';

interface Memory {
	readonly folder: string;
}

/** Python as a container's own process: its web server, and its version; other programs say that they are not simulated. */
export const python: Program = {
	name: 'python',
	start(context) {
		const unbuffered = context.argv.includes('-u') || context.env['PYTHONUNBUFFERED'] !== undefined;
		const [word, module, ...rest] = context.argv.slice(1).filter(each => each !== '-u');
		if (word === '-V' || word === '--version') {
			context.log(`Python ${versionOf(context)}`);
			return context.exit(0);
		}

		// A prompt that nobody types at has come to its end.
		if (word === undefined && !hasInput(context)) return context.exit(0);
		if (word !== '-m' || module !== 'http.server') return refuse(context, ['python3', word, word === '-m' ? module : ''].join(' ').trim());
		serve(context, rest, unbuffered);
	},
	serve(context, {bytes, peer}) {
		const served = {folder: (context.memory as Memory).folder, version: versionOf(context)};
		const {lines, ...answer} = answerPython(context.machine, served, bytes, peer.address);
		for (const line of lines) context.log(line, 'stderr');
		return answer;
	},
	signal(context, signal) {
		if (signal === 'SIGINT') context.exit(0);
		else if (signal !== 'SIGHUP' && context.machine.processes.get(context.pid)?.innerPid !== 1) context.exit(143);
	},
};

function serve(context: ProgramContext, words: readonly string[], unbuffered: boolean): void {
	const asked = serverArguments(words);
	const {machine} = context;
	const fault = 'problem' in asked ? asked.problem : listen(context, asked);
	if (fault !== undefined || 'problem' in asked) {
		context.log(fault ?? '', 'stderr');
		context.exit('problem' in asked ? 2 : 1);
	} else {
		context.memory = {...context.memory, folder: asked.directory ?? machine.home} satisfies Memory;
		// Into a pipe Python writes when it has a lot to say: the line is seen with PYTHONUNBUFFERED only.
		if (unbuffered || machine.world.runtime(machine.host).container(machine.container)?.tty) context.log(greetingOf(asked));
	}
}

function listen(context: ProgramContext, {bind = '0.0.0.0', port}: ServerArguments): string | undefined {
	try {
		context.listen('tcp', bind, port);
		return undefined;
	} catch (error) {
		return error instanceof FileError ? traceback('PermissionError: [Errno 13] Permission denied') : inUse;
	}
}
