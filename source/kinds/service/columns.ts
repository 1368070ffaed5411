import type {Column} from '../../api/kind.js';
import {ageColumn, column, formatLabels, loadBalancerText, nameColumn, wide} from '../cells.js';

export const serviceColumns: readonly Column[] = [
	nameColumn,
	column('Type', ({spec}) => spec?.type ?? ''),
	column('Cluster-IP', ({spec}) => spec?.clusterIPs?.[0] || spec?.clusterIP || '<none>'),
	column('External-IP', (service, {wide: isWide}) => externalIps(service, isWide ?? true)),
	column('Port(s)', ({spec}) => portsText(spec?.ports)),
	ageColumn,
	wide('Selector', ({spec}) => formatLabels(spec?.selector)),
];

function externalIps({spec, status}: any, isWide: boolean): string {
	const given: string[] = spec?.externalIPs ?? [];
	switch (spec?.type) {
		case 'ClusterIP':
		case 'NodePort':
			return given.length > 0 ? given.join(',') : '<none>';
		case 'LoadBalancer': {
			const assigned = loadBalancerText(status?.loadBalancer, isWide);
			if (given.length > 0) return [...(assigned ? assigned.split(',') : []), ...given].join(',');
			return assigned || '<pending>';
		}

		case 'ExternalName':
			return spec.externalName ?? '';
		default:
			return '<unknown>';
	}
}

/** `80/TCP`, `80:30080/TCP` */
export const portsText = (ports: any[] | undefined): string =>
	(ports ?? []).map(({port, nodePort, protocol}) => `${port}${nodePort ? `:${nodePort}` : ''}/${protocol ?? ''}`).join(',') || '<none>';
