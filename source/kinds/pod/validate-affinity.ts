import {isLabelValue, isQualifiedName} from '../../api/selector/label-syntax.js';
import {duplicate, each, type Errors, forbidden, invalid, items, notSupported, required} from '../errors.js';
import {label1123, labelSelector, qualifiedName, subdomain1123, taintEffect} from '../rules.js';

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
				...nodeTerm(preference, `${at}.preference`, true),
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
	return items(field, nodeSelectorTerms, (term, at) => nodeTerm(term, at, false));
}

/** What is only preferred may name values that no label can have. */
const nodeTerm = ({matchExpressions, matchFields}: any, path: string, isPreferred: boolean): Errors => [
	...items(`${path}.matchExpressions`, matchExpressions, (requirement, at) => nodeRequirement(requirement, at, isPreferred)),
	...items(`${path}.matchFields`, matchFields, fieldRequirement),
];

function nodeRequirement({key = '', operator = '', values = []}: any, path: string, isPreferred: boolean): Errors {
	const errors: Errors = [];
	if (operator === 'In' || operator === 'NotIn') {
		if (values.length === 0) errors.push(required(`${path}.values`, "must be specified when `operator` is 'In' or 'NotIn'"));
	} else if (operator === 'Exists' || operator === 'DoesNotExist') {
		if (values.length > 0) errors.push(forbidden(`${path}.values`, "may not be specified when `operator` is 'Exists' or 'DoesNotExist'"));
	} else if (operator === 'Gt' || operator === 'Lt') {
		if (values.length !== 1) errors.push(required(`${path}.values`, "must be specified single value when `operator` is 'Lt' or 'Gt'"));
	} else errors.push(invalid(`${path}.operator`, operator, 'not a valid selector operator'));
	errors.push(...each(`${path}.key`, key, isQualifiedName(key)));
	return isPreferred
		? errors
		: [...errors, ...items(`${path}.values`, values, (value: string, at) => each(at, value, isLabelValue(value)))];
}

/** Of a node's fields only its name can be asked for. */
function fieldRequirement({key = '', operator = '', values = []}: any, path: string): Errors {
	const errors: Errors = [];
	if (operator !== 'In' && operator !== 'NotIn') errors.push(invalid(`${path}.operator`, operator, 'not a valid selector operator'));
	else if (values.length !== 1)
		errors.push(required(`${path}.values`, "must be only one value when `operator` is 'In' or 'NotIn' for node field selector"));
	if (key !== 'metadata.name') return [...errors, invalid(`${path}.key`, key, 'not a valid field selector key')];
	return [...errors, ...items(`${path}.values`, values, (value: string, at) => subdomain1123(at, value))];
}

function podTerm(term: any, path: string): Errors {
	const {labelSelector: selector, namespaceSelector, namespaces, topologyKey = ''} = term;
	return [
		...labelSelector(`${path}.labelSelector`, selector),
		...labelSelector(`${path}.namespaceSelector`, namespaceSelector),
		...items(`${path}.namespaces`, namespaces, (name: string) => label1123(`${path}.namespace`, name)),
		...matchedKeys(path, term),
		...(topologyKey ? [] : [required(`${path}.topologyKey`, 'can not be empty')]),
		...qualifiedName(`${path}.topologyKey`, topologyKey),
	];
}

/** Models validateMatchLabelKeysAndMismatchLabelKeys. */
function matchedKeys(path: string, {labelSelector: selector, matchLabelKeys = [], mismatchLabelKeys = []}: any): Errors {
	const errors = [
		...labelKeys(`${path}.matchLabelKeys`, matchLabelKeys, selector),
		...labelKeys(`${path}.mismatchLabelKeys`, mismatchLabelKeys, selector),
	];
	// The server has added a requirement for each of matchLabelKeys by now: a key that is there twice was there before.
	const known = new Set(Object.keys(selector?.matchLabels ?? {}));
	for (const {key} of selector?.matchExpressions ?? []) {
		if (known.has(key) && matchLabelKeys.includes(key))
			errors.push(invalid(`${path}[${matchLabelKeys.lastIndexOf(key)}]`, key, 'exists in both matchLabelKeys and labelSelector'));
		known.add(key);
	}

	for (const [index, key] of matchLabelKeys.entries())
		if (mismatchLabelKeys.includes(key))
			errors.push(invalid(`${path}.matchLabelKeys[${index}]`, key, 'exists in both matchLabelKeys and mismatchLabelKeys'));
	return errors;
}

function labelKeys(field: string, keys: readonly string[], selector: any): Errors {
	if (keys.length === 0) return [];
	if (!selector) return [forbidden(field, 'must not be specified when labelSelector is not set')];
	return items(field, keys, (key, at) => qualifiedName(at, key));
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

const notPositive = 'must be greater than zero';
const actions = ['DoNotSchedule', 'ScheduleAnyway'];

export function validateSpread(field: string, constraints: readonly any[] | undefined): Errors {
	return items(field, constraints, (constraint, path, index) => {
		const {maxSkew = 0, topologyKey, whenUnsatisfiable: action = '', labelSelector: selector, minDomains} = constraint;
		const errors: Errors = maxSkew <= 0 ? [invalid(`${path}.maxSkew`, maxSkew, notPositive)] : [];
		if (!topologyKey) errors.push(required(`${path}.topologyKey`, 'can not be empty'));
		if (!actions.includes(action)) errors.push(notSupported(`${path}.whenUnsatisfiable`, action, actions));
		const again = constraints!.slice(index + 1).some(other => other.topologyKey === topologyKey && other.whenUnsatisfiable === action);
		if (again) errors.push(duplicate(`${path}.{topologyKey, whenUnsatisfiable}`, `{${topologyKey}, ${action}}`));
		if (minDomains !== undefined && minDomains <= 0) errors.push(invalid(`${path}.minDomains`, minDomains, notPositive));
		if (minDomains !== undefined && action !== 'DoNotSchedule')
			errors.push(invalid(`${path}.minDomains`, minDomains, `can only use minDomains if whenUnsatisfiable=DoNotSchedule, not ${action}`));
		for (const name of ['nodeAffinityPolicy', 'nodeTaintsPolicy'])
			if (constraint[name] !== undefined && !['Honor', 'Ignore'].includes(constraint[name]))
				errors.push(notSupported(`${path}.${name}`, constraint[name], ['Honor', 'Ignore']));
		errors.push(...spreadKeys(`${path}.matchLabelKeys`, constraint.matchLabelKeys, selector));
		return [...errors, ...labelSelector(`${path}.labelSelector`, selector)];
	});
}

function spreadKeys(field: string, keys: readonly string[] = [], selector: any): Errors {
	const taken = [...Object.keys(selector?.matchLabels ?? {}), ...(selector?.matchExpressions ?? []).map(({key}: any) => key)];
	const errors: Errors = keys.length > 0 && !selector ? [forbidden(field, 'must not be specified when labelSelector is not set')] : [];
	return [
		...errors,
		...items(field, keys, (key, at) => [
			...qualifiedName(at, key),
			...(taken.includes(key) ? [invalid(at, key, 'exists in both matchLabelKeys and labelSelector')] : []),
		]),
	];
}
