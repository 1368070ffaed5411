import {isSubdomain1123} from '../../api/selector/label-syntax.js';
import {duplicate, each, type Errors, invalid, items, notSupported, required} from '../errors.js';
import {labelSelector} from '../rules.js';

const sideEffects = ['None', 'NoneOnDryRun'];
const operations = ['*', 'CONNECT', 'CREATE', 'DELETE', 'UPDATE'];

/** Models validateValidatingWebhook in pkg/apis/admissionregistration/validation. */
export function validateWebhooks({webhooks}: any): Errors {
	const names = new Set<string>();
	return items('webhooks', webhooks, (webhook: any, path) => {
		const errors: Errors = each(`${path}.name`, webhook.name ?? '', qualified(webhook.name ?? ''));
		if (names.has(webhook.name)) errors.push(duplicate(`${path}.name`, webhook.name));
		names.add(webhook.name);
		errors.push(...items(`${path}.rules`, webhook.rules, rule));
		for (const [field, values] of [
			['failurePolicy', ['Fail', 'Ignore']],
			['matchPolicy', ['Equivalent', 'Exact']],
			['reinvocationPolicy', ['IfNeeded', 'Never']],
		] as const)
			if (webhook[field] !== undefined && !(values as readonly string[]).includes(webhook[field]))
				errors.push(notSupported(`${path}.${field}`, webhook[field], values));
		if (webhook.sideEffects === undefined) errors.push(required(`${path}.sideEffects`, 'must specify one of None, NoneOnDryRun'));
		else if (!sideEffects.includes(webhook.sideEffects)) errors.push(notSupported(`${path}.sideEffects`, webhook.sideEffects, sideEffects));
		const seconds = webhook.timeoutSeconds;
		if (seconds > 30 || seconds < 1)
			errors.push(invalid(`${path}.timeoutSeconds`, seconds, 'the timeout value must be between 1 and 30 seconds'));
		for (const field of ['namespaceSelector', 'objectSelector']) errors.push(...labelSelector(`${path}.${field}`, webhook[field]));
		const {service, url} = webhook.clientConfig ?? {};
		if ((service === undefined) === (url === undefined))
			errors.push(required(`${path}.clientConfig`, 'exactly one of url or service is required'));
		for (const field of service ? ['name', 'namespace'] : [])
			if (!service[field]) errors.push(required(`${path}.clientConfig.service.${field}`, `service ${field} is required`));
		if (!webhook.admissionReviewVersions?.length)
			errors.push(required(`${path}.admissionReviewVersions`, 'must specify one of v1, v1beta1'));
		return errors;
	});
}

const qualified = (name: string): string[] => {
	const problems = isSubdomain1123(name);
	return problems.length === 0 && name.split('.').length < 3
		? ['should be a domain with at least three segments separated by dots']
		: problems;
};

function rule({operations: given, apiGroups, apiVersions, resources}: any, path: string): Errors {
	const errors: Errors = [];
	if (!given?.length) errors.push(required(`${path}.operations`));
	for (const [field, list] of Object.entries({apiGroups, apiVersions, resources}))
		if (!list?.length) errors.push(required(`${path}.${field}`));
	return [
		...errors,
		...items(`${path}.operations`, given, (operation: string, at) =>
			operations.includes(operation) ? [] : [notSupported(at, operation, operations)],
		),
	];
}
