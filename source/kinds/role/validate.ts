import {type Errors, invalid, items, notSupported, required} from '../errors.js';
import {goStrings, labelSelector} from '../rules.js';
import {isConvertible} from '../workload.js';
import {subdomain1123} from '../rules.js';

/** Models ValidatePolicyRule in pkg/apis/rbac/validation. */
export function validateRules(rules: readonly any[] | undefined | null, namespaced: boolean): Errors {
	return items('rules', rules, (rule, path) => {
		const errors: Errors = [];
		if (!rule.verbs?.length) errors.push(required(`${path}.verbs`, 'verbs must contain at least one value'));
		if (rule.nonResourceURLs?.length) {
			const field = `${path}.nonResourceURLs`;
			if (namespaced) errors.push(invalid(field, goStrings(rule.nonResourceURLs), 'namespaced rules cannot apply to non-resource URLs'));
			if (rule.apiGroups?.length || rule.resources?.length || rule.resourceNames?.length)
				errors.push(invalid(field, goStrings(rule.nonResourceURLs), 'rules cannot apply to both regular resources and non-resource URLs'));
			return errors;
		}

		if (!rule.apiGroups?.length) errors.push(required(`${path}.apiGroups`, 'resource rules must supply at least one api group'));
		if (!rule.resources?.length) errors.push(required(`${path}.resources`, 'resource rules must supply at least one resource'));
		return errors;
	});
}

export function validateAggregation({aggregationRule}: any): Errors {
	if (!aggregationRule) return [];
	const selectors = aggregationRule.clusterRoleSelectors;
	if (!selectors?.length)
		return [required('aggregationRule.clusterRoleSelectors', 'at least one clusterRoleSelector required if aggregationRule is non-nil')];
	return items('aggregationRule.clusterRoleSelectors', selectors, (selector, at) => [
		...labelSelector(at, selector),
		...(isConvertible(selector) ? [] : [invalid(at, null, 'invalid label selector.')]),
	]);
}

const group = 'rbac.authorization.k8s.io';

/** Models ValidateRoleBinding and ValidateRoleBindingSubject. */
export function validateBinding({roleRef = {}, subjects}: any, old: any, namespaced: boolean): Errors {
	const errors: Errors = [];
	if (roleRef.apiGroup !== group) errors.push(notSupported('roleRef.apiGroup', roleRef.apiGroup, [group]));
	const kinds = namespaced ? ['Role', 'ClusterRole'] : ['ClusterRole'];
	if (!kinds.includes(roleRef.kind)) errors.push(notSupported('roleRef.kind', roleRef.kind, kinds));
	if (!roleRef.name) errors.push(required('roleRef.name'));
	else if (/[/%]/.test(roleRef.name))
		errors.push(invalid('roleRef.name', roleRef.name, `may not contain '${/[/%]/.exec(roleRef.name)![0]}'`));
	errors.push(...items('subjects', subjects, (each, path) => subject(each, path, namespaced)));
	if (old && JSON.stringify(sorted(roleRef)) !== JSON.stringify(sorted(old.roleRef)))
		errors.push(invalid('roleRef', {goText: goRoleRef(roleRef)}, 'cannot change roleRef'));
	return errors;
}

const sorted = ({apiGroup, kind, name}: any) => ({apiGroup, kind, name});
const goRoleRef = ({apiGroup = '', kind = '', name = ''}: any): string =>
	`rbac.RoleRef{APIGroup:${JSON.stringify(apiGroup)}, Kind:${JSON.stringify(kind)}, Name:${JSON.stringify(name)}}`;

function subject({kind, apiGroup = '', name, namespace}: any, path: string, namespaced: boolean): Errors {
	const errors: Errors = name ? [] : [required(`${path}.name`)];
	switch (kind) {
		case 'ServiceAccount':
			if (name) errors.push(...subdomain1123(`${path}.name`, name));
			if (apiGroup) errors.push(notSupported(`${path}.apiGroup`, apiGroup, ['']));
			if (!namespaced && !namespace) errors.push(required(`${path}.namespace`));
			return errors;
		case 'User':
		case 'Group':
			return apiGroup === group ? errors : [...errors, notSupported(`${path}.apiGroup`, apiGroup, [group])];
		default:
			return [...errors, notSupported(`${path}.kind`, kind, ['ServiceAccount', 'User', 'Group'])];
	}
}
