import {isLabelValue, isQualifiedName} from '../api/selector/label-syntax.js';
import {fromLabelSelector, matchesLabels} from '../api/selector/label-selector.js';
import {equal} from '../api/values/plain.js';
import {type Errors, forbidden, invalid, nonNegative, notSupported, required} from './errors.js';
import {validateTemplate} from './pod/validate.js';
import {goPointer, goSelector, goStringMap, labelSelector} from './rules.js';
import {goText} from '../api/field-error.js';

/** What kinds with a pod template share. Models ValidatePodTemplateSpecForReplicaSet and its siblings. */
export function selectorAndTemplate(field: string, spec: any, owner: string): Errors {
	const errors: Errors = [];
	if (!spec.selector) errors.push(required(`${field}.selector`));
	else {
		errors.push(...labelSelector(`${field}.selector`, spec.selector));
		if (isEmpty(spec.selector))
			errors.push(invalid(`${field}.selector`, goSelector(spec.selector), `empty selector is invalid for ${owner}`));
	}

	return errors;
}

export const isEmpty = (selector: any): boolean => !Object.keys(selector?.matchLabels ?? {}).length && !selector?.matchExpressions?.length;

const operators = ['In', 'NotIn', 'Exists', 'DoesNotExist'];
/** False for a selector that LabelSelectorAsSelector refuses. */
export function isConvertible(selector: any): boolean {
	const wellFormed = (key: string, values: readonly string[]) =>
		isQualifiedName(key).length === 0 && values.every(value => isLabelValue(value).length === 0);
	if (!Object.entries<string>(selector?.matchLabels ?? {}).every(([key, value]) => wellFormed(key, [value]))) return false;
	return (selector?.matchExpressions ?? []).every(({key = '', operator, values = []}: any) => {
		const needsValues = operator === 'In' || operator === 'NotIn';
		return operators.includes(operator) && needsValues === values.length > 0 && wellFormed(key, values);
	});
}

const unmatched = '`selector` does not match template `labels`';

/** The template's own labels must be selected. */
export function templateMatches(field: string, spec: any): Errors {
	if (!isConvertible(spec.selector)) return [];
	const selector = fromLabelSelector(spec.selector);
	const labels = spec.template?.metadata?.labels;
	if (selector && selector.length > 0 && matchesLabels(selector, labels)) return [];
	return selector && selector.length === 0 ? [] : [invalid(`${field}.metadata.labels`, goStringMap(labels), unmatched)];
}

export const alwaysRestarts = (field: string, template: any): Errors =>
	template?.spec?.restartPolicy === 'Always'
		? []
		: [notSupported(`${field}.spec.restartPolicy`, template?.spec?.restartPolicy, ['Always'])];

export const noDeadline = (field: string, template: any, owner: string): Errors =>
	template?.spec?.activeDeadlineSeconds === undefined
		? []
		: [forbidden(`${field}.spec.activeDeadlineSeconds`, `activeDeadlineSeconds in ${owner} is not Supported`)];

/** ReplicaSets, whose selectors the server takes for a Deployment's. */
export function replicatedSpec(spec: any, owner: string): Errors {
	const errors: Errors = [...nonNegative('spec.replicas', spec.replicas), ...nonNegative('spec.minReadySeconds', spec.minReadySeconds)];
	const selectorErrors = selectorAndTemplate('spec', spec, 'deployment');
	if (!isConvertible(spec.selector))
		return [...errors, ...selectorErrors, invalid('spec.selector', goSelector(spec.selector), 'invalid label selector')];
	return [...errors, ...selectorErrors, ...templateOf(spec, owner)];
}

export function templateOf(spec: any, owner: string): Errors {
	return [
		...templateMatches('spec.template', spec),
		...validateTemplate('spec.template', spec.template),
		...alwaysRestarts('spec.template', spec.template),
		...noDeadline('spec.template', spec.template, owner),
	];
}

export const immutable = (field: string, now: unknown, before: unknown, shown: unknown = now): Errors =>
	equal(now, before) ? [] : [invalid(field, shown, 'field is immutable')];

/** A strategy whose type is not known, as fmt prints it with %#v. */
export const goStrategy = (struct: string, pointer: string, {type = '', rollingUpdate}: {type?: string; rollingUpdate?: unknown}) =>
	goText(`${struct}{Type:${JSON.stringify(type)}, RollingUpdate:(*${pointer})(${rollingUpdate ? goPointer : 'nil'})}`);
