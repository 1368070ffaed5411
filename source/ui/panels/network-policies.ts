import type {Panel} from './panel.js';
import {objectRows} from './objects.js';

const panel: Panel = {
	title: 'networkPolicies',
	ofHost: false,
	resource: 'networkpolicies',
	columns: [
		{name: 'NAMESPACE', drop: 1},
		{name: 'NAME', drop: 0, shrink: 'name'},
		{name: 'POD-SELECTOR', drop: 0, shrink: 'text'},
		{name: 'AGE', drop: 2, quiet: true},
	],
	empty: 'emptyPolicies',
	rows: world => objectRows(world, 'networkpolicies', ['Namespace', 'Name', 'Pod-Selector', 'Age']),
};
export default panel;
