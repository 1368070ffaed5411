import type {Kind} from '../../api/kind.js';
import {createdColumn, nameColumn} from '../cells.js';
import {defaultDefinition} from './defaults.js';

export default {
	kind: 'CustomResourceDefinition',
	group: 'apiextensions.k8s.io',
	version: 'v1',
	plural: 'customresourcedefinitions',
	singular: 'customresourcedefinition',
	shortNames: ['crd', 'crds'],
	namespaced: false,
	subresources: ['status'],
	schema: 'apiextensions.v1.CustomResourceDefinition',
	categories: ['api-extensions'],
	generation: 'spec',
	defaults: defaultDefinition,
	prepareForCreate(definition) {
		definition.status = {conditions: null, acceptedNames: {plural: '', kind: ''}, storedVersions: null};
	},
	columns: [nameColumn, createdColumn],
} satisfies Kind;
