import {defaultTemplate} from '../pod/defaults.js';

const maxInt32 = 2 ** 31 - 1;

/** Models pkg/apis/batch/v1/defaults.go. */
export function defaultJob(job: any): void {
	const spec = (job.spec ??= {});
	defaultJobSpec(spec);
	defaultTemplate((spec.template ??= {}));
	const labels = spec.template.metadata.labels;
	// One map in two places, as in the server: what prepareJob adds is seen in both.
	if (labels && !Object.keys(job.metadata.labels ?? {}).length) job.metadata.labels = labels;
}

export function defaultJobSpec(spec: any): void {
	if (spec.completions === undefined && spec.parallelism === undefined) spec.completions = spec.parallelism = 1;
	spec.parallelism ??= 1;
	spec.backoffLimit ??= spec.backoffLimitPerIndex === undefined ? 6 : maxInt32;
	spec.completionMode ??= 'NonIndexed';
	spec.suspend ??= false;
	spec.manualSelector ??= false;
	for (const rule of spec.podFailurePolicy?.rules ?? []) for (const pattern of rule.onPodConditions ?? []) pattern.status ||= 'True';
	spec.podReplacementPolicy ??= spec.podFailurePolicy ? 'Failed' : 'TerminatingOrFailed';
}

/** The selector and the labels that tie pods to their job, unless the user takes that on. Models pkg/registry/batch/job/strategy.go. */
export function prepareJob(job: any): void {
	const {spec, metadata} = job;
	if (spec.manualSelector) return;
	const name = metadata.name ?? '';
	const labels = (spec.template.metadata.labels ??= {});
	Object.assign(labels, {
		'controller-uid': metadata.uid,
		'job-name': name,
		'batch.kubernetes.io/controller-uid': metadata.uid,
		'batch.kubernetes.io/job-name': name,
	});
	// What is read from etcd is defaulted once more.
	if (!Object.keys(metadata.labels ?? {}).length) metadata.labels = labels;
	spec.selector ??= {};
	spec.selector.matchLabels = {...spec.selector.matchLabels, 'batch.kubernetes.io/controller-uid': metadata.uid};
}
