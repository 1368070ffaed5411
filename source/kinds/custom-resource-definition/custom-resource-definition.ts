import type {Kind} from '../../api/kind.js';
import {createdColumn, nameColumn} from '../cells.js';
import {customKinds} from './custom-kind.js';
import {defaultDefinition} from './defaults.js';
import {establish} from './establish.js';
import {validateDefinition} from './validate.js';

export default {
	kind: 'CustomResourceDefinition',
	group: 'apiextensions.k8s.io',
	version: 'v1',
	plural: 'customresourcedefinitions',
	singular: 'customresourcedefinition',
	shortNames: ['crd', 'crds'],
	namespaced: false,
	subresources: ['status'],
	statusKeeps: ['labels', 'annotations', 'ownerReferences'],
	schema: 'apiextensions.v1.CustomResourceDefinition',
	conditionalUpdate: true,
	categories: ['api-extensions'],
	generation: 'spec',
	defaults: defaultDefinition,
	prepareForCreate: establish,
	prepareForUpdate: (definition, old) => {
		definition.status = {...old.status, acceptedNames: definition.spec.names};
	},
	defines: customKinds,
	validate: validateDefinition,
	columns: [nameColumn, createdColumn],
} satisfies Kind;
