import type {Kind} from '../../api/kind.js';
import {ageColumn, column, nameColumn} from '../cells.js';
import {validateCsiDriver} from './validate.js';

export default {
	kind: 'CSIDriver',
	group: 'storage.k8s.io',
	version: 'v1',
	plural: 'csidrivers',
	singular: 'csidriver',
	shortNames: [],
	namespaced: false,
	schema: 'storage.v1.CSIDriver',
	conditionalUpdate: true,
	defaults(driver) {
		const spec = (driver.spec ??= {});
		spec.attachRequired ??= true;
		spec.podInfoOnMount ??= false;
		spec.storageCapacity ??= false;
		spec.fsGroupPolicy ??= 'ReadWriteOnceWithFSType';
		spec.volumeLifecycleModes ??= ['Persistent'];
		spec.requiresRepublish ??= false;
		spec.seLinuxMount ??= false;
	},
	validate: validateCsiDriver,
	columns: [
		nameColumn,
		column('AttachRequired', ({spec}) => spec?.attachRequired ?? true, {type: 'boolean'}),
		column('PodInfoOnMount', ({spec}) => spec?.podInfoOnMount ?? false, {type: 'boolean'}),
		column('StorageCapacity', ({spec}) => spec?.storageCapacity ?? false, {type: 'boolean'}),
		column('TokenRequests', ({spec}) => (spec?.tokenRequests ?? []).map(({audience}: any) => audience).join(',') || '<unset>'),
		column('RequiresRepublish', ({spec}) => spec?.requiresRepublish ?? false, {type: 'boolean'}),
		column('Modes', ({spec}) => (spec?.volumeLifecycleModes ?? []).join(',') || '<none>'),
		ageColumn,
	],
} satisfies Kind;
