import type {Kind} from '../../api/kind.js';
import {reviewRules} from '../subject-access-review/review.js';

export default {
	kind: 'SelfSubjectRulesReview',
	group: 'authorization.k8s.io',
	version: 'v1',
	plural: 'selfsubjectrulesreviews',
	singular: 'selfsubjectrulesreview',
	shortNames: [],
	namespaced: false,
	verbs: ['create'],
	schema: 'authorization.v1.SelfSubjectRulesReview',
	actions: {create: reviewRules},
	columns: [],
} satisfies Kind;
