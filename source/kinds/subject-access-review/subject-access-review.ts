import type {Kind} from '../../api/kind.js';
import {reviewSubject} from './review.js';

export default {
	kind: 'SubjectAccessReview',
	group: 'authorization.k8s.io',
	version: 'v1',
	plural: 'subjectaccessreviews',
	singular: 'subjectaccessreview',
	shortNames: [],
	namespaced: false,
	verbs: ['create'],
	schema: 'authorization.v1.SubjectAccessReview',
	actions: {create: reviewSubject},
	columns: [],
} satisfies Kind;
