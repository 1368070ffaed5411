import type {Kind} from '../../api/kind.js';
import {isPathSegment} from '../../api/label-syntax.js';
import {bindingColumns, defaultBinding} from './subjects.js';
import {describeRoleBinding} from './describe.js';

export default {
	kind: 'RoleBinding',
	group: 'rbac.authorization.k8s.io',
	version: 'v1',
	plural: 'rolebindings',
	singular: 'rolebinding',
	shortNames: [],
	namespaced: true,
	schema: 'rbac.v1.RoleBinding',
	nameRule: isPathSegment,
	defaults: defaultBinding,
	columns: bindingColumns,
	describe: describeRoleBinding,
} satisfies Kind;
