import type {KubeObject} from '../../source/api/object.js';

/** A short notation of the unit-test goldens: one service port a row. */
export interface PortRow {
	readonly namespace: string;
	readonly name: string;
	readonly portName?: string;
	readonly protocol?: string;
	readonly port: number;
	readonly clusterIP: string;
	readonly type?: string;
	readonly nodePort?: number;
	readonly externalTrafficPolicy?: string;
	readonly internalTrafficPolicy?: string;
	readonly loadBalancerIPs?: string[];
	readonly externalIPs?: string[];
	readonly healthCheckNodePort?: number;
	readonly loadBalancerSourceRanges?: string[];
	readonly sessionAffinity?: string;
	readonly timeoutSeconds?: number;
	readonly endpoints: Array<{ip: string; port: number; node?: string}>;
}

/** Services and slices of such rows; rows of one Service become its ports. */
export function objectsOf(rows: readonly PortRow[]): KubeObject[] {
	const services = new Map<string, KubeObject>();
	const objects: KubeObject[] = [];
	for (const row of rows) {
		const key = `${row.namespace}/${row.name}`;
		const port = {name: row.portName, protocol: row.protocol ?? 'TCP', port: row.port, nodePort: row.nodePort};
		const standing = services.get(key);
		if (standing) standing['spec'].ports.push(port);
		else {
			const service = serviceOf(row, port);
			services.set(key, service);
			objects.push(service);
		}

		if (row.endpoints.length === 0) continue;
		objects.push({
			apiVersion: 'discovery.k8s.io/v1',
			kind: 'EndpointSlice',
			metadata: {name: `${row.name}-${row.portName ?? 'port'}`, namespace: row.namespace, labels: {'kubernetes.io/service-name': row.name}},
			addressType: 'IPv4',
			ports: [{name: row.portName ?? '', port: row.endpoints[0]!.port, protocol: row.protocol ?? 'TCP'}],
			endpoints: row.endpoints.map(({ip, node}) => ({addresses: [ip], conditions: {ready: true}, ...(node && {nodeName: node})})),
		});
	}

	return objects;
}

function serviceOf(row: PortRow, port: object): KubeObject {
	return {
		apiVersion: 'v1',
		kind: 'Service',
		metadata: {name: row.name, namespace: row.namespace},
		spec: {
			type: row.type ?? 'ClusterIP',
			clusterIP: row.clusterIP,
			clusterIPs: [row.clusterIP],
			externalTrafficPolicy: row.externalTrafficPolicy,
			internalTrafficPolicy: row.internalTrafficPolicy,
			externalIPs: row.externalIPs,
			healthCheckNodePort: row.healthCheckNodePort,
			loadBalancerSourceRanges: row.loadBalancerSourceRanges,
			sessionAffinity: row.sessionAffinity,
			sessionAffinityConfig: {clientIP: {timeoutSeconds: row.timeoutSeconds}},
			ports: [port],
		},
		status: {loadBalancer: {ingress: row.loadBalancerIPs?.map(ip => ({ip}))}},
	};
}
