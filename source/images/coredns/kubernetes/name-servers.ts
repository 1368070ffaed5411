import type {KubeObject} from '../../../api/object.js';
import type {Serving} from '../plugin.js';
import {clusterIps, endpointsAt, endpointsOfService, isHeadless} from './objects.js';
import type {KubernetesConfig} from './setup.js';

/** The names and addresses this server is reached by: those of the Services its own pod is an endpoint of (plugin/kubernetes/ns.go). */
export function nameServers(
	config: KubernetesConfig,
	zone: string,
	{reader, localAddresses}: Serving,
): Array<{name: string; address: string}> {
	const found: Array<{name: string; address: string}> = [];
	for (const local of localAddresses) {
		for (const {namespace, service} of endpointsAt(reader, config, local)) {
			const object = reader.find<KubeObject>('services', namespace, service);
			if (!object) continue;
			const name = `${service}.${namespace}.svc.${zone}`;
			if (isHeadless(object)) {
				for (const endpoint of endpointsOfService(reader, config, namespace, service))
					found.push({name: `${endpoint.hostname}.${name}`, address: endpoint.ip});
			} else {
				for (const address of clusterIps(object)) found.push({name, address});
			}
		}
	}

	if (found.length === 0) return localAddresses.map(address => ({name: `ns.dns.${zone}`, address}));
	const unique = new Map(found.map(entry => [`${entry.name} ${entry.address}`, entry]));
	return [...unique.values()];
}
