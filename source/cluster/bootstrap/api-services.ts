import {apiVersionOf, type Kind} from '../../api/kind.js';
import type {KubeObject} from '../../api/object.js';

/** groupPriorityMinimum of the server's own groups, and versionPriority where it is not 15 (cmd/kube-apiserver/app/aggregator.go). */
const priorities: Readonly<Record<string, number>> = {
	'': 18_000,
	apps: 17_800,
	'events.k8s.io': 17_750,
	'authentication.k8s.io': 17_700,
	'authorization.k8s.io': 17_600,
	autoscaling: 17_500,
	batch: 17_400,
	'certificates.k8s.io': 17_300,
	'networking.k8s.io': 17_200,
	policy: 17_100,
	'rbac.authorization.k8s.io': 17_000,
	'storage.k8s.io': 16_800,
	'apiextensions.k8s.io': 16_700,
	'admissionregistration.k8s.io': 16_700,
	'scheduling.k8s.io': 16_600,
	'coordination.k8s.io': 16_500,
	'node.k8s.io': 16_300,
	'discovery.k8s.io': 16_200,
	'flowcontrol.apiserver.k8s.io': 16_100,
};
const versionPriorities: Readonly<Record<string, number>> = {v1: 1, 'autoscaling/v2': 30, 'flowcontrol.apiserver.k8s.io/v1': 21};

/** One APIService for every version of a group that kube-apiserver serves itself. */
export function localApiServices(kinds: readonly Kind[], now: string): KubeObject[] {
	const served = new Map(kinds.map(kind => [apiVersionOf(kind), kind]));
	return [...served]
		.filter(([, {group}]) => group in priorities)
		.map(([apiVersion, {group, version}]) => ({
			apiVersion: 'apiregistration.k8s.io/v1',
			kind: 'APIService',
			metadata: {name: `${version}.${group}`, labels: {'kube-aggregator.kubernetes.io/automanaged': 'onstart'}},
			spec: {
				...(group && {group}),
				groupPriorityMinimum: priorities[group],
				version,
				versionPriority: versionPriorities[apiVersion] ?? 15,
			},
			status: {conditions: [localCondition(now)]},
		}));
}

const localCondition = (lastTransitionTime: string) => ({
	lastTransitionTime,
	message: 'Local APIServices are always available',
	reason: 'Local',
	status: 'True',
	type: 'Available',
});
