import {goQuote, goText} from '../../api/field-error.js';
import {type Errors, invalid, required} from '../errors.js';
import {resourceAmount, resourceName, standardResources} from '../pod/validate-resources.js';
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

const ofPods = new Set(['cpu', 'memory', 'limits.cpu', 'limits.memory', 'pods', 'requests.cpu', 'requests.memory']);

/** Which resources a scope can count (helper.IsResourceQuotaScopeValidForResource). */
function fits(scope: string, name: string): boolean {
	if (scope === 'BestEffort') return name === 'pods';
	if (scope === 'VolumeAttributesClass') return name === 'persistentvolumeclaims' || name === 'requests.storage';
	return !scopes.includes(scope) || ofPods.has(name);
}

const existing = ['BestEffort', 'CrossNamespacePodAffinity', 'NotBestEffort', 'NotTerminating', 'Terminating'];

/** Models validateScopedResourceSelectorRequirement. */
function validateScopeSelector({scopeSelector, hard = {}}: any): Errors {
	const field = 'spec.scopeSelector.matchExpressions';
	const errors: Errors = [];
	const expressions: any[] = scopeSelector?.matchExpressions ?? [];
	for (const {scopeName, operator, values = []} of expressions) {
		if (!scopes.includes(scopeName)) errors.push(invalid(`${field}.scopeName`, scopeName, 'unsupported scope'));
		for (const name of Object.keys(hard).sort())
			if (isQuota(name) && !fits(scopeName, name))
				errors.push(invalid(field, goText(goExpressions(expressions)), 'unsupported scope applied to resource'));
		if (existing.includes(scopeName) && operator !== 'Exists') errors.push(invalid(`${field}.operator`, operator, mustExist));
		if (operator === 'In' || operator === 'NotIn') {
			if (values.length === 0)
				errors.push(required(`${field}.values`, "must be at least one value when `operator` is 'In' or 'NotIn' for scope selector"));
		} else if (operator !== 'Exists' && operator !== 'DoesNotExist') {
			errors.push(invalid(`${field}.operator`, operator, 'not a valid selector operator'));
		} else if (values.length > 0) {
			const why = "must be no value when `operator` is 'Exist' or 'DoesNotExist' for scope selector";
			errors.push(invalid(`${field}.values`, goStrings(values), why));
		}
	}

	return errors;
}

const mustExist =
	"must be 'Exists' when scope is any of ResourceQuotaScopeTerminating, ResourceQuotaScopeNotTerminating, ResourceQuotaScopeBestEffort, ResourceQuotaScopeNotBestEffort or ResourceQuotaScopeCrossNamespacePodAffinity";

const goExpressions = (expressions: readonly any[]): string =>
	`core.ScopeSelector{MatchExpressions:[]core.ScopedResourceSelectorRequirement{${expressions
		.map(
			({scopeName, operator, values}) =>
				`core.ScopedResourceSelectorRequirement{ScopeName:${goQuote(scopeName)}, Operator:${goQuote(operator)}, Values:[]string${values ? `{${values.map(goQuote).join(', ')}}` : '(nil)'}}`,
		)
		.join(', ')}}}`;

/** Models ValidateResourceQuotaSpec. */
export function validateQuota({spec = {}}: any): Errors {
	const errors: Errors = [];
	for (const name of Object.keys(spec.hard ?? {}).sort()) {
		const field = `spec.hard[${name}]`;
		errors.push(...resourceName(field, name));
		if (!name.includes('/') && !isQuota(name)) errors.push(invalid(field, goText(name), 'must be a standard resource for quota'));
		errors.push(...resourceAmount(field, name, spec.hard[name]));
	}

	const refused = (why: string) => invalid('spec.scopes', goStrings(spec.scopes, '[]core.ResourceQuotaScope'), why);
	for (const scope of spec.scopes ?? []) {
		if (!scopes.includes(scope)) errors.push(refused('unsupported scope'));
		for (const name of Object.keys(spec.hard ?? {}).sort())
			if (isQuota(name) && !fits(scope, name)) errors.push(refused('unsupported scope applied to resource'));
	}

	errors.push(...validateScopeSelector(spec));
	const pairs: Array<[string, string]> = [
		['BestEffort', 'NotBestEffort'],
		['Terminating', 'NotTerminating'],
	];
	if (pairs.some(([a, b]) => spec.scopes?.includes(a) && spec.scopes.includes(b))) errors.push(refused('conflicting scopes'));
	return errors;
}
