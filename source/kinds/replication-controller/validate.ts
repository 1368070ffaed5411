import {matchesLabels, fromMap} from '../../api/selector/label-selector.js';
import {type Errors, invalid, nonNegative, required} from '../errors.js';
import {validateTemplate} from '../pod/validate.js';
import {goStringMap} from '../rules.js';
import {alwaysRestarts, noDeadline} from '../workload.js';

/** Models ValidateReplicationControllerSpec. */
export function validateController({spec}: any): Errors {
	const errors: Errors = [...nonNegative('spec.minReadySeconds', spec.minReadySeconds)];
	const selector = Object.keys(spec.selector ?? {}).length > 0;
	if (!selector) errors.push(required('spec.selector'));
	errors.push(...nonNegative('spec.replicas', spec.replicas));
	if (!spec.template) return [...errors, required('spec.template')];
	const labels = spec.template.metadata?.labels;
	if (selector && !matchesLabels(fromMap(spec.selector), labels))
		errors.push(invalid('spec.template.metadata.labels', goStringMap(labels), '`selector` does not match template `labels`'));
	errors.push(...validateTemplate('spec.template', spec.template), ...alwaysRestarts('spec.template', spec.template));
	return [...errors, ...noDeadline('spec.template', spec.template, 'ReplicationController')];
}
