import type {Panel} from './panel.js';
import {objectRows} from './objects.js';

const panel: Panel = {
	title: 'pods',
	ofHost: false,
	resource: 'pods',
	columns: [
		{name: 'NAMESPACE', drop: 3},
		{name: 'NAME', drop: 0, shrink: 'name'},
		{name: 'READY', drop: 0},
		{name: 'STATUS', drop: 0},
		{name: 'RESTARTS', drop: 4},
		{name: 'AGE', drop: 2, quiet: true},
		{name: 'IP', drop: 1},
		{name: 'NODE', drop: 2},
	],
	rows: world => objectRows(world, 'pods', ['Namespace', 'Name', 'Ready', 'Status', 'Restarts', 'Age', 'IP', 'Node']),
};
export default panel;
