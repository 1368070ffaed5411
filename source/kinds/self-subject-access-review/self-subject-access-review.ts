import type {Kind} from '../../api/kind.js';
import {reviewSelf} from '../subject-access-review/review.js';

export default {
	kind: 'SelfSubjectAccessReview',
	group: 'authorization.k8s.io',
	version: 'v1',
	plural: 'selfsubjectaccessreviews',
	singular: 'selfsubjectaccessreview',
	shortNames: [],
	namespaced: false,
	verbs: ['create'],
	schema: 'authorization.v1.SelfSubjectAccessReview',
	actions: {create: reviewSelf},
	columns: [],
} satisfies Kind;
