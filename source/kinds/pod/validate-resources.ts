import {goText} from '../../api/field-error.js';
import {isQualifiedName} from '../../api/selector/label-syntax.js';
import {milliValueOf, parseQuantity, printQuantity} from '../../api/values/quantity.js';
import {each, type Errors, invalid, required} from '../errors.js';
import {compareTexts, goQuantity, isNegative} from '../rules.js';

/** Names and amounts of resources. Models ValidateContainerResourceRequirements and validateResourceName. */
const containerResources = new Set(['cpu', 'memory', 'ephemeral-storage']);
export const standardResources = new Set([
	'cpu',
	'memory',
	'ephemeral-storage',
	'requests.cpu',
	'requests.memory',
	'requests.ephemeral-storage',
	'limits.cpu',
	'limits.memory',
	'limits.ephemeral-storage',
	'pods',
	'resourcequotas',
	'services',
	'replicationcontrollers',
	'secrets',
	'configmaps',
	'persistentvolumeclaims',
	'storage',
	'requests.storage',
	'services.nodeports',
	'services.loadbalancers',
]);
const integerResources = new Set([
	'pods',
	'resourcequotas',
	'services',
	'replicationcontrollers',
	'secrets',
	'configmaps',
	'persistentvolumeclaims',
	'services.nodeports',
	'services.loadbalancers',
]);

export const isHugePages = (name: string): boolean => name.startsWith('hugepages-');
const isNative = (name: string): boolean => !name.includes('/') || name.includes('kubernetes.io/');
/** In a domain of its own, such as `example.com/gpu`; a quota must be able to name it. */
export const isExtended = (name: string): boolean =>
	!isNative(name) && !name.startsWith('requests.') && isQualifiedName(`requests.${name}`).length === 0;
export const overcommits = (name: string): boolean => isNative(name) && !isHugePages(name);

export function resourceName(
	field: string,
	name: string,
	isStandard: (name: string) => boolean = value => standardResources.has(value),
): Errors {
	const errors = each(field, goText(name), isQualifiedName(name));
	if (errors.length > 0) return errors;
	if (!name.includes('/') && !isStandard(name) && !isHugePages(name))
		errors.push(invalid(field, goText(name), 'must be a standard resource type or fully qualified'));
	return errors;
}

export function containerResourceName(field: string, name: string): Errors {
	const errors = resourceName(field, name);
	if (!name.includes('/')) {
		if (!containerResources.has(name) && !isHugePages(name))
			errors.push(invalid(field, goText(name), 'must be a standard resource for containers'));
	} else if (!isNative(name) && !isExtended(name)) {
		errors.push(invalid(field, goText(name), "doesn't follow extended resource name standard"));
	}

	return errors;
}

export function resourceAmount(field: string, name: string, amount: string): Errors {
	const errors: Errors = isNegative(amount) ? [invalid(field, amount, 'must be greater than or equal to 0')] : [];
	const whole = integerResources.has(name) || isExtended(name) || name.startsWith('count/');
	if (whole && milliValueOf(parseQuantity(amount)) % 1000n !== 0n) errors.push(invalid(field, goQuantity(amount), 'must be an integer'));
	return errors;
}

export function validateResources(field: string, resources: any): Errors {
	const {limits = {}, requests = {}} = resources ?? {};
	const errors: Errors = [];
	for (const name of Object.keys(limits).sort()) errors.push(...amount(`${field}.limits[${name}]`, name, limits[name]));
	for (const name of Object.keys(requests).sort()) {
		errors.push(...amount(`${field}.requests[${name}]`, name, requests[name]));
		const limit = limits[name];
		if (limit === undefined) {
			if (!overcommits(name)) errors.push(required(`${field}.limits`, 'Limit must be set for non overcommitable resources'));
			continue;
		}

		const order = compareTexts(requests[name], limit);
		const shown = printQuantity(parseQuantity(limit));
		if (order !== 0 && !overcommits(name))
			errors.push(invalid(`${field}.requests`, requests[name], `must be equal to ${name} limit of ${shown}`));
		else if (order > 0)
			errors.push(invalid(`${field}.requests`, requests[name], `must be less than or equal to ${name} limit of ${shown}`));
	}

	const names = [...Object.keys(limits), ...Object.keys(requests)];
	if (names.some(isHugePages) && !names.includes('cpu') && !names.includes('memory'))
		errors.push({type: 'Forbidden', field, detail: 'HugePages require cpu or memory'});
	return errors;
}

const amount = (field: string, name: string, value: string): Errors => [
	...containerResourceName(field, name),
	...resourceAmount(field, name, value),
];
