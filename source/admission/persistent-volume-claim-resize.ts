import type {Admission} from '../api/admission.js';
import {forbidden} from '../api/errors.js';
import {compareQuantities, parseQuantity} from '../api/values/quantity.js';

/** Only a class that says so lets its claims grow. Models plugin/pkg/admission/storage/persistentvolume/resize. */
export default {
	name: 'PersistentVolumeClaimResize',
	resources: ['persistentvolumeclaims'],
	operations: ['update'],
	validate({draft, old, kind, name, reader, subresource}) {
		const [now, then] = [draft!['spec'].resources?.requests?.storage, old!['spec'].resources?.requests?.storage];
		if (subresource || now === undefined || then === undefined || compareQuantities(parseQuantity(now), parseQuantity(then)) <= 0) return;
		if (old!['status']?.phase !== 'Bound') throw forbidden(kind, name, 'Only bound persistent volume claims can be expanded');
		const className: string = old!.metadata.annotations?.['volume.beta.kubernetes.io/storage-class'] ?? old!['spec'].storageClassName ?? '';
		const storage = className ? reader.find('storageclasses.storage.k8s.io', undefined, className) : undefined;
		if (!storage?.['allowVolumeExpansion'])
			throw forbidden(
				kind,
				name,
				'only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc must support resize',
			);
	},
} satisfies Admission;
