import type {ServiceHandler} from '../../net/socket.js';
import type {Sim} from '../../sim/sim.js';
import type {Table} from '../../sim/state.js';
import type {World} from '../world.js';
import {answerPython, type Served} from './http-server.js';

/** A server that somebody typed at a prompt: whose files it gives, and what it has yet to print. */
export interface TypedServer extends Served {
	readonly host: string;
	/** `''` for the host itself. */
	readonly container: string;
	readonly lines: readonly string[];
}

export const typedServerHandler = 'python';

/** By the owner of the socket. */
export const typedServers = (sim: Sim): Table<TypedServer> => sim.state.table<TypedServer>('node/python-servers');

export const serveTyped =
	(sim: Sim, world: World): ServiceHandler =>
	({owner, bytes, peer}) => {
		const table = typedServers(sim);
		const server = table.get(owner);
		const machine = server && (server.container ? world.runtime(server.host).machine(server.container) : world.host(server.host));
		if (!server || !machine) return {bytes: '', end: 'reset'};
		const {lines, ...answer} = answerPython(machine, server, bytes, peer.address);
		if (lines.length > 0) table.set(owner, {...server, lines: [...server.lines, ...lines]});
		return answer;
	};
