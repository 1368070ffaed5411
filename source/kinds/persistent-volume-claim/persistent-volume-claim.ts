import type {Kind} from '../../api/kind.js';
import {ageColumn, column, nameColumn, wide} from '../cells.js';
import {defaultClaimSpec, roundUp} from '../pod/defaults.js';
import {accessModesText, storageClassOf} from './access-modes.js';
import {describePersistentVolumeClaim} from './describe.js';
import {validateClaim} from './validate.js';

export default {
	kind: 'PersistentVolumeClaim',
	group: '',
	version: 'v1',
	plural: 'persistentvolumeclaims',
	singular: 'persistentvolumeclaim',
	shortNames: ['pvc'],
	namespaced: true,
	subresources: ['status'],
	schema: 'core.v1.PersistentVolumeClaim',
	defaults(claim) {
		defaultClaimSpec((claim.spec ??= {}));
		claim.status ??= {};
		claim.status.phase ||= 'Pending';
		roundUp(claim.status.capacity);
	},
	prepareForCreate(claim) {
		claim.status = {phase: 'Pending'};
	},
	validate: validateClaim,
	columns: [
		nameColumn,
		column('Status', ({status, metadata}) => (metadata.deletionTimestamp ? 'Terminating' : (status?.phase ?? ''))),
		column('Volume', ({spec}) => spec?.volumeName ?? ''),
		column('Capacity', ({spec, status}) => (spec?.volumeName ? (status?.capacity?.storage ?? '0') : '')),
		column('Access Modes', ({spec, status}) => (spec?.volumeName ? accessModesText(status?.accessModes) : '')),
		column('StorageClass', ({metadata, spec}) => storageClassOf(metadata, spec)),
		column('VolumeAttributesClass', ({spec}) => spec?.volumeAttributesClassName ?? '<unset>'),
		ageColumn,
		wide('VolumeMode', ({spec}) => spec?.volumeMode ?? '<unset>'),
	],
	describe: describePersistentVolumeClaim,
} satisfies Kind;
