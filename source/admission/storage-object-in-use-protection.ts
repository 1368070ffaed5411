import type {Admission} from '../api/admission.js';

const finalizers: Readonly<Record<string, string>> = {
	persistentvolumeclaims: 'kubernetes.io/pvc-protection',
	persistentvolumes: 'kubernetes.io/pv-protection',
};

/** A claim or volume in use is not deleted under its user. Models plugin/pkg/admission/storage/storageobjectinuseprotection. */
export default {
	name: 'StorageObjectInUseProtection',
	resources: ['persistentvolumeclaims', 'persistentvolumes'],
	operations: ['create'],
	admit({draft, resource}) {
		const finalizer = finalizers[resource]!;
		const {metadata} = draft!;
		if (!metadata.finalizers?.includes(finalizer)) metadata.finalizers = [...(metadata.finalizers ?? []), finalizer];
	},
} satisfies Admission;
