import type {Conntrack} from '../../net/conntrack.js';
import type {PortChange, PortState} from './service-map.js';

/**
 * Forgets UDP flows that lead to an endpoint which no longer serves: unlike TCP, nobody would ever tell the client. A port left
 * without any serving endpoint keeps its flows (pkg/proxy/conntrack/cleanup.go), and TCP flows are never touched.
 */
export function forgetUdpFlows(conntrack: Conntrack, changes: readonly PortChange[]): void {
	for (const {after} of changes) {
		if (after?.port.protocol !== 'udp') continue;
		const serving = new Set(after.endpoints.filter(endpoint => endpoint.serving).map(endpoint => endpoint.ip));
		if (serving.size === 0) continue;
		conntrack.delete(
			({protocol, original, reply}) =>
				protocol === 'udp' && leadsTo(after, original.destination, original.destinationPort) && !serving.has(reply.source),
		);
	}
}

function leadsTo({port}: PortState, address: string, number: number): boolean {
	if (port.nodePort !== 0 && number === port.nodePort) return true;
	return number === port.port && [port.clusterIp, ...port.externalIps, ...port.loadBalancerIps].includes(address);
}
