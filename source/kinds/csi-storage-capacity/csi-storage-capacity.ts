import type {Kind} from '../../api/kind.js';
import {column, nameColumn} from '../cells.js';

export default {
	kind: 'CSIStorageCapacity',
	group: 'storage.k8s.io',
	version: 'v1',
	plural: 'csistoragecapacities',
	singular: 'csistoragecapacity',
	shortNames: [],
	namespaced: true,
	schema: 'storage.v1.CSIStorageCapacity',
	columns: [
		nameColumn,
		column('StorageClassName', ({storageClassName}) => storageClassName ?? ''),
		column('Capacity', ({capacity}) => capacity ?? '<unset>'),
	],
} satisfies Kind;
