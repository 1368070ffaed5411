import type {Panel} from './panel.js';
import {objectRows} from './objects.js';

const panel: Panel = {
	title: 'endpoints',
	ofHost: false,
	resource: 'endpoints',
	columns: [
		{name: 'NAMESPACE', drop: 2},
		{name: 'NAME', drop: 0, shrink: 'name'},
		{name: 'ENDPOINTS', drop: 0, shrink: 'text'},
		{name: 'AGE', drop: 3, quiet: true},
	],
	rows: world => objectRows(world, 'endpoints', ['Namespace', 'Name', 'Endpoints', 'Age']),
};
export default panel;
