import {isLabel1035, isSubdomain1123} from '../../api/selector/label-syntax.js';
import {duplicate, each, type Errors, invalid, items, notSupported, required} from '../errors.js';
import {goStrings, labelSelector} from '../rules.js';
import {validateClientConfig} from '../webhook-client.js';

const sideEffects = ['None', 'NoneOnDryRun'];
const operations = ['*', 'CONNECT', 'CREATE', 'DELETE', 'UPDATE'];

/** Models validateValidatingWebhook in pkg/apis/admissionregistration/validation. */
export function validateWebhooks({webhooks}: any): Errors {
	const names = new Set<string>();
	return items('webhooks', webhooks, (webhook: any, path) => {
		const errors: Errors = webhook.name ? each(`${path}.name`, webhook.name, qualified(webhook.name)) : [required(`${path}.name`)];
		errors.push(...items(`${path}.rules`, webhook.rules, rule));
		for (const [field, values] of [
			['failurePolicy', ['Fail', 'Ignore']],
			['matchPolicy', ['Equivalent', 'Exact']],
			['reinvocationPolicy', ['IfNeeded', 'Never']],
		] as const)
			if (webhook[field] !== undefined && !(values as readonly string[]).includes(webhook[field]))
				errors.push(notSupported(`${path}.${field}`, webhook[field], values));
		if (!webhook.sideEffects) errors.push(required(`${path}.sideEffects`, 'must specify one of None, NoneOnDryRun'));
		else if (!sideEffects.includes(webhook.sideEffects)) errors.push(notSupported(`${path}.sideEffects`, webhook.sideEffects, sideEffects));
		const seconds = webhook.timeoutSeconds;
		if (seconds > 30 || seconds < 1)
			errors.push(invalid(`${path}.timeoutSeconds`, seconds, 'the timeout value must be between 1 and 30 seconds'));
		for (const field of ['namespaceSelector', 'objectSelector']) errors.push(...labelSelector(`${path}.${field}`, webhook[field]));
		errors.push(...validateClientConfig(`${path}.clientConfig`, webhook.clientConfig ?? {}));
		errors.push(...reviewVersions(`${path}.admissionReviewVersions`, webhook.admissionReviewVersions ?? []));
		if (webhook.name && names.has(webhook.name)) errors.push(duplicate(`${path}.name`, webhook.name));
		names.add(webhook.name);
		return errors;
	});
}

const reviews = ['v1', 'v1beta1'];

/** Models validateAdmissionReviewVersions. */
function reviewVersions(field: string, versions: readonly string[]): Errors {
	if (versions.length === 0) return [required(field, `must specify one of ${reviews.join(', ')}`)];
	const errors = items(field, versions, (version, at, index) =>
		versions.indexOf(version) < index ? [invalid(at, version, 'duplicate version')] : each(at, version, isLabel1035(version)),
	);
	if (versions.some(version => reviews.includes(version))) return errors;
	return [...errors, invalid(field, goStrings(versions), `must include at least one of ${reviews.join(', ')}`)];
}

const qualified = (name: string): string[] => {
	const problems = isSubdomain1123(name);
	return problems.length === 0 && name.split('.').length < 3
		? ['should be a domain with at least three segments separated by dots']
		: problems;
};

const scopes = ['*', 'Cluster', 'Namespaced'];

/** Models validateRuleWithOperations and validateRule. */
function rule({operations: given = [], apiGroups = [], apiVersions = [], resources = [], scope}: any, path: string): Errors {
	const errors: Errors = given.length > 0 ? [] : [required(`${path}.operations`)];
	const alone = (name: string, list: readonly string[], what: string) => {
		if (list.length > 1 && list.includes('*'))
			errors.push(
				invalid(`${path}.${name}`, goStrings(list, name === 'operations' ? '[]admissionregistration.OperationType' : '[]string'), what),
			);
	};
	alone('operations', given, "if '*' is present, must not specify other operations");
	errors.push(
		...items(`${path}.operations`, given, (operation: string, at) =>
			operations.includes(operation) ? [] : [notSupported(at, operation, operations)],
		),
	);
	if (apiGroups.length === 0) errors.push(required(`${path}.apiGroups`));
	alone('apiGroups', apiGroups, "if '*' is present, must not specify other API groups");
	if (apiVersions.length === 0) errors.push(required(`${path}.apiVersions`));
	alone('apiVersions', apiVersions, "if '*' is present, must not specify other API versions");
	errors.push(...items(`${path}.apiVersions`, apiVersions, (version: string, at) => (version === '' ? [required(at)] : [])));
	errors.push(...resourceErrors(`${path}.resources`, resources));
	return scope === undefined || scopes.includes(scope) ? errors : [...errors, notSupported(`${path}.scope`, scope, scopes)];
}

/** Wildcards leave nothing for others to name. Models validateResources. */
function resourceErrors(field: string, resources: readonly string[]): Errors {
	if (resources.length === 0) return [required(field)];
	const whole = new Set<string>();
	const everywhere = new Set<string>();
	const errors = items(field, resources, (resource, at) => {
		if (resource === '') return [required(at)];
		if (!resource.includes('/')) return [];
		const [name, sub] = [resource.slice(0, resource.indexOf('/')), resource.slice(resource.indexOf('/') + 1)];
		const found: Errors = [];
		if (whole.has(name)) found.push(invalid(at, resource, `if '${name}/*' is present, must not specify ${resource}`));
		if (everywhere.has(sub)) found.push(invalid(at, resource, `if '*/${sub}' is present, must not specify ${resource}`));
		if (sub === '*') whole.add(name);
		if (name === '*') everywhere.add(sub);
		return found;
	});
	const named = (resource: string) => resource !== '*' && !resource.includes('/');
	if (resources.length > 1 && resources.includes('*/*'))
		errors.push(invalid(field, goStrings(resources), "if '*/*' is present, must not specify other resources"));
	if (resources.includes('*') && named(resources.filter(resource => !resource.includes('/')).at(-1) ?? ''))
		errors.push(invalid(field, goStrings(resources), "if '*' is present, must not specify other resources without subresources"));
	return errors;
}
