import type {Kind} from '../../api/kind.js';
import {asSent, atBirth} from './as-sent.js';
import {binding} from './binding.js';
import {podColumns, podRowConditions} from './columns.js';
import {defaultPod} from './defaults.js';
import {keepAllButEphemeral, validateEphemeralContainers} from './ephemeral-containers.js';
import {eviction} from './eviction.js';
import {ip} from '../rules.js';
import {qosClass} from './qos.js';
import {keepAllButResources, validateResize} from './resize.js';
import {validatePod} from './validate.js';
import {podWarnings} from './warnings.js';
import {validatePodUpdate} from './validate-update.js';
import {describePod} from './describe.js';

export default {
	kind: 'Pod',
	group: '',
	version: 'v1',
	plural: 'pods',
	singular: 'pod',
	shortNames: ['po'],
	categories: ['all'],
	namespaced: true,
	subresources: ['status', 'log', 'exec', 'attach', 'portforward', 'proxy', 'eviction', 'binding', 'ephemeralcontainers', 'resize'],
	statusKeeps: ['ownerReferences'],
	schema: 'core.v1.Pod',
	selectableFields: {
		'spec.nodeName': pod => pod.spec?.nodeName ?? '',
		'spec.restartPolicy': pod => pod.spec?.restartPolicy ?? '',
		'spec.schedulerName': pod => pod.spec?.schedulerName ?? '',
		'spec.serviceAccountName': pod => pod.spec?.serviceAccountName ?? '',
		'spec.hostNetwork': pod => String(Boolean(pod.spec?.hostNetwork)),
		'status.phase': pod => pod.status?.phase ?? '',
		'status.podIP': pod => pod.status?.podIPs?.[0]?.ip ?? pod.status?.podIP ?? '',
		'status.nominatedNodeName': pod => pod.status?.nominatedNodeName ?? '',
	},
	defaults: defaultPod,
	asSent,
	atBirth,
	prepareForCreate(pod) {
		pod.metadata.generation = 1;
		pod.status = {phase: 'Pending', qosClass: qosClass(pod), ...gated(pod)};
	},
	/** Models podStrategy.CheckGracefulDelete: what never ran, or has ended, goes at once. */
	gracePeriod(pod, requested) {
		const seconds = requested ?? pod.spec?.terminationGracePeriodSeconds ?? 0;
		if (!pod.spec?.nodeName || pod.status?.phase === 'Failed' || pod.status?.phase === 'Succeeded') return 0;
		return seconds < 0 ? 1 : seconds;
	},
	actions: {binding, eviction},
	validate: (pod, old) => (old ? validatePodUpdate(pod, old) : validatePod(pod)),
	validateStatus: ({status}) => (status?.podIPs ?? []).flatMap((each: any, at: number) => ip(`status.podIPs[${at}]`, each.ip ?? '')),
	parts: {
		ephemeralcontainers: {prepare: keepAllButEphemeral, validate: validateEphemeralContainers},
		resize: {prepare: keepAllButResources, validate: validateResize},
	},
	warnings: podWarnings,
	columns: podColumns,
	rowConditions: podRowConditions,
	describe: describePod,
} satisfies Kind;

/** Models pod/strategy.go applySchedulingGatedCondition. */
function gated(pod: any): {conditions?: unknown[]} {
	if (!pod.spec.schedulingGates?.length) return {};
	const message = 'Scheduling is blocked due to non-empty scheduling gates';
	const times = {lastProbeTime: null, lastTransitionTime: null};
	return {conditions: [{...times, message, reason: 'SchedulingGated', status: 'False', type: 'PodScheduled'}]};
}
