import {type KubeObject, splitKey} from '../../api/object.js';
import type {Controller, ControllerContext} from '../controller.js';
import {claim, ownerKeys} from '../pods/claim.js';
import {byController, podsByController} from '../pods/indexes.js';
import {conditionOf} from '../pods/state.js';
import {selects} from '../selector.js';
import {deadlineMs, setProgressing, statusOf, syncRolloutStatus, writeStatus} from './conditions.js';
import {syncRevision} from './new-replica-set.js';
import type {Rollout} from './rollout.js';
import {isScalingEvent, scale} from './scale.js';
import {cleanup, recreate, rollingUpdate} from './strategy.js';
import {sameTemplate} from './template-hash.js';

/** Rolls templates out through ReplicaSets. Models pkg/controller/deployment. */
const deployment: Controller = {
	name: 'deployment-controller',
	indexes: [byController('replicasets.apps'), podsByController],
	watches: [
		{resource: 'deployments.apps', keys: ({object}) => [`${object.metadata.namespace}/${object.metadata.name}`]},
		{
			resource: 'replicasets.apps',
			keys({object, old}, {client}) {
				const owned = [...ownerKeys(object, 'Deployment'), ...(old ? ownerKeys(old, 'Deployment') : [])];
				if (owned.length > 0 || object.metadata.ownerReferences?.length) return owned;
				return client
					.list<KubeObject>('deployments.apps', {namespace: object.metadata.namespace})
					.filter(candidate => selects(candidate['spec'].selector, object.metadata.labels))
					.map(candidate => `${candidate.metadata.namespace}/${candidate.metadata.name}`);
			},
		},
		{
			// A Recreate rollout waits for the last old pod to be gone.
			resource: 'pods',
			keys({type, object}, {client}) {
				const [setKey] = type === 'DELETED' ? ownerKeys(object, 'ReplicaSet') : [];
				if (!setKey) return [];
				const {namespace, name} = splitKey(setKey);
				const set = client.find<KubeObject>('replicasets.apps', namespace, name);
				return set ? ownerKeys(set, 'Deployment') : [];
			},
		},
	],
	reconcile(key, context) {
		const {namespace, name} = splitKey(key);
		const found = context.client.find<KubeObject>('deployments.apps', namespace, name);
		if (!found) return undefined;
		const {selector} = found['spec'];
		if (!selector || (!selector.matchLabels && !selector.matchExpressions)) return undefined;
		const rollout = look(context, found);
		if (found.metadata.deletionTimestamp) return finish(rollout);
		pauseOrResume(rollout);
		if (found['spec'].paused || isScalingEvent(rollout)) return resize(rollout);
		if (found['spec'].strategy?.type === 'Recreate') recreate(rollout);
		else rollingUpdate(rollout);
		return syncRolloutStatus(lookAgain(rollout));
	},
};
export default deployment;

function look(context: ControllerContext, found: KubeObject): Rollout {
	const sets = claim(context.client, 'replicasets.apps', found, set => selects(found['spec'].selector, set.metadata.labels));
	sets.sort((a, b) => (order(a) < order(b) ? -1 : 1));
	const current = sets.find(set => sameTemplate(set['spec'].template, found['spec'].template));
	return {context, stored: found, deployment: found, current, old: sets.filter(set => set !== current)};
}

/** The sets as they are after the step just made. */
const lookAgain = ({context, stored, deployment: pending}: Rollout): Rollout => ({...look(context, stored), deployment: pending});

const order = ({metadata}: KubeObject): string => `${metadata.creationTimestamp}/${metadata.name}`;

/** While paused a rollout can be neither late nor done; the condition says so. */
function pauseOrResume(rollout: Rollout): void {
	const {deployment: found} = rollout;
	const standing = conditionOf(found, 'Progressing');
	if (deadlineMs(found) === undefined || standing?.reason === 'ProgressDeadlineExceeded') return;
	const paused = Boolean(found['spec'].paused);
	if (paused === (standing?.reason === 'DeploymentPaused')) return;
	const [reason, message] = paused ? ['DeploymentPaused', 'Deployment is paused'] : ['DeploymentResumed', 'Deployment is resumed'];
	setProgressing(rollout, 'Unknown', reason!, message!);
}

function resize(rollout: Rollout): undefined {
	syncRevision(rollout, false);
	scale(rollout);
	if (rollout.deployment['spec'].paused) cleanup(rollout);
	return finish(lookAgain(rollout));
}

function finish(rollout: Rollout): undefined {
	writeStatus(rollout, statusOf(rollout));
	return undefined;
}
