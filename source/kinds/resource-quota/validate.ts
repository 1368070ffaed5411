import {goText} from '../../api/field-error.js';
import {isQualifiedName} from '../../api/label-syntax.js';
import {each, type Errors, invalid} from '../errors.js';
import {resourceAmount, standardResources} from '../pod/validate-resources.js';
import {goStrings} from '../rules.js';

const scopes = [
	'BestEffort',
	'CrossNamespacePodAffinity',
	'NotBestEffort',
	'NotTerminating',
	'PriorityClass',
	'Terminating',
	'VolumeAttributesClass',
];
const quotaResources = new Set([...standardResources].filter(name => name !== 'storage'));
const isQuota = (name: string): boolean =>
	quotaResources.has(name) || name.startsWith('hugepages-') || name.startsWith('requests.hugepages-');

/** Models ValidateResourceQuotaSpec. */
export function validateQuota({spec = {}}: any): Errors {
	const errors: Errors = [];
	for (const name of Object.keys(spec.hard ?? {}).sort()) {
		const field = `spec.hard[${name}]`;
		const problems = each(field, goText(name), isQualifiedName(name));
		errors.push(...problems);
		if (problems.length === 0 && !name.includes('/') && !isQuota(name))
			errors.push(invalid(field, goText(name), 'must be a standard resource for quota'));
		errors.push(...resourceAmount(field, name, spec.hard[name]));
	}

	if (spec.scopes?.some((scope: string) => !scopes.includes(scope)))
		errors.push(invalid('spec.scopes', goStrings(spec.scopes, '[]core.ResourceQuotaScope'), 'unsupported scope'));
	const pairs: Array<[string, string]> = [
		['BestEffort', 'NotBestEffort'],
		['Terminating', 'NotTerminating'],
	];
	if (pairs.some(([a, b]) => spec.scopes?.includes(a) && spec.scopes.includes(b)))
		errors.push(invalid('spec.scopes', goStrings(spec.scopes, '[]core.ResourceQuotaScope'), 'conflicting scopes'));
	return errors;
}
