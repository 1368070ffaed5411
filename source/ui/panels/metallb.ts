import type {Kind} from '../../api/kind.js';
import type {KubeObject} from '../../api/object.js';
import {storedName} from './objects.js';
import {type Panel, rowsFrom} from './panel.js';

/** The objects of MetalLB's own kinds, once it is installed. */
const panel: Panel = {
	title: 'metallb',
	ofHost: false,
	columns: [
		{name: 'KIND', drop: 0},
		{name: 'NAMESPACE', drop: 2},
		{name: 'NAME', drop: 0, shrink: 'name'},
		{name: 'SAYS', drop: 0, shrink: 'text'},
	],
	empty: 'emptyMetallb',
	rows(world) {
		const context = {nowMs: world.sim.clock.now()};
		const kinds = world.api.kinds().filter(kind => kind.group === 'metallb.io');
		const objects = kinds.flatMap(kind => world.api.reader.list(storedName(kind)).map(object => ({kind, object})));
		return rowsFrom(objects, ({kind, object}) => [
			kind.kind,
			object.metadata.namespace ?? '',
			object.metadata.name,
			says(kind, object, context),
		]);
	},
};
export default panel;

/** Its own columns, as kubectl shows them, without name and age. */
const says = (kind: Kind, object: KubeObject, context: {nowMs: number}): string =>
	kind.columns
		.filter(({name}) => name !== 'Name' && name !== 'Age')
		.map(({name, cell}) => `${name}: ${String(cell(object, context) ?? '')}`)
		.join('  ');
