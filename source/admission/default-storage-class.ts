import type {Admission} from '../api/admission.js';
import {isDefaultClass} from '../kinds/storage-class/storage-class.js';
import {youngest} from './default-class.js';

/** Models plugin/pkg/admission/storage/storageclass/setdefault. */
export default {
	name: 'DefaultStorageClass',
	resources: ['persistentvolumeclaims'],
	operations: ['create'],
	admit({draft, reader}) {
		const annotation = draft!.metadata.annotations?.['volume.beta.kubernetes.io/storage-class'];
		if (draft!['spec'].storageClassName !== undefined || annotation !== undefined) return;
		const found = youngest(reader.list('storageclasses.storage.k8s.io').filter(isDefaultClass));
		if (found) draft!['spec'].storageClassName = found.metadata.name;
	},
} satisfies Admission;
