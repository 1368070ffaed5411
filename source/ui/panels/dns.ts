import type {KubeObject} from '../../api/object.js';
import {type Panel, rowsFrom} from './panel.js';

/** The names that Services give to clients in the cluster, and what each stands for. */
const panel: Panel = {
	title: 'dns',
	ofHost: false,
	columns: [
		{name: 'NAME', drop: 0, shrink: 'text'},
		{name: 'TYPE', drop: 0},
		{name: 'ANSWER', drop: 0, shrink: 'text'},
		{name: 'WHY', drop: 1, shrink: 'text'},
	],
	rows(world) {
		const slices = world.api.reader.list('endpointslices.discovery.k8s.io');
		return rowsFrom(
			world.api.reader.list('services').flatMap(service => recordsOf(service, slices)),
			row => row,
		);
	},
};
export default panel;

type Row = readonly [name: string, type: string, answer: string, why: string];

function recordsOf(service: KubeObject, slices: readonly KubeObject[]): Row[] {
	const {name, namespace} = service.metadata;
	const full = `${name}.${namespace}.svc.cluster.local`;
	const {type, clusterIP, clusterIPs = [], externalName} = service['spec'] ?? {};
	if (type === 'ExternalName') return [[full, 'CNAME', `${externalName}`, 'ExternalName']];
	if (clusterIP !== 'None') return clusterIPs.map((ip: string) => [full, ip.includes(':') ? 'AAAA' : 'A', ip, 'ClusterIP'] as const);
	const own = slices.filter(
		slice => slice.metadata.namespace === namespace && slice.metadata.labels?.['kubernetes.io/service-name'] === name,
	);
	const ready = own.flatMap(slice => (slice['endpoints'] ?? []) as any[]).filter(endpoint => endpoint.conditions?.ready !== false);
	const whole: Row[] = ready.map(endpoint => [full, 'A', endpoint.addresses[0], 'headless']);
	const named: Row[] = ready
		.filter(endpoint => endpoint.hostname)
		.map(endpoint => [`${endpoint.hostname}.${full}`, 'A', endpoint.addresses[0], 'hostname']);
	return [...whole, ...named];
}
