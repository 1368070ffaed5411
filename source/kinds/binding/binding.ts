import type {Kind} from '../../api/kind.js';
import {bind} from './bind.js';

export default {
	kind: 'Binding',
	group: '',
	version: 'v1',
	plural: 'bindings',
	singular: 'binding',
	shortNames: [],
	namespaced: true,
	verbs: ['create'],
	schema: 'core.v1.Binding',
	actions: {create: bind},
	columns: [],
} satisfies Kind;
