import type {KubeObject} from '../../api/object.js';

export interface FailureAction {
	readonly action: 'Count' | 'Ignore' | 'FailJob' | 'FailIndex';
	readonly message?: string;
}

/** The first rule of `podFailurePolicy` that fits a failed pod decides. Models pkg/controller/job/pod_failure_policy.go. */
export function failureAction(job: KubeObject, pod: KubeObject): FailureAction {
	for (const [i, rule] of (job['spec'].podFailurePolicy?.rules ?? []).entries()) {
		const found = rule.onExitCodes ? matchingExit(rule.onExitCodes, pod) : matchingCondition(rule.onPodConditions ?? [], pod);
		if (!found) continue;
		const {namespace, name} = pod.metadata;
		const message = `${found(`${namespace}/${name}`)} matching ${rule.action} rule at index ${i}`;
		return {action: rule.action, message};
	}

	return {action: 'Count'};
}

type Sentence = (pod: string) => string;

function matchingExit({containerName, operator, values}: any, pod: KubeObject): Sentence | undefined {
	const statuses = [...(pod['status']?.initContainerStatuses ?? []), ...(pod['status']?.containerStatuses ?? [])];
	for (const {name, state} of statuses) {
		const code = state?.terminated?.exitCode;
		if (!code || (containerName && containerName !== name)) continue;
		if (values.includes(code) === (operator === 'In')) return where => `Container ${name} for pod ${where} failed with exit code ${code}`;
	}

	return undefined;
}

function matchingCondition(patterns: readonly any[], pod: KubeObject): Sentence | undefined {
	for (const {type, status = 'True'} of patterns) {
		const found = (pod['status']?.conditions ?? []).some((condition: any) => condition.type === type && condition.status === status);
		if (found) return where => `Pod ${where} has condition ${type}`;
	}

	return undefined;
}
