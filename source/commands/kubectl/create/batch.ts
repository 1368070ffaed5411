import type {KubeObject} from '../../../api/object.js';
import {failure} from '../failure.js';
import {goTypeOf} from '../resource/pod-template.js';
import {readArguments} from '../resource/arguments.js';
import type {Call} from '../verb.js';
import {commandFrom, type Generator, meta} from './generator.js';
import {container} from './pod-template.js';

const podTemplate = (containers: unknown[], restartPolicy: string) => ({
	metadata: {creationTimestamp: null},
	spec: {containers, restartPolicy},
});

export const job: Generator = {
	name: 'job',
	summary: 'Create a job with the specified name',
	usage: 'job NAME --image=image [--from=cronjob/name] -- [COMMAND] [args...]',
	flags: [
		['from', 'string', ''],
		['image', 'string', ''],
	],
	resource: 'jobs.batch',
	failure: 'failed to create job: ',
	make(call, name) {
		const image = call.flags.string('image');
		const from = call.flags.string('from');
		const command = commandFrom(call);
		if ((image === '') === (from === '')) throw failure('either --image or --from must be specified');
		if (command.length > 0 && from !== '') throw failure('cannot specify --from and command');
		if (from !== '') return jobFromCronJob(call, name, from);
		return {
			kind: 'Job',
			apiVersion: 'batch/v1',
			metadata: meta(name),
			spec: {template: podTemplate([container(name, image, {command})], 'Never')},
			status: {},
		};
	},
};

/** A manual run of a CronJob, owned by it but not blocking its deletion. */
function jobFromCronJob(call: Call, name: string, from: string): KubeObject {
	const {asked} = readArguments(call.session, [from], {allowEmpty: false});
	const {kind, name: cronJobName = ''} = asked[0]!;
	const cronJob = call.session.get<KubeObject>(kind, call.session.namespace, cronJobName);
	if (cronJob.kind !== 'CronJob') throw failure(`unknown object type ${goTypeOf(cronJob)}`);
	const template = cronJob['spec'].jobTemplate;
	return {
		kind: 'Job',
		apiVersion: 'batch/v1',
		metadata: {
			...meta(name, {
				...(template.metadata?.labels && {labels: template.metadata.labels}),
				annotations: {'cronjob.kubernetes.io/instantiate': 'manual', ...template.metadata?.annotations},
			}),
			ownerReferences: [{apiVersion: 'batch/v1', kind: 'CronJob', name: cronJobName, uid: cronJob.metadata.uid!, controller: true}],
		},
		spec: template.spec,
		status: {},
	};
}

export const cronJob: Generator = {
	name: 'cronjob',
	aliases: ['cj'],
	summary: 'Create a cron job with the specified name',
	usage: "cronjob NAME --image=image --schedule='0/5 * * * ?' -- [COMMAND] [args...] [flags]",
	flags: [
		['image', 'string', ''],
		['restart', 'string', ''],
		['schedule', 'string', ''],
	],
	required: ['image', 'schedule'],
	resource: 'cronjobs.batch',
	failure: 'failed to create cronjob: ',
	make(call, name) {
		const {flags} = call;
		const template = podTemplate(
			[container(name, flags.string('image'), {command: commandFrom(call)})],
			flags.string('restart') || 'OnFailure',
		);
		return {
			kind: 'CronJob',
			apiVersion: 'batch/v1',
			metadata: meta(name),
			spec: {schedule: flags.string('schedule'), jobTemplate: {metadata: meta(name), spec: {template}}},
			status: {},
		};
	},
};
