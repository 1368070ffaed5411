import type {Kind} from '../../api/kind.js';
import {whoAmI} from '../token-review/token.js';

export default {
	kind: 'SelfSubjectReview',
	group: 'authentication.k8s.io',
	version: 'v1',
	plural: 'selfsubjectreviews',
	singular: 'selfsubjectreview',
	shortNames: [],
	namespaced: false,
	verbs: ['create'],
	schema: 'authentication.v1.SelfSubjectReview',
	actions: {create: whoAmI},
	columns: [],
} satisfies Kind;
