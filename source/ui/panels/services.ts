import type {Panel} from './panel.js';
import {objectRows} from './objects.js';

const panel: Panel = {
	title: 'services',
	ofHost: false,
	resource: 'services',
	columns: [
		{name: 'NAMESPACE', drop: 2},
		{name: 'NAME', drop: 0, shrink: 'name'},
		{name: 'TYPE', drop: 0},
		{name: 'CLUSTER-IP', drop: 0},
		{name: 'EXTERNAL-IP', drop: 1},
		{name: 'PORT(S)', drop: 0, shrink: 'text'},
		{name: 'AGE', drop: 3, quiet: true},
	],
	rows: world => objectRows(world, 'services', ['Namespace', 'Name', 'Type', 'Cluster-IP', 'External-IP', 'Port(s)', 'Age']),
};
export default panel;
