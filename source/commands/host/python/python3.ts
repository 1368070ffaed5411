import type {Machine} from '../../../node/host/machine.js';
import {type Command, type Io, notSimulatedStatus, type Run} from '../../../shell/command.js';
import {jsonTool} from './json-tool.js';
import {httpServer} from './server.js';

/** RHEL 9's own; an image says what it has. */
const versionOf = ({machine}: Io<Machine>): string => machine.env['PYTHON_VERSION'] ?? '3.9.21';

/** Python as people need it at a prompt: its web server and its printer of JSON. Programs are not simulated. */
const python3: Command<Machine> = {
	name: 'python3',
	aliases: ['python', 'python3.9'],
	summary: 'serve a folder over HTTP, print JSON',
	*run(io): Run {
		const words = io.argv.slice(1).filter(word => word !== '-u');
		const [word, module, ...rest] = words;
		if (word === '-V' || word === '--version') {
			io.out(`Python ${versionOf(io)}\n`);
			return 0;
		}

		if (word === '-m' && module === 'http.server') return yield* httpServer(io, rest, versionOf(io));
		if (word === '-m' && module === 'json.tool') return yield* jsonTool(io, rest);
		const what = ['python3', word, word === '-m' ? module : ''].join(' ').trim();
		io.machine.sim.notes.notSimulated(what);
		io.err(`kubelab: not simulated: ${what}\n`);
		return notSimulatedStatus;
	},
};

export default python3;
