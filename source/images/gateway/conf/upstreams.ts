import type {Backend} from '../graph/backends.js';
import type {Objects} from '../resources.js';
import {invalidUpstream} from './groups.js';
import type {VirtualServer} from './virtual-servers.js';

const socket = (status: number) => `unix:/var/run/nginx/nginx-${status}-server.sock`;

/** One `upstream` for each Service that a route leads to; without an endpoint it answers 503. */
export function upstreams(servers: readonly VirtualServer[], objects: Objects): string {
	const services = new Map<string, NonNullable<Backend['service']>>();
	for (const {paths} of servers)
		for (const {matches} of paths)
			for (const {rule} of matches)
				for (const {upstream, service} of rule.backends) if (upstream && service) services.set(upstream, service);
	const blocks = [...services]
		.sort(([one], [other]) => (one < other ? -1 : 1))
		.map(([name, service]) => {
			const found = endpointsOf(objects, service);
			const lines = (found.length > 0 ? found : [socket(503)]).map(address => `    server ${address};\n`);
			return `\nupstream ${name} {\n    random two least_conn;\n    zone ${name} 512k;\n\n${lines.join('')}}\n`;
		});
	return `${blocks.join('')}\nupstream ${invalidUpstream} {\n    random two least_conn;\n    server ${socket(500)};\n}\n`;
}

/** Ready endpoints of a port, as its EndpointSlices name it. */
function endpointsOf(objects: Objects, {namespace, name, port}: NonNullable<Backend['service']>): readonly string[] {
	const found = new Set<string>();
	for (const slice of objects.slices(namespace, name) as readonly any[]) {
		const number = (slice.ports ?? []).find((each: any) => (each.name ?? '') === (port.name ?? ''))?.port;
		if (number === undefined) continue;
		for (const {addresses, conditions} of slice.endpoints ?? [])
			if (conditions?.ready !== false) for (const address of addresses) found.add(`${address}:${number}`);
	}

	return [...found].sort();
}

export const errorServers = [503, 500]
	.map(status => `\nserver {\n    listen ${socket(status)};\n    access_log off;\n\n    return ${status};\n}\n`)
	.join('');
