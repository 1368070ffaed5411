import {IpvsError, type RealServer, type VirtualServerId} from '../../net/ipvs/ipvs.js';
import type {Table} from '../../sim/state.js';
import {type Proxier, type ProxyContext, proxyOf} from './memory.js';

/** Real servers that wait for their last connection to end (pkg/proxy/ipvs/graceful_termination.go). */
export interface Draining {
	readonly id: VirtualServerId;
	readonly server: {readonly address: string; readonly port: number};
}

const lookMs = 60_000;

export const drainTable = ({context}: Proxier): Table<Draining> =>
	context.machine.sim.state.table<Draining>(`kube-proxy/${context.machine.host}/draining`);

export const drainingKey = (id: VirtualServerId, server: {address: string; port: number}): string =>
	`${id.address}:${id.port}/${id.protocol}/${server.address}:${server.port}`;

/** Takes a real server out: at once when nothing uses it or it speaks UDP, else with weight 0 until its connections are gone. */
export function retire(proxy: Proxier, id: VirtualServerId, server: RealServer): void {
	const {ipvs} = proxy.context.machine.stack;
	if (id.protocol !== 'tcp' || server.activeConnections + server.inactiveConnections === 0) {
		ipvs.deleteServer(id, server);
		return;
	}

	const {address, port, forward} = server;
	ipvs.editServer(id, {address, port, forward, weight: 0});
	drainTable(proxy).set(drainingKey(id, server), {
		id: {protocol: id.protocol, address: id.address, port: id.port},
		server: {address, port},
	});
	proxy.context.wake(lookMs, 'drain', {periodic: true});
}

/** Once a minute: deletes those that nothing uses any more. */
export function drainServers(context: ProxyContext): void {
	const {ipvs} = context.machine.stack;
	const draining = drainTable(proxyOf(context));
	for (const [key, {id, server}] of [...draining.entries()]) {
		const standing = ipvs.service(id)?.servers.find(each => each.address === server.address && each.port === server.port);
		if (standing && standing.activeConnections + standing.inactiveConnections > 0) continue;
		draining.delete(key);
		if (!standing) continue;
		try {
			ipvs.deleteServer(id, server);
		} catch (error) {
			if (!(error instanceof IpvsError)) throw error;
		}
	}

	if (draining.size > 0) context.wake(lookMs, 'drain', {periodic: true});
}
