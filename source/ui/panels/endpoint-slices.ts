import type {Panel} from './panel.js';
import {objectRows} from './objects.js';

const panel: Panel = {
	title: 'endpointSlices',
	ofHost: false,
	resource: 'endpointslices',
	columns: [
		{name: 'NAMESPACE', drop: 2},
		{name: 'NAME', drop: 0, shrink: 'name'},
		{name: 'ADDRESSTYPE', drop: 3},
		{name: 'PORTS', drop: 0},
		{name: 'ENDPOINTS', drop: 0, shrink: 'text'},
		{name: 'AGE', drop: 4, quiet: true},
	],
	rows: world => objectRows(world, 'endpointslices', ['Namespace', 'Name', 'AddressType', 'Ports', 'Endpoints', 'Age']),
};
export default panel;
