import type {Kind} from '../../api/kind.js';
import {ageColumn, column, firstOf, loadBalancerText, nameColumn} from '../cells.js';
import {describeIngress} from './describe.js';
import {validateIngress} from './validate.js';

export default {
	kind: 'Ingress',
	group: 'networking.k8s.io',
	version: 'v1',
	plural: 'ingresses',
	singular: 'ingress',
	shortNames: ['ing'],
	namespaced: true,
	subresources: ['status'],
	schema: 'networking.v1.Ingress',
	generation: 'spec',
	prepareForCreate(ingress) {
		ingress.status = {loadBalancer: {}};
	},
	validate: validateIngress,
	warnings: ({metadata}, old) =>
		!old && metadata.annotations?.['kubernetes.io/ingress.class'] !== undefined
			? ['annotation "kubernetes.io/ingress.class" is deprecated, please use \'spec.ingressClassName\' instead']
			: [],
	columns: [
		nameColumn,
		column('Class', ({spec}) => spec?.ingressClassName ?? '<none>'),
		column('Hosts', ({spec}) => hostsText(spec?.rules)),
		column('Address', ({status}, {wide}) => loadBalancerText(status?.loadBalancer, wide ?? true)),
		column('Ports', ({spec}) => (spec?.tls?.length ? '80, 443' : '80')),
		ageColumn,
	],
	describe: describeIngress,
} satisfies Kind;

function hostsText(rules: any[] | undefined): string {
	const hosts = [...new Set<string>((rules ?? []).map(({host}) => host).filter(Boolean))];
	return hosts.length === 0 ? '*' : firstOf(hosts, 3);
}
