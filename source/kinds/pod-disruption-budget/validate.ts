import {goText} from '../../api/field-error.js';
import {type Errors, invalid, notSupported} from '../errors.js';
import {labelSelector, nonNegativeIntOrPercent, notMoreThan100Percent} from '../rules.js';

/** Models ValidatePodDisruptionBudgetSpec. */
export function validateBudget({spec = {}}: any): Errors {
	const errors: Errors = [];
	if (spec.minAvailable !== undefined && spec.maxUnavailable !== undefined)
		errors.push(invalid('spec', goText('policy.PodDisruptionBudgetSpec{}'), 'minAvailable and maxUnavailable cannot be both set'));
	for (const field of ['minAvailable', 'maxUnavailable'])
		errors.push(...nonNegativeIntOrPercent(`spec.${field}`, spec[field]), ...notMoreThan100Percent(`spec.${field}`, spec[field]));
	const policies = ['AlwaysAllow', 'IfHealthyBudget'];
	errors.push(...labelSelector('spec.selector', spec.selector));
	if (spec.unhealthyPodEvictionPolicy !== undefined && !policies.includes(spec.unhealthyPodEvictionPolicy))
		errors.push(notSupported('spec.unhealthyPodEvictionPolicy', spec.unhealthyPodEvictionPolicy, policies));
	return errors;
}
