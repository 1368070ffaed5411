import type {Program} from '../program/program.js';

/** What a `kubectl port-forward` keeps in mind: where each of its ports leads, and which connections it has taken. */
export interface PortForwardMemory {
	readonly pod: string;
	readonly container: string;
	readonly remotes: Readonly<Record<string, number>>;
	/** Local ports of connections that nobody has been told of yet. */
	readonly taken: readonly number[];
	/** Local ports behind which the pod's own refused. */
	readonly refused: readonly number[];
}

/** Answers on the local ports of `kubectl port-forward` with what the pod's own loopback answers. */
export const portForwarder: Program = {
	name: 'kubectl-port-forward',
	start() {},
	serve(context, {bytes, local}) {
		const memory = context.memory as PortForwardMemory;
		const remote = memory.remotes[local.port]!;
		const stack = context.machine.world.container(memory.pod, memory.container)?.stack;
		const connection = stack?.connect('127.0.0.1', remote);
		// A server is spoken to once; the empty greeting of a connection is none.
		if (bytes !== '' || connection?.outcome.kind !== 'connected') context.memory = {...memory, taken: [...memory.taken, local.port]};
		if (connection?.outcome.kind !== 'connected') {
			context.memory = {...(context.memory as PortForwardMemory), refused: [...memory.refused, local.port]};
			return {bytes: '', end: 'closed'};
		}

		const answer = connection.exchange(bytes);
		connection.close();
		return answer.end === 'timeout' && bytes === '' ? {bytes: '', end: 'open'} : answer;
	},
};
