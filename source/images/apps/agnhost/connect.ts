import type {ProgramContext} from '../../../node/program/program.js';
import {goDuration, type GoFlags} from '../go/flags.js';
import {dialProblem, refused, resolveHostPort, timedOut} from '../go/dial.js';
import {hostPort} from '../go/request.js';
import {endAfter, type Subcommand} from './subcommand.js';

/** Tries a connection and says in one word why there is none. */
const connect: Subcommand = {
	name: 'connect',
	start(context, flags) {
		const [place] = flags.args;
		const protocol = flags.values.get('protocol') || 'tcp';
		const timeout = flags.values.get('timeout') ?? '0s';
		const timeoutMs = goDuration(timeout);
		if (timeoutMs === undefined)
			return fail(
				context,
				`Error: invalid argument ${JSON.stringify(timeout)} for "--timeout" flag: time: invalid duration ${JSON.stringify(timeout)}`,
			);
		if (place === undefined || flags.args.length > 1) return fail(context, `Error: accepts 1 arg(s), received ${flags.args.length}`);
		if (protocol !== 'tcp' && protocol !== 'udp') {
			context.machine.sim.notes.notSimulated(`agnhost connect --protocol=${protocol}`);
			return fail(context, `kubelab: not simulated: agnhost connect --protocol=${protocol}`, 125);
		}

		const found = resolveHostPort(context.machine, place);
		if ('error' in found)
			return fail(context, `${found.error.startsWith('address') && protocol === 'tcp' ? 'UNKNOWN' : 'DNS'}: ${found.error}`);
		const attempt = protocol === 'tcp' ? byTcp : byUdp;
		attempt(context, found, timeoutMs, flags);
	},
};

export default connect;

interface Place {
	readonly address: string;
	readonly port: number;
}

function fail(context: ProgramContext, text: string, code = 1, tookMs = 0): void {
	context.log(text, 'stderr');
	endAfter(context, tookMs, code);
}

function byTcp(context: ProgramContext, place: Place, timeoutMs: number): void {
	const connection = context.machine.stack.connect(place.address, place.port);
	connection.close();
	const problem = dialProblem(connection.outcome);
	if (!problem) endAfter(context, 0, 0);
	else {
		const tookMs = timeoutMs > 0 ? Math.min(timeoutMs, problem.tookMs) : problem.tookMs;
		const late = problem.words === timedOut || tookMs < problem.tookMs;
		const why = problem.words === refused ? 'REFUSED' : `OTHER: dial tcp ${hostPort(place)}: connect: ${problem.words}`;
		fail(context, late ? 'TIMEOUT' : why, 1, tookMs);
	}
}

function byUdp(context: ProgramContext, place: Place, timeoutMs: number, flags: GoFlags): void {
	const {sim, stack, host} = context.machine;
	const sourcePort = 32_768 + sim.random.fork(`agnhost/${host}`).int(28_232);
	const {outcome, payload} = stack.exchange(place.address, place.port, `${flags.values.get('udp-data') ?? 'hostname'}\n`, {sourcePort});
	const read = `read udp ${sourceOf(context)}:${sourcePort}->${hostPort(place)}: `;
	const problem = outcome.kind === 'timeout' ? undefined : dialProblem(outcome);
	if (payload) endAfter(context, 0, 0);
	// Without a limit it would wait for ever.
	else if (!problem) fail(context, `TIMEOUT: ${read}i/o timeout`, 1, timeoutMs || waitsForEver);
	else fail(context, problem.words === refused ? `REFUSED: ${read}read: connection refused` : `UNKNOWN: ${read}${problem.words}`);
}

const waitsForEver = 3_600_000;

const sourceOf = ({machine}: ProgramContext) =>
	machine.stack.links.list().find(link => link.name === 'eth0')?.addresses[0]?.address ?? '127.0.0.1';
