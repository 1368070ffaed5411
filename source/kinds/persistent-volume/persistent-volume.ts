import type {Kind} from '../../api/kind.js';
import {accessModesText, storageClassOf} from '../persistent-volume-claim/access-modes.js';
import {ageColumn, column, nameColumn, wide} from '../cells.js';
import {roundUp} from '../pod/defaults.js';
import {describePersistentVolume} from './describe.js';
import {validateVolume} from './validate.js';

export default {
	kind: 'PersistentVolume',
	group: '',
	version: 'v1',
	plural: 'persistentvolumes',
	singular: 'persistentvolume',
	shortNames: ['pv'],
	namespaced: false,
	subresources: ['status'],
	schema: 'core.v1.PersistentVolume',
	defaults(volume) {
		const spec = (volume.spec ??= {});
		roundUp(spec.capacity);
		spec.persistentVolumeReclaimPolicy ||= 'Retain';
		spec.volumeMode ??= 'Filesystem';
		volume.status = {...volume.status, phase: volume.status?.phase || 'Pending'};
		if (spec.hostPath) spec.hostPath.type ??= '';
	},
	prepareForCreate(volume) {
		volume.status = {phase: 'Pending'};
	},
	validate: validateVolume,
	columns: [
		nameColumn,
		column('Capacity', ({spec}) => spec?.capacity?.storage ?? ''),
		column('Access Modes', ({spec}) => accessModesText(spec?.accessModes)),
		column('Reclaim Policy', ({spec}) => spec?.persistentVolumeReclaimPolicy ?? ''),
		column('Status', ({status, metadata}) => (metadata.deletionTimestamp ? 'Terminating' : (status?.phase ?? ''))),
		column('Claim', ({spec}) => (spec?.claimRef ? `${spec.claimRef.namespace ?? ''}/${spec.claimRef.name ?? ''}` : '')),
		column('StorageClass', ({metadata, spec}) => storageClassOf(metadata, spec)),
		column('VolumeAttributesClass', ({spec}) => spec?.volumeAttributesClassName ?? '<unset>'),
		column('Reason', ({status}) => status?.reason ?? ''),
		ageColumn,
		wide('VolumeMode', ({spec}) => spec?.volumeMode ?? '<unset>'),
	],
	describe: describePersistentVolume,
} satisfies Kind;
