import type {Panel} from '../panel.js';

/** What `ipvsadm -Ln` would list on the chosen host, whether or not the tool is installed there. */
const panel: Panel = {
	title: 'ipvs',
	ofHost: true,
	columns: [
		{name: 'VIRTUAL / REAL SERVER', drop: 0, shrink: true},
		{name: 'SCHED', drop: 1},
		{name: 'FORWARD', drop: 3},
		{name: 'WEIGHT', drop: 2, right: true},
		{name: 'ACTIVE', drop: 0, right: true},
		{name: 'INACT', drop: 0, right: true},
	],
	rows: (world, host) =>
		(world.host(host)?.stack.ipvs.services() ?? []).flatMap(service => [
			[
				`${service.protocol.toUpperCase()} ${service.address}:${service.port}`,
				`${service.scheduler}${service.persistentSeconds ? ` persistent ${service.persistentSeconds}` : ''}`,
				'',
				'',
				'',
				'',
			],
			...service.servers.map(server => [
				`  -> ${server.address}:${server.port}`,
				'',
				server.forward,
				String(server.weight),
				String(server.activeConnections),
				String(server.inactiveConnections),
			]),
		]),
};
export default panel;
