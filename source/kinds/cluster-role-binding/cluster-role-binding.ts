import type {Kind} from '../../api/kind.js';
import {isPathSegment} from '../../api/selector/label-syntax.js';
import {bindingColumns, defaultBinding} from '../role-binding/subjects.js';
import {describeClusterRoleBinding} from './describe.js';
import {validateBinding} from '../role/validate.js';

export default {
	kind: 'ClusterRoleBinding',
	group: 'rbac.authorization.k8s.io',
	version: 'v1',
	plural: 'clusterrolebindings',
	singular: 'clusterrolebinding',
	shortNames: [],
	namespaced: false,
	schema: 'rbac.v1.ClusterRoleBinding',
	nameRule: isPathSegment,
	defaults: defaultBinding,
	validate: (binding, old) => validateBinding(binding, old, false),
	columns: bindingColumns,
	describe: describeClusterRoleBinding,
} satisfies Kind;
