import {goText} from '../../api/field-error.js';
import {isLabelValue, isQualifiedName} from '../../api/selector/label-syntax.js';
import {duplicate, each, type Errors, invalid, items, notSupported, required} from '../errors.js';
import {labelSelector, qualifiedName, taintEffect} from '../rules.js';

/** Where a pod may, should or must not run. Models validateAffinity, ValidateTolerations, validateTopologySpreadConstraints. */
const during = 'DuringSchedulingIgnoredDuringExecution';

export function validateAffinity(path: string, affinity: any): Errors {
	const errors: Errors = [];
	const node = affinity?.nodeAffinity;
	if (node) {
		const hard = node[`required${during}`];
		if (hard) errors.push(...nodeSelector(`${path}.nodeAffinity.required${during}`, hard));
		errors.push(
			...items(`${path}.nodeAffinity.preferred${during}`, node[`preferred${during}`], ({weight = 0, preference = {}}: any, at) => [
				...weightErrors(`${at}.weight`, weight),
				...nodeTerm(preference, `${at}.preference`),
			]),
		);
	}

	for (const name of ['podAffinity', 'podAntiAffinity']) {
		const terms = affinity?.[name];
		if (!terms) continue;
		errors.push(...items(`${path}.${name}.required${during}`, terms[`required${during}`], podTerm));
		errors.push(
			...items(`${path}.${name}.preferred${during}`, terms[`preferred${during}`], ({weight = 0, podAffinityTerm = {}}: any, at) => [
				...weightErrors(`${at}.weight`, weight),
				...podTerm(podAffinityTerm, `${at}.podAffinityTerm`),
			]),
		);
	}

	return errors;
}

const weightErrors = (field: string, weight: number): Errors =>
	weight < 1 || weight > 100 ? [invalid(field, weight, 'must be in the range 1-100')] : [];

export function nodeSelector(path: string, {nodeSelectorTerms}: any): Errors {
	const field = `${path}.nodeSelectorTerms`;
	if (!nodeSelectorTerms?.length) return [required(field, 'must have at least one node selector term')];
	return items(field, nodeSelectorTerms, nodeTerm);
}

function nodeTerm({matchExpressions, matchFields}: any, path: string): Errors {
	return [
		...items(`${path}.matchExpressions`, matchExpressions, nodeRequirement),
		...items(`${path}.matchFields`, matchFields, nodeRequirement),
	];
}

function nodeRequirement({key = '', operator = '', values = []}: any, path: string): Errors {
	const errors: Errors = [];
	if (operator === 'In' || operator === 'NotIn') {
		if (values.length === 0) errors.push(required(`${path}.values`, "must be specified when `operator` is 'In' or 'NotIn'"));
	} else if (operator === 'Exists' || operator === 'DoesNotExist') {
		if (values.length > 0)
			errors.push({
				type: 'Forbidden',
				field: `${path}.values`,
				detail: "may not be specified when `operator` is 'Exists' or 'DoesNotExist'",
			});
	} else if (operator === 'Gt' || operator === 'Lt') {
		if (values.length !== 1) errors.push(required(`${path}.values`, "must be specified single value when `operator` is 'Lt' or 'Gt'"));
	} else errors.push(invalid(`${path}.operator`, operator, 'not a valid selector operator'));
	return [
		...errors,
		...each(`${path}.key`, key, isQualifiedName(key)),
		...items(`${path}.values`, values, (value: string, at) => each(at, value, isLabelValue(value))),
	];
}

function podTerm({labelSelector: selector, namespaceSelector, namespaces, topologyKey}: any, path: string): Errors {
	return [
		...labelSelector(`${path}.labelSelector`, selector),
		...labelSelector(`${path}.namespaceSelector`, namespaceSelector),
		...items(`${path}.namespaces`, namespaces, (name: string) => each(`${path}.namespace`, name, isLabelValue(name))),
		...(topologyKey ? qualifiedName(`${path}.topologyKey`, topologyKey) : [required(`${path}.topologyKey`, 'can not be empty')]),
	];
}

export const validateTolerations = (field: string, tolerations: readonly any[] | undefined): Errors =>
	items(field, tolerations, toleration);

function toleration({key, operator, value = '', effect, tolerationSeconds}: any, path: string): Errors {
	const errors: Errors = key ? qualifiedName(`${path}.key`, key) : [];
	if (!key && operator !== 'Exists')
		errors.push(
			invalid(
				`${path}.operator`,
				operator ?? '',
				'operator must be Exists when `key` is empty, which means "match all values and all keys"',
			),
		);
	if (tolerationSeconds !== undefined && effect !== 'NoExecute')
		errors.push(invalid(`${path}.effect`, effect ?? '', "effect must be 'NoExecute' when `tolerationSeconds` is set"));
	if (!operator || operator === 'Equal') {
		const problems = isLabelValue(value);
		if (problems.length > 0) errors.push(invalid(`${path}.operator`, value, problems.join(';')));
	} else if (operator === 'Exists') {
		if (value) errors.push(invalid(`${path}.operator`, value, "value must be empty when `operator` is 'Exists'"));
	} else errors.push(notSupported(`${path}.operator`, operator, ['Equal', 'Exists']));
	return effect ? [...errors, ...taintEffect(`${path}.effect`, effect)] : errors;
}

export function validateSpread(field: string, constraints: readonly any[] | undefined): Errors {
	const seen = new Set<string>();
	return items(field, constraints, ({maxSkew = 0, topologyKey, whenUnsatisfiable, labelSelector: selector, minDomains}, path) => {
		const errors: Errors = maxSkew <= 0 ? [invalid(`${path}.maxSkew`, maxSkew, 'must be greater than 0')] : [];
		if (!topologyKey) errors.push(required(`${path}.topologyKey`, 'can not be empty'));
		const actions = ['DoNotSchedule', 'ScheduleAnyway'];
		if (!actions.includes(whenUnsatisfiable)) errors.push(notSupported(`${path}.whenUnsatisfiable`, whenUnsatisfiable, actions));
		const pair = `{${topologyKey}, ${whenUnsatisfiable}}`;
		if (seen.has(pair)) errors.push(duplicate(`${path}.{topologyKey, whenUnsatisfiable}`, goText(pair)));
		seen.add(pair);
		if (minDomains !== undefined && minDomains <= 0) errors.push(invalid(`${path}.minDomains`, minDomains, 'must be greater than 0'));
		return [...errors, ...labelSelector(`${path}.labelSelector`, selector)];
	});
}
