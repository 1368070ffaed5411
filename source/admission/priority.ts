import type {Admission} from '../api/admission.js';
import {forbidden} from '../api/errors.js';

/** Turns a priority class's name into its number. Models plugin/pkg/admission/priority. */
export default {
	name: 'Priority',
	resources: ['pods'],
	operations: ['create'],
	admit({draft, kind, name, reader}) {
		const spec = draft!['spec'];
		const given = spec.priority;
		let priority = 0;
		let policy = 'PreemptLowerPriority';
		const found = spec.priorityClassName
			? reader.find('priorityclasses.scheduling.k8s.io', undefined, spec.priorityClassName)
			: reader.list('priorityclasses.scheduling.k8s.io').find(({globalDefault}) => globalDefault);
		if (spec.priorityClassName && !found) throw forbidden(kind, name, `no PriorityClass with name ${spec.priorityClassName} was found`);
		if (found) {
			spec.priorityClassName = found.metadata.name;
			priority = found['value'];
			policy = found['preemptionPolicy'] ?? policy;
		}

		if (given !== undefined && given !== priority)
			throw forbidden(
				kind,
				name,
				`the integer value of priority (${given}) must not be provided in pod spec; priority admission controller computed ${priority} from the given PriorityClass name`,
			);
		if (spec.preemptionPolicy !== undefined && spec.preemptionPolicy !== policy)
			throw forbidden(
				kind,
				name,
				`the string value of PreemptionPolicy (${spec.preemptionPolicy}) must not be provided in pod spec; priority admission controller computed ${policy} from the given PriorityClass name`,
			);
		spec.priority = priority;
		spec.preemptionPolicy = policy;
	},
} satisfies Admission;
