import type {Panel} from './panel.js';
import {objectRows} from './objects.js';

const panel: Panel = {
	title: 'deployments',
	ofHost: false,
	resource: 'deployments',
	columns: [
		{name: 'NAMESPACE', drop: 2},
		{name: 'NAME', drop: 0, shrink: 'name'},
		{name: 'READY', drop: 0},
		{name: 'UP-TO-DATE', drop: 3},
		{name: 'AVAILABLE', drop: 1},
		{name: 'AGE', drop: 4, quiet: true},
	],
	rows: world => objectRows(world, 'deployments', ['Namespace', 'Name', 'Ready', 'Up-to-date', 'Available', 'Age']),
};
export default panel;
