import type {Kind} from '../../api/kind.js';
import {ageColumn, column, nameColumn} from '../cells.js';
import {validateVolumeAttachment} from './validate.js';

export default {
	kind: 'VolumeAttachment',
	group: 'storage.k8s.io',
	version: 'v1',
	plural: 'volumeattachments',
	singular: 'volumeattachment',
	shortNames: [],
	namespaced: false,
	subresources: ['status'],
	statusKeeps: ['labels', 'annotations', 'finalizers', 'ownerReferences'],
	schema: 'storage.v1.VolumeAttachment',
	conditionalUpdate: true,
	prepareForCreate(object: any) {
		object.status = {attached: false};
	},
	validate: validateVolumeAttachment,
	columns: [
		nameColumn,
		column('Attacher', ({spec}) => spec?.attacher ?? ''),
		column('PV', ({spec}) => spec?.source?.persistentVolumeName ?? ''),
		column('Node', ({spec}) => spec?.nodeName ?? ''),
		column('Attached', ({status}) => Boolean(status?.attached), {type: 'boolean'}),
		ageColumn,
	],
} satisfies Kind;
