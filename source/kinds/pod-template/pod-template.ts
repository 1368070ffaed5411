import type {Kind} from '../../api/kind.js';
import {column, containerImages, containerNames, formatLabels, nameColumn} from '../cells.js';
import {defaultTemplate} from '../pod/defaults.js';
import {validateTemplate} from '../pod/validate.js';

export default {
	kind: 'PodTemplate',
	group: '',
	version: 'v1',
	plural: 'podtemplates',
	singular: 'podtemplate',
	shortNames: [],
	namespaced: true,
	schema: 'core.v1.PodTemplate',
	generation: 'spec',
	defaults(object) {
		if (object.template) defaultTemplate(object.template);
	},
	validate: ({template}) => validateTemplate('template', template),
	columns: [
		nameColumn,
		column('Containers', ({template}) => containerNames(template?.spec)),
		column('Images', ({template}) => containerImages(template?.spec)),
		column('Pod Labels', ({template}) => formatLabels(template?.metadata?.labels)),
	],
} satisfies Kind;
