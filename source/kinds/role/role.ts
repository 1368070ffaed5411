import type {Kind} from '../../api/kind.js';
import {isPathSegment} from '../../api/selector/label-syntax.js';
import {createdColumn, nameColumn} from '../cells.js';
import {describeRole} from './describe.js';
import {validateRules} from './validate.js';

export default {
	kind: 'Role',
	group: 'rbac.authorization.k8s.io',
	version: 'v1',
	plural: 'roles',
	singular: 'role',
	shortNames: [],
	namespaced: true,
	schema: 'rbac.v1.Role',
	nameRule: isPathSegment,
	defaults(role) {
		role.rules ??= null;
	},
	validate: ({rules}) => validateRules(rules, true),
	columns: [nameColumn, createdColumn],
	describe: describeRole,
} satisfies Kind;
