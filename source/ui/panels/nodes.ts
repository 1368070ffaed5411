import type {Panel} from './panel.js';
import {objectRows} from './objects.js';

const panel: Panel = {
	title: 'nodes',
	ofHost: false,
	resource: 'nodes',
	columns: [
		{name: 'NAME', drop: 0},
		{name: 'STATUS', drop: 0},
		{name: 'ROLES', drop: 1},
		{name: 'INTERNAL-IP', drop: 1},
		{name: 'AGE', drop: 3, quiet: true},
		{name: 'VERSION', drop: 2},
	],
	rows: world => objectRows(world, 'nodes', ['Name', 'Status', 'Roles', 'Internal-IP', 'Age', 'Version']),
};
export default panel;
