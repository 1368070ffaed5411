import type {Kind} from '../../api/kind.js';
import {ageColumn, integer, nameColumn} from '../cells.js';
import {validateCsiNode} from '../csi-driver/validate.js';
import {describeCsiNode} from './describe.js';

export default {
	kind: 'CSINode',
	group: 'storage.k8s.io',
	version: 'v1',
	plural: 'csinodes',
	singular: 'csinode',
	shortNames: [],
	namespaced: false,
	schema: 'storage.v1.CSINode',
	conditionalUpdate: true,
	validate: validateCsiNode,
	columns: [nameColumn, integer('Drivers', ({spec}) => spec?.drivers?.length ?? 0), ageColumn],
	describe: describeCsiNode,
} satisfies Kind;
