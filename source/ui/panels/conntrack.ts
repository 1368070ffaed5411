import {type Panel, rowsFrom} from './panel.js';

/** The connections that the chosen host's kernel follows: as they were asked for, and as the answers come back. */
const panel: Panel = {
	title: 'conntrack',
	ofHost: true,
	columns: [
		{name: 'PROTO', drop: 0},
		{name: 'STATE', drop: 1},
		{name: 'FROM', drop: 0, shrink: 'text'},
		{name: 'TO', drop: 0, shrink: 'text'},
		{name: 'ANSWERED BY', drop: 0, shrink: 'text'},
		{name: 'TO WHOM', drop: 2, shrink: 'text'},
		{name: 'EXPIRES', drop: 3, quiet: true, right: true},
	],
	empty: 'emptyConntrack',
	rows(world, host) {
		const now = world.sim.clock.now();
		const entries = world.host(host)?.stack.conntrack.entries() ?? [];
		return rowsFrom(entries, ({protocol, state, original, reply, unreplied, expiresMs}) => [
			protocol,
			unreplied ? `${state} UNREPLIED`.trim() : state,
			end(original.source, original.sourcePort),
			end(original.destination, original.destinationPort),
			end(reply.source, reply.sourcePort),
			end(reply.destination, reply.destinationPort),
			`${Math.max(0, Math.round((expiresMs - now) / 1000))}s`,
		]);
	},
};
export default panel;

const end = (address: string, port: number) => (port ? `${address}:${port}` : address);
