import type {Kind} from '../../api/kind.js';
import {ageColumn, column, firstOf, nameColumn} from '../cells.js';
import {describeEndpointSlice} from './describe.js';
import {validateSlice} from './validate.js';

export default {
	kind: 'EndpointSlice',
	group: 'discovery.k8s.io',
	version: 'v1',
	plural: 'endpointslices',
	singular: 'endpointslice',
	shortNames: [],
	namespaced: true,
	generation: 'spec',
	schema: 'discovery.v1.EndpointSlice',
	defaults(slice) {
		slice.endpoints ??= null;
		slice.ports ??= null;
		for (const port of slice.ports ?? []) {
			port.name ??= '';
			port.protocol ??= 'TCP';
		}
	},
	validate: validateSlice,
	columns: [
		nameColumn,
		column('AddressType', ({addressType}) => addressType ?? ''),
		column(
			'Ports',
			({ports}) =>
				firstOf(
					(ports ?? []).map(({port, name}: any) => String(port ?? name ?? '*')),
					3,
				) || '<unset>',
		),
		column('Endpoints', ({endpoints}) =>
			endpoints?.length
				? firstOf(
						endpoints.flatMap(({addresses}: any) => addresses ?? []),
						3,
					)
				: '<unset>',
		),
		ageColumn,
	],
	describe: describeEndpointSlice,
} satisfies Kind;
