import type {Client} from '../../source/api/client.js';
import type {Cluster} from '../../source/cluster/cluster.js';

export const administrator = {name: 'kubernetes-admin', groups: ['system:masters', 'system:authenticated']};
export const clientOf = (cluster: Cluster): Client => cluster.api.client(administrator, {fieldManager: 'bench'});

/** Services, and pods that they select. */
export function fill(client: Client, pods: number, services: number): void {
	for (let each = 0; each < services; each++) {
		client.create({
			apiVersion: 'v1',
			kind: 'Service',
			metadata: {name: `s${each}`, namespace: 'default'},
			spec: {selector: {app: `a${each}`}, ports: [{port: 80}]},
		});
	}
	for (let each = 0; each < pods; each++) {
		client.create({
			apiVersion: 'v1',
			kind: 'Pod',
			metadata: {name: `p${each}`, namespace: 'default', labels: {app: `a${each % Math.max(1, services)}`}},
			spec: {containers: [{name: 'c', image: 'nginx'}]},
		});
	}
}

/** Services with two endpoints each that no pod stands behind: nothing but the proxies has work with them. */
export function fillProxies(client: Client, services: number): void {
	for (let each = 0; each < services; each++) {
		const name = `s${each}`;
		client.create({apiVersion: 'v1', kind: 'Service', metadata: {name, namespace: 'default'}, spec: {ports: [{name: 'http', port: 80}]}});
		client.create({
			apiVersion: 'discovery.k8s.io/v1',
			kind: 'EndpointSlice',
			metadata: {name: `${name}-x`, namespace: 'default', labels: {'kubernetes.io/service-name': name}},
			addressType: 'IPv4',
			endpoints: [1, 2].map(host => ({
				addresses: [`10.244.${host}.${(each % 200) + 20}`],
				conditions: {ready: true},
				nodeName: `k8s-node${host}`,
			})),
			ports: [{name: 'http', port: 80, protocol: 'TCP'}],
		});
	}
}
