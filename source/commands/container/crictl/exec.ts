import type {ExecResult} from '../../../shell/command.js';
import {programProblem} from '../../kubectl/pods/program-path.js';
import {findContainer, type Verb} from './cri.js';

export const exec: Verb = function* (io, runtime, args) {
	const [, id, ...argv] = args.operands;
	const container = id === undefined ? undefined : findContainer(io, runtime, id);
	if (!container) return 1;
	const machine = runtime.machine(container.id);
	if (!machine || argv.length === 0) {
		io.err('FATA[0000] execing command in container: container is not running or no command was given \n');
		return 1;
	}

	const problem = programProblem(machine, argv[0]!);
	if (problem) {
		const exec = io.machine.sim.random.fork('crictl').hex(64);
		io.err(
			`FATA[0000] execing command in container: Internal error occurred: error executing command in container: failed to exec in container: failed to start exec "${exec}": OCI runtime exec failed: exec failed: unable to start container process: exec: ${problem}: unknown \n`,
		);
		return 1;
	}

	const shell = argv.length === 1 && /(?:^|\/)(?:ba|a)?sh$/.test(argv[0]!) ? argv[0] : undefined;
	if (shell && args.has('i') && io.stdinIsTerminal) return (yield {enter: {machine, shell, tty: true}}) as number;
	const {exitCode}: ExecResult = yield {exec: {machine, argv, stream: true}};
	return exitCode;
};
