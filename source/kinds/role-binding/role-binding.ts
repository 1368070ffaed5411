import type {Kind} from '../../api/kind.js';
import {isPathSegment} from '../../api/selector/label-syntax.js';
import {bindingColumns, defaultBinding} from './subjects.js';
import {describeRoleBinding} from './describe.js';
import {validateBinding} from '../role/validate.js';

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
	validate: (binding, old) => validateBinding(binding, old, true),
	columns: bindingColumns,
	describe: describeRoleBinding,
} satisfies Kind;
