import type {Kind} from '../../api/kind.js';
import {ageColumn, column, nameColumn} from '../cells.js';
import {describeVolumeAttributesClass} from './describe.js';

export default {
	kind: 'VolumeAttributesClass',
	group: 'storage.k8s.io',
	version: 'v1beta1',
	plural: 'volumeattributesclasses',
	singular: 'volumeattributesclass',
	shortNames: ['vac'],
	namespaced: false,
	schema: 'storage.v1beta1.VolumeAttributesClass',
	columns: [nameColumn, column('DriverName', ({driverName}) => driverName ?? ''), ageColumn],
	describe: describeVolumeAttributesClass,
} satisfies Kind;
