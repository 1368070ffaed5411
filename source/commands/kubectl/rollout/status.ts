import type {KubeObject} from '../../../api/object.js';
import {failure} from '../failure.js';
import {groupKind} from './history.js';

export interface RolloutStatus {
	readonly text: string;
	readonly done: boolean;
}

/** Progress of a roll-out in kubectl's sentences (polymorphichelpers/rollout_status.go). */
export function rolloutStatus(object: KubeObject, revision: number): RolloutStatus {
	const viewer = viewers[object.kind];
	if (!viewer) throw failure(`no status viewer has been implemented for ${groupKind(object)}`);
	return viewer(object, revision);
}

const waiting = (text: string): RolloutStatus => ({text: `${text}\n`, done: false});
const done = (text: string): RolloutStatus => ({text: `${text}\n`, done: true});

const viewers: Record<string, (object: KubeObject, revision: number) => RolloutStatus> = {
	Deployment: deployment,
	DaemonSet: daemonSet,
	StatefulSet: statefulSet,
};

function deployment({metadata, spec, status}: any, revision: number): RolloutStatus {
	const {name} = metadata;
	if (revision > 0) {
		const actual = Number(metadata.annotations?.['deployment.kubernetes.io/revision'] ?? 0);
		if (actual !== revision) throw failure(`desired revision (${revision}) is different from the running revision (${actual})`);
	}

	if (metadata.generation > (status?.observedGeneration ?? 0)) return waiting('Waiting for deployment spec update to be observed...');
	const progressing = (status.conditions ?? []).find((one: any) => one.type === 'Progressing');
	if (progressing?.reason === 'ProgressDeadlineExceeded') throw failure(`deployment "${name}" exceeded its progress deadline`);
	const {replicas = 0, updatedReplicas = 0, availableReplicas = 0} = status;
	const prefix = `Waiting for deployment "${name}" rollout to finish: `;
	if (updatedReplicas < (spec.replicas ?? 1))
		return waiting(`${prefix}${updatedReplicas} out of ${spec.replicas ?? 1} new replicas have been updated...`);
	if (replicas > updatedReplicas) return waiting(`${prefix}${replicas - updatedReplicas} old replicas are pending termination...`);
	if (availableReplicas < updatedReplicas)
		return waiting(`${prefix}${availableReplicas} of ${updatedReplicas} updated replicas are available...`);
	return done(`deployment "${name}" successfully rolled out`);
}

function daemonSet({metadata, spec, status}: any): RolloutStatus {
	const {name} = metadata;
	if ((spec.updateStrategy?.type ?? 'RollingUpdate') !== 'RollingUpdate')
		throw failure('rollout status is only available for RollingUpdate strategy type');
	if (metadata.generation > (status?.observedGeneration ?? 0)) return waiting('Waiting for daemon set spec update to be observed...');
	const {updatedNumberScheduled = 0, desiredNumberScheduled = 0, numberAvailable = 0} = status;
	const prefix = `Waiting for daemon set "${name}" rollout to finish: `;
	if (updatedNumberScheduled < desiredNumberScheduled)
		return waiting(`${prefix}${updatedNumberScheduled} out of ${desiredNumberScheduled} new pods have been updated...`);
	if (numberAvailable < desiredNumberScheduled)
		return waiting(`${prefix}${numberAvailable} of ${desiredNumberScheduled} updated pods are available...`);
	return done(`daemon set "${name}" successfully rolled out`);
}

function statefulSet({metadata, spec, status}: any): RolloutStatus {
	if ((spec.updateStrategy?.type ?? 'RollingUpdate') !== 'RollingUpdate')
		throw failure('rollout status is only available for RollingUpdate strategy type');
	if ((status?.observedGeneration ?? 0) === 0 || metadata.generation > status.observedGeneration)
		return waiting('Waiting for statefulset spec update to be observed...');
	const {readyReplicas = 0, updatedReplicas = 0, currentReplicas = 0} = status;
	const replicas = spec.replicas ?? 1;
	if (readyReplicas < replicas) return waiting(`Waiting for ${replicas - readyReplicas} pods to be ready...`);
	const rolling = spec.updateStrategy?.rollingUpdate;
	if (rolling) {
		// The API server fills in partition 0, so this is what every StatefulSet says.
		const wanted = replicas - (rolling.partition ?? 0);
		if (rolling.partition !== undefined && updatedReplicas < wanted)
			return waiting(`Waiting for partitioned roll out to finish: ${updatedReplicas} out of ${wanted} new pods have been updated...`);
		return done(`partitioned roll out complete: ${updatedReplicas} new pods have been updated...`);
	}

	if (status.updateRevision !== status.currentRevision)
		return waiting(`waiting for statefulset rolling update to complete ${updatedReplicas} pods at revision ${status.updateRevision}...`);
	return done(`statefulset rolling update complete ${currentReplicas} pods at revision ${status.currentRevision}...`);
}
