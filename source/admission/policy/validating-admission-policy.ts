import type {Admission, AdmissionRequest} from '../../api/admission.js';
import type {KubeObject} from '../../api/object.js';
import {judgeConditions, type Variables, variablesOf} from '../conditions.js';
import {matches} from '../match.js';
import {decide, type Decision} from './decide.js';
import {denial, words} from './denial.js';
import {paramsOf} from './params.js';

const group = 'admissionregistration.k8s.io';

/** Models apiserver/pkg/admission/plugin/policy/validating. */
export default {
	name: 'ValidatingAdmissionPolicy',
	operations: ['create', 'update', 'delete', 'connect'],
	validate(request) {
		if (request.kind.group === group) return;
		const bindings = request.reader.list(`validatingadmissionpolicybindings.${group}`);
		if (bindings.length === 0) return;
		const denied: string[] = [];
		let first: Decision | undefined;
		for (const policy of request.reader.list(`validatingadmissionpolicies.${group}`)) {
			if (!matches(policy['spec'].matchConstraints ?? {}, request)) continue;
			for (const binding of bindings.filter(({spec}: any) => spec.policyName === policy.metadata.name)) {
				if (!matches(binding['spec'].matchResources ?? {}, request)) continue;
				for (const decision of judge(policy, binding, request)) {
					if (decision.actions.includes('Warn')) request.warn(`Validation failed for ${words(policy, binding)}: ${decision.message}`);
					if (!decision.actions.includes('Deny')) continue;
					first ??= decision;
					denied.push(`${words(policy, binding)} denied request: ${decision.message}`);
				}
			}
		}

		if (first) throw denial(request, denied[0]!, first.reason);
	},
} satisfies Admission;

/** What a policy finds wrong under one binding, once for each of its parameters. */
function judge(policy: KubeObject, binding: KubeObject, request: AdmissionRequest): readonly Decision[] {
	const {failurePolicy = 'Fail', matchConditions} = policy['spec'];
	const actions: readonly string[] = binding['spec'].validationActions ?? [];
	const failed = (message: string): readonly Decision[] => (failurePolicy === 'Fail' ? [{actions: ['Deny'], message}] : []);
	const found = paramsOf(policy, binding, request);
	if ('error' in found) return failed(`failed to configure binding: ${found.error}`);
	return found.params.flatMap(params => {
		const variables: Variables = {...variablesOf(request), params};
		const conditions = judgeConditions(matchConditions, request, variables);
		if ('error' in conditions) return failed(conditions.error);
		return conditions.met ? decide(policy['spec'], variables, request).map(decision => ({...decision, actions})) : [];
	});
}
