import type {Panel} from './panel.js';
import {objectRows} from './objects.js';

const panel: Panel = {
	title: 'ingresses',
	ofHost: false,
	resource: 'ingresses',
	columns: [
		{name: 'NAMESPACE', drop: 3},
		{name: 'NAME', drop: 0, shrink: 'name'},
		{name: 'CLASS', drop: 2},
		{name: 'HOSTS', drop: 0, shrink: 'text'},
		{name: 'ADDRESS', drop: 1},
		{name: 'PORTS', drop: 1},
		{name: 'AGE', drop: 4, quiet: true},
	],
	rows: world => objectRows(world, 'ingresses', ['Namespace', 'Name', 'Class', 'Hosts', 'Address', 'Ports', 'Age']),
};
export default panel;
