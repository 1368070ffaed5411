import type {Kind} from '../../api/kind.js';
import {ageColumn, column, nameColumn} from '../cells.js';
import {describeConfigMap} from './describe.js';
import {validateConfigMap} from './validate.js';

const size = (map: Record<string, string> | undefined): number => Object.keys(map ?? {}).length;

export default {
	kind: 'ConfigMap',
	group: '',
	version: 'v1',
	plural: 'configmaps',
	singular: 'configmap',
	shortNames: ['cm'],
	namespaced: true,
	schema: 'core.v1.ConfigMap',
	validate: validateConfigMap,
	columns: [nameColumn, column('Data', ({data, binaryData}) => size(data) + size(binaryData)), ageColumn],
	describe: describeConfigMap,
} satisfies Kind;
