import {type Errors, forbidden, invalid, oneOf} from '../errors.js';

const userMax = 1_000_000_000;
const systemPrefix = 'system-';

/** Models ValidatePriorityClass in pkg/apis/scheduling/validation. */
export function validatePriorityClass({metadata, value = 0, preemptionPolicy}: any, old?: any): Errors {
	const errors: Errors = [];
	if (metadata.name?.startsWith(systemPrefix) && !['system-cluster-critical', 'system-node-critical'].includes(metadata.name))
		errors.push(
			forbidden(
				'metadata.name',
				`priority class names with '${systemPrefix}' prefix are reserved for system use only. error: ${metadata.name} is not a known system priority class`,
			),
		);
	else if (!metadata.name?.startsWith(systemPrefix) && value > userMax)
		errors.push(forbidden('value', `maximum allowed value of a user defined priority is ${userMax}`));
	if (preemptionPolicy !== undefined) errors.push(...oneOf('preemptionPolicy', preemptionPolicy, ['PreemptLowerPriority', 'Never']));
	if (old && value !== (old.value ?? 0)) errors.push(forbidden('value', 'may not be changed in an update.'));
	if (old && preemptionPolicy !== old.preemptionPolicy)
		errors.push(invalid('preemptionPolicy', preemptionPolicy ?? null, 'field is immutable'));
	return errors;
}
