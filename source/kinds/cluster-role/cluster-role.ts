import type {Kind} from '../../api/kind.js';
import {isPathSegment} from '../../api/selector/label-syntax.js';
import {createdColumn, nameColumn} from '../cells.js';
import {describeClusterRole} from './describe.js';
import {validateAggregation, validateRules} from '../role/validate.js';

export default {
	kind: 'ClusterRole',
	group: 'rbac.authorization.k8s.io',
	version: 'v1',
	plural: 'clusterroles',
	singular: 'clusterrole',
	shortNames: [],
	namespaced: false,
	schema: 'rbac.v1.ClusterRole',
	nameRule: isPathSegment,
	defaults(role) {
		role.rules ??= null;
	},
	validate: role => [...validateRules(role.rules, false), ...validateAggregation(role)],
	columns: [nameColumn, createdColumn],
	describe: describeClusterRole,
} satisfies Kind;
