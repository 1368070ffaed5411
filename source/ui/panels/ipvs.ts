import type {RealServer, VirtualServer} from '../../net/ipvs/ipvs.js';
import {type Panel, rowsFrom} from './panel.js';

/** What `ipvsadm -Ln` would list on the chosen host, whether or not the tool is installed there. */
const panel: Panel = {
	title: 'ipvs',
	ofHost: true,
	columns: [
		{name: 'VIRTUAL / REAL SERVER', drop: 0, shrink: 'text'},
		{name: 'SCHED', drop: 1},
		{name: 'FORWARD', drop: 3},
		{name: 'WEIGHT', drop: 2, right: true},
		{name: 'ACTIVE', drop: 0, right: true},
		{name: 'INACT', drop: 0, right: true},
	],
	empty: 'emptyIpvs',
	rows(world, host) {
		const services = world.host(host)?.stack.ipvs.services() ?? [];
		return rowsFrom(
			services.flatMap(service => [virtualRow(service), ...service.servers.map(realRow)]),
			row => row,
		);
	},
};
export default panel;

const virtualRow = ({protocol, address, port, scheduler, persistentSeconds}: VirtualServer) => [
	`${protocol.toUpperCase()} ${address}:${port}`,
	`${scheduler}${persistentSeconds ? ` persistent ${persistentSeconds}` : ''}`,
	'',
	'',
	'',
	'',
];

const realRow = ({address, port, forward, weight, activeConnections, inactiveConnections}: RealServer) => [
	`  -> ${address}:${port}`,
	'',
	forward,
	String(weight),
	String(activeConnections),
	String(inactiveConnections),
];
