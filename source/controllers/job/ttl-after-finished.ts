import {keyOf, type KubeObject, splitKey} from '../../api/object.js';
import type {Controller} from '../controller.js';
import {conditionOf} from '../pods/state.js';
import {timeOf} from '../status.js';
import {isJobFinished, jobResource} from './job.js';

/** Deletes finished jobs after `ttlSecondsAfterFinished`. Models pkg/controller/ttlafterfinished. */
const ttlAfterFinished: Controller = {
	name: 'ttl-after-finished-controller',
	watches: [
		{
			resource: jobResource,
			keys: ({type, object}) => (type !== 'DELETED' && object['spec'].ttlSecondsAfterFinished !== undefined ? [keyOf(object)] : []),
		},
	],
	reconcile(key, {client, sim}) {
		const {namespace, name} = splitKey(key);
		const job = client.find<KubeObject>(jobResource, namespace, name);
		const seconds = job?.['spec'].ttlSecondsAfterFinished;
		if (!job || seconds === undefined || job.metadata.deletionTimestamp || !isJobFinished(job)) return undefined;
		const ended = conditionOf(job, 'Complete') ?? conditionOf(job, 'Failed');
		const left = (timeOf(ended?.lastTransitionTime) ?? 0) + seconds * 1000 - sim.clock.now();
		if (left > 0) return {againAfterMs: left, idle: true};
		client.delete(jobResource, namespace, name, {propagationPolicy: 'Foreground', preconditions: {uid: job.metadata.uid!}});
		return undefined;
	},
};
export default ttlAfterFinished;
