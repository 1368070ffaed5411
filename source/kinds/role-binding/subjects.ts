import type {Column} from '../../api/kind.js';
import {ageColumn, column, nameColumn, wide} from '../cells.js';

const rbacGroup = 'rbac.authorization.k8s.io';

/** Models pkg/apis/rbac/v1/defaults.go. */
export function defaultBinding(binding: any): void {
	binding.roleRef ??= {};
	binding.roleRef.apiGroup ||= rbacGroup;
	for (const subject of binding.subjects ?? []) {
		if (subject.kind === 'User' || subject.kind === 'Group') subject.apiGroup ||= rbacGroup;
	}
}

const names = (binding: any, kind: string): string =>
	(binding.subjects ?? [])
		.filter((subject: any) => subject.kind === kind)
		.map((subject: any) => (kind === 'ServiceAccount' ? `${subject.namespace ?? ''}/${subject.name}` : subject.name))
		.join(', ');

/** What roles and role bindings print of whom they bind. */
export const bindingColumns: readonly Column[] = [
	nameColumn,
	column('Role', ({roleRef}) => `${roleRef?.kind ?? ''}/${roleRef?.name ?? ''}`),
	ageColumn,
	wide('Users', binding => names(binding, 'User')),
	wide('Groups', binding => names(binding, 'Group')),
	wide('ServiceAccounts', binding => names(binding, 'ServiceAccount')),
];
