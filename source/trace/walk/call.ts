import type {Namespace} from '../../net/namespace.js';
import type {Connection, Netstack} from '../../net/netstack.js';
import type {Outcome} from '../../net/outcome.js';
import type {Hop} from '../../net/trace.js';
import type {Machine} from '../../node/host/machine.js';
import type {Command, Effect, Io} from '../../shell/command.js';

/** One thing a command asked of its network, with every step that packets made meanwhile. */
export interface Call {
	readonly protocol: 'tcp' | 'udp' | 'icmp';
	readonly destination: string;
	readonly port: number;
	readonly outcome: Outcome;
	readonly hops: readonly Hop[];
	readonly sent: string;
	readonly received: string;
	/** How the last exchange of a connection ended. */
	readonly end?: 'open' | 'closed' | 'reset' | 'timeout';
	/** Who swallowed the last packet that was lost. */
	readonly lastDrop: string;
}

export interface Recorded {
	readonly calls: readonly Call[];
	readonly exitCode: number;
	readonly stdout: string;
	readonly stderr: string;
}

/** Exit status after ctrl-c. */
const interrupted = 130;

/** Endless tools (`ping` without `-c`) are ended after so many waits. */
const waitsMax = 40;

/** Runs a command to its end without letting time pass, and writes down what its packets met. Changes the world: the caller restores it. */
export function record(machine: Machine, command: Command<Machine>, argv: readonly string[]): Recorded {
	const calls: Call[] = [];
	const kernel = (machine.stack as Namespace).kernel;
	let hops: Hop[] | undefined;
	const stop = kernel.wire.watch(hop => hops?.push(hop));
	const during = <T>(list: Hop[], work: () => T): T => {
		hops = list;
		try {
			return work();
		} finally {
			hops = undefined;
		}
	};
	const stack = listening(machine.stack, calls, during, () => kernel.wire.lastDrop);
	let stdout = '';
	let stderr = '';
	const io: Io<Machine> = {
		...{argv, env: machine.env, cwd: machine.home, stdin: '', stdinIsTerminal: false, stdoutIsTerminal: false, columns: 80, rows: 24},
		machine: Object.create(machine, {stack: {value: stack}}),
		unattended: true,
		out: text => void (stdout += text),
		err: text => void (stderr += text),
		path: name => (name.startsWith('/') ? name : `${machine.home}/${name}`),
	};
	try {
		return {exitCode: toItsEnd(command.run(io)), calls, stdout, stderr};
	} finally {
		stop();
	}
}

function toItsEnd(run: Generator<Effect, number, unknown>): number {
	let step = run.next();
	for (let waits = 0; !step.done && waits < waitsMax; waits++) {
		const {value} = step;
		step = run.next('exec' in value || 'enter' in value ? {stdout: '', stderr: '', exitCode: 127} : undefined);
	}
	if (step.done) return step.value;
	run.return(interrupted);
	return interrupted;
}

type During = <T>(hops: Hop[], work: () => T) => T;

/** The same stack, whose connect, exchange and ping also leave a `Call`. */
function listening(real: Netstack, calls: Call[], during: During, lastDrop: () => string): Netstack {
	const connect: Netstack['connect'] = (destination, port, options) => {
		const hops: Hop[] = [];
		const connection = during(hops, () => real.connect(destination, port, options));
		const at = calls.length;
		calls.push({protocol: 'tcp', destination, port, outcome: connection.outcome, hops, sent: '', received: '', lastDrop: lastDrop()});
		return {
			...connection,
			exchange(bytes) {
				const answer = during(hops, () => connection.exchange(bytes));
				const call = calls[at]!;
				calls[at] = {
					...call,
					sent: call.sent + bytes,
					received: call.received + answer.bytes,
					end: answer.end,
					lastDrop: lastDrop(),
				};
				return answer;
			},
			close: () => during([], () => connection.close()),
		} satisfies Connection;
	};
	const exchange: Netstack['exchange'] = (destination, port, payload, options) => {
		const hops: Hop[] = [];
		const datagram = during(hops, () => real.exchange(destination, port, payload, options));
		const received = datagram.payload ?? '';
		calls.push({protocol: 'udp', destination, port, outcome: datagram.outcome, hops, sent: payload, received, lastDrop: lastDrop()});
		return datagram;
	};
	const ping: Netstack['ping'] = (destination, options) => {
		const hops: Hop[] = [];
		const echo = during(hops, () => real.ping(destination, options));
		calls.push({protocol: 'icmp', destination, port: 0, outcome: echo.outcome, hops, sent: '', received: '', lastDrop: lastDrop()});
		return echo;
	};
	return {...real, connect, exchange, ping};
}
