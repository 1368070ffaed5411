import type {Kind} from '../../api/kind.js';
import {ageColumn, column, joinHostPort, nameColumn} from '../cells.js';
import {describeEndpoints} from './describe.js';
import {validateEndpoints} from './validate.js';

const shownMax = 3;

export default {
	kind: 'Endpoints',
	group: '',
	version: 'v1',
	plural: 'endpoints',
	singular: 'endpoints',
	shortNames: ['ep'],
	namespaced: true,
	schema: 'core.v1.Endpoints',
	deprecation: 'v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice',
	defaults(endpoints) {
		for (const subset of endpoints.subsets ?? []) for (const port of subset.ports ?? []) port.protocol ||= 'TCP';
	},
	validate: validateEndpoints,
	columns: [nameColumn, column('Endpoints', ({subsets}) => formatEndpoints(subsets)), ageColumn],
	describe: describeEndpoints,
} satisfies Kind;

/** Ready addresses with each port; the first three. Models formatEndpoints. */
export function formatEndpoints(subsets: any[] | undefined): string {
	if (!subsets?.length) return '<none>';
	const all = subsets.flatMap(({addresses = [], ports = []}) =>
		ports.length === 0
			? addresses.map(({ip}: any) => ip)
			: ports.flatMap(({port}: any) => addresses.map(({ip}: any) => joinHostPort(ip, port))),
	);
	const text = all.slice(0, shownMax).join(',');
	return all.length > shownMax ? `${text} + ${all.length - shownMax} more...` : text || '<none>';
}
