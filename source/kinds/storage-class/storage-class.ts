import type {Kind} from '../../api/kind.js';
import {ageColumn, column, nameColumn} from '../cells.js';
import {describeStorageClass} from './describe.js';
import {validateStorageClass} from './validate.js';

export default {
	kind: 'StorageClass',
	group: 'storage.k8s.io',
	version: 'v1',
	plural: 'storageclasses',
	singular: 'storageclass',
	shortNames: ['sc'],
	namespaced: false,
	schema: 'storage.v1.StorageClass',
	defaults(storage) {
		storage.reclaimPolicy ??= 'Delete';
		storage.volumeBindingMode ??= 'Immediate';
	},
	validate: validateStorageClass,
	columns: [
		{...nameColumn, cell: storage => `${storage.metadata.name}${isDefaultClass(storage) ? ' (default)' : ''}`},
		column('Provisioner', ({provisioner}) => provisioner ?? ''),
		column('ReclaimPolicy', ({reclaimPolicy}) => reclaimPolicy ?? 'Delete'),
		column('VolumeBindingMode', ({volumeBindingMode}) => volumeBindingMode ?? 'Immediate'),
		column('AllowVolumeExpansion', ({allowVolumeExpansion}) => Boolean(allowVolumeExpansion)),
		ageColumn,
	],
	describe: describeStorageClass,
} satisfies Kind;

/** Marked by annotation, in its stable or its beta form. */
export const isDefaultClass = ({metadata}: any): boolean =>
	metadata.annotations?.['storageclass.kubernetes.io/is-default-class'] === 'true' ||
	metadata.annotations?.['storageclass.beta.kubernetes.io/is-default-class'] === 'true';
