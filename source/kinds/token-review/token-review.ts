import type {Kind} from '../../api/kind.js';
import {reviewToken} from './token.js';

export default {
	kind: 'TokenReview',
	group: 'authentication.k8s.io',
	version: 'v1',
	plural: 'tokenreviews',
	singular: 'tokenreview',
	shortNames: [],
	namespaced: false,
	verbs: ['create'],
	schema: 'authentication.v1.TokenReview',
	actions: {create: reviewToken},
	columns: [],
} satisfies Kind;
