import type {Machine} from '../node/host/machine.js';
import type {Command, Io} from '../shell/command.js';
import {comparedText} from './print/columns.js';
import {compareModes} from './compare.js';
import {readTraceOptions, type TraceOptions} from './walk/options.js';
import {TraceError, traceRequest} from './walk/request.js';
import {traceText} from './print/text.js';

const usage = `Usage: kubelab trace [--json] [-v] [--from HOST|POD] COMMAND
       kubelab trace --compare iptables,ipvs [--from HOST|POD] COMMAND

COMMAND is a URL, or curl, wget, ping, nc, telnet, dig, nslookup or host with their words.
`;

/** What the program itself is told, outside. */
const outside = ['check', 'demo', 'doctor', 'export', 'grade', 'import', 'lab', 'list', 'serve', 'sh', 'start'];

/** `kubelab trace ...` typed in the simulated shell; the request is sent from the machine it is typed on. */
export const kubelab: Command<Machine> = {
	name: 'kubelab',
	summary: 'show the way of a request hop by hop (kubelab trace)',
	path: '/usr/local/bin/kubelab',
	*run(io) {
		const [, word = '', ...argv] = io.argv;
		if (outside.includes(word)) {
			io.err(`kubelab ${word} is typed in a terminal of your own computer, not inside the cluster: ctrl-q, then q, leads there\n`);
			return 2;
		}
		if (word !== 'trace' || argv.length === 0 || argv[0] === '--help' || argv[0] === '-h') {
			io.err(usage);
			return word === 'trace' && argv.length > 0 ? 0 : 2;
		}
		try {
			return run(io, readTraceOptions(argv));
		} catch (error) {
			if (!(error instanceof TraceError)) throw error;
			io.err(`kubelab trace: ${error.message}\n`);
			return 2;
		}
	},
};

function run({machine, columns, out}: Io<Machine>, {json, verbose, from = machine.name, compare, words}: TraceOptions): number {
	const request = {from, words};
	if (compare) {
		const compared = compareModes(machine.world, request, compare);
		out(json ? `${JSON.stringify(compared, undefined, 2)}\n` : comparedText(compared, columns, verbose));
		return 0;
	}
	const trace = traceRequest(machine.world, {...request, draws: true});
	out(json ? `${JSON.stringify(trace, undefined, 2)}\n` : traceText(trace, {columns, verbose}));
	return trace.verdict.kind === 'answered' ? 0 : 1;
}
