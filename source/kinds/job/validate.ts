import {goSyntax} from '../go-types/print.js';
import {goValueOf} from '../go-types/value.js';
import {goText} from '../../api/field-error.js';
import {fromLabelSelector, matchesLabels} from '../../api/selector/label-selector.js';
import {equal} from '../../api/values/plain.js';
import {type Errors, invalid, items, nonNegative, notSupported, required, tooMany} from '../errors.js';
import {isConvertible} from '../workload.js';
import {validateTemplate} from '../pod/validate.js';
import {goSelector, goStringMap, labelSelector} from '../rules.js';

/** Models ValidateJob in pkg/apis/batch/validation. */
export function validateJob(job: any, old?: any): Errors {
	const {spec} = job;
	const errors: Errors = [...validateJobSpec('spec', spec)];
	if (!spec.selector) errors.push(required('spec.selector'));
	else errors.push(...labelSelector('spec.selector', spec.selector));
	const labels = spec.template?.metadata?.labels;
	const selector = fromLabelSelector(spec.selector);
	if (isConvertible(spec.selector) && (!selector || !matchesLabels(selector, labels)))
		errors.push(invalid('spec.template.metadata.labels', goStringMap(labels), '`selector` does not match template `labels`'));
	return old ? [...errors, ...changes(spec, old.spec)] : errors;
}

/** Also that of a CronJob's template. */
export function validateJobSpec(path: string, spec: any): Errors {
	const errors: Errors = [];
	for (const name of [
		'parallelism',
		'completions',
		'activeDeadlineSeconds',
		'backoffLimit',
		'ttlSecondsAfterFinished',
		'backoffLimitPerIndex',
		'maxFailedIndexes',
	])
		errors.push(...nonNegative(`${path}.${name}`, spec[name]));
	const modes = ['NonIndexed', 'Indexed'];
	if (!modes.includes(spec.completionMode) && spec.completionMode !== undefined)
		errors.push(notSupported(`${path}.completionMode`, spec.completionMode, modes));
	if (spec.completionMode === 'Indexed') {
		if (spec.completions === undefined) errors.push(required(`${path}.completions`, 'when completion mode is Indexed'));
		if (spec.parallelism > 100_000)
			errors.push(invalid(`${path}.parallelism`, spec.parallelism, 'must be less than or equal to 100000 when completion mode is Indexed'));
	}

	if (spec.backoffLimitPerIndex !== undefined && spec.completionMode !== 'Indexed')
		errors.push(invalid(`${path}.backoffLimitPerIndex`, spec.backoffLimitPerIndex, 'requires indexed completion mode'));
	errors.push(...failurePolicy(`${path}.podFailurePolicy`, spec));
	const replacements = ['Failed', 'TerminatingOrFailed'];
	if (spec.podReplacementPolicy !== undefined && !replacements.includes(spec.podReplacementPolicy))
		errors.push(notSupported(`${path}.podReplacementPolicy`, spec.podReplacementPolicy, replacements));
	errors.push(...validateTemplate(`${path}.template`, spec.template));
	return [...errors, ...restartPolicy(path, spec)];
}

function restartPolicy(path: string, {template, podFailurePolicy}: any): Errors {
	const field = `${path}.template.spec.restartPolicy`;
	const policy = template?.spec?.restartPolicy;
	if (policy === 'Always' || !policy) return [required(field, 'valid values: "OnFailure", "Never"')];
	if (policy !== 'OnFailure' && policy !== 'Never') return [notSupported(field, policy, ['OnFailure', 'Never'])];
	return podFailurePolicy && policy !== 'Never'
		? [invalid(field, policy, 'only "Never" is supported when podFailurePolicy is specified')]
		: [];
}

function failurePolicy(path: string, {podFailurePolicy: policy}: any): Errors {
	if (!policy) return [];
	if (policy.rules?.length > 20) return [tooMany(`${path}.rules`, policy.rules.length, 20)];
	const actions = ['Count', 'FailIndex', 'FailJob', 'Ignore'];
	return items(`${path}.rules`, policy.rules, ({action, onExitCodes, onPodConditions}: any, at) => {
		const errors: Errors = [];
		if (!action) errors.push(required(`${at}.action`, `valid values: ${actions.map(name => JSON.stringify(name)).join(', ')}`));
		else if (!actions.includes(action)) errors.push(notSupported(`${at}.action`, action, actions));
		if (onExitCodes && onPodConditions?.length)
			errors.push(invalid(at, goText('batch.PodFailurePolicyRule{}'), 'specifying both OnExitCodes and OnPodConditions is not supported'));
		if (!onExitCodes && !onPodConditions?.length)
			errors.push(invalid(at, goText('batch.PodFailurePolicyRule{}'), 'specifying one of OnExitCodes and OnPodConditions is required'));
		return errors;
	});
}

/** While suspended and never started, the scheduling of its pods may change. */
function changes(spec: any, old: any): Errors {
	const errors: Errors = [];
	const immutable = 'field is immutable';
	if (!equal(spec.completions, old.completions) && spec.completionMode !== 'Indexed')
		errors.push(invalid('spec.completions', spec.completions ?? null, immutable));
	if (!equal(spec.selector, old.selector)) errors.push(invalid('spec.selector', goSelector(spec.selector), immutable));
	if (!equal(spec.completionMode, old.completionMode)) errors.push(invalid('spec.completionMode', spec.completionMode, immutable));
	if (!equal(spec.podFailurePolicy, old.podFailurePolicy))
		errors.push(invalid('spec.podFailurePolicy', spec.podFailurePolicy ?? null, immutable));
	const scheduling = (template: any) => ({
		...template,
		metadata: undefined,
		spec: {...template.spec, nodeSelector: 0, tolerations: 0, affinity: 0, schedulingGates: 0},
	});
	const same = old.suspend ? equal(scheduling(spec.template), scheduling(old.template)) : equal(spec.template, old.template);
	if (!same) errors.push(invalid('spec.template', goText(goSyntax(goValueOf('core.PodTemplateSpec', spec.template))), immutable));
	return errors;
}
