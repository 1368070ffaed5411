import type {Kind} from '../../api/kind.js';
import {reviewSubject} from '../subject-access-review/review.js';

export default {
	kind: 'LocalSubjectAccessReview',
	group: 'authorization.k8s.io',
	version: 'v1',
	plural: 'localsubjectaccessreviews',
	singular: 'localsubjectaccessreview',
	shortNames: [],
	namespaced: true,
	verbs: ['create'],
	schema: 'authorization.v1.LocalSubjectAccessReview',
	actions: {create: reviewSubject},
	columns: [],
} satisfies Kind;
