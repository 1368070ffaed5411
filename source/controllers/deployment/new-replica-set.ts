import type {KubeObject} from '../../api/object.js';
import {isAlreadyExists} from '../../api/status.js';
import {ownerReferenceTo} from '../pods/claim.js';
import {conditionOf} from '../pods/state.js';
import {setProgressing, writeStatus} from './conditions.js';
import {
	allOf,
	historyAnnotation,
	nextSizeOfNew,
	replicasOf,
	revisionAnnotation,
	revisionOf,
	type Rollout,
	sizeAnnotations,
} from './rollout.js';
import {hashLabel, hashOf, sameTemplate} from './template-hash.js';

/** Not handed down from the Deployment to its ReplicaSets. */
const ownAnnotations = new Set([
	'kubectl.kubernetes.io/last-applied-configuration',
	'deprecated.deployment.rollback.revision',
	revisionAnnotation,
	historyAnnotation,
	'deployment.kubernetes.io/desired-replicas',
	'deployment.kubernetes.io/max-replicas',
]);

/**
 * Makes sure that the ReplicaSet of the present template exists (with `create`) and that revisions are numbered: the newest template has
 * the highest, also when it is an old one come back. Models pkg/controller/deployment/sync.go getNewReplicaSet.
 */
export function syncRevision(rollout: Rollout, create: boolean): void {
	const {current, old} = rollout;
	const revision = Math.max(0, ...old.map(revisionOf)) + 1;
	if (current) {
		rollout.current = renumber(rollout, current, revision);
	} else if (create) {
		rollout.current = createNew(rollout, revision);
	}

	if (!rollout.current) return;
	noteRevision(rollout, rollout.current.metadata.annotations?.[revisionAnnotation]);
}

/** Goes with the status: an annotation written on its own would count as a new generation. */
function noteRevision(rollout: Rollout, wanted: string | undefined): void {
	const {deployment} = rollout;
	const {metadata} = deployment;
	if (!wanted || metadata.annotations?.[revisionAnnotation] === wanted) return;
	rollout.deployment = {...deployment, metadata: {...metadata, annotations: {...metadata.annotations, [revisionAnnotation]: wanted}}};
}

function renumber(rollout: Rollout, set: KubeObject, revision: number): KubeObject {
	const {context, deployment} = rollout;
	const annotations = {...set.metadata.annotations, ...inherited(deployment)};
	const before = revisionOf(set);
	if (before < revision) {
		annotations[revisionAnnotation] = String(revision);
		const history = annotations[historyAnnotation];
		if (before > 0) annotations[historyAnnotation] = history ? `${history},${before}` : String(before);
	}

	const {minReadySeconds} = deployment['spec'];
	const changed = Object.entries(annotations).some(([key, value]) => set.metadata.annotations?.[key] !== value);
	const found = changed || (set['spec'].minReadySeconds ?? 0) !== (minReadySeconds ?? 0);
	const updated = found
		? context.client.update({...set, metadata: {...set.metadata, annotations}, spec: {...set['spec'], minReadySeconds}})
		: set;
	if (!conditionOf(deployment, 'Progressing')) {
		setProgressing(rollout, 'True', 'FoundNewReplicaSet', `Found new replica set "${set.metadata.name}"`);
	}

	return updated;
}

const inherited = (deployment: KubeObject): Record<string, string> =>
	Object.fromEntries(Object.entries(deployment.metadata.annotations ?? {}).filter(([key]) => !ownAnnotations.has(key)));

function createNew(rollout: Rollout, revision: number): KubeObject {
	const {context, deployment} = rollout;
	const draft = draftOf(rollout, revision);
	try {
		const created = context.client.create(draft);
		if (replicasOf(created) > 0) {
			const text = `Scaled up replica set ${created.metadata.name} from 0 to ${replicasOf(created)}`;
			context.event(deployment, 'Normal', 'ScalingReplicaSet', text);
		}

		setProgressing(rollout, 'True', 'NewReplicaSetCreated', `Created new replica set "${created.metadata.name}"`);
		return created;
	} catch (error) {
		if (isAlreadyExists(error)) collide(rollout, draft);
		else {
			const text = `Failed to create new replica set "${draft.metadata.name}": ${(error as Error).message}`;
			setProgressing(rollout, 'False', 'ReplicaSetCreateError', text);
			writeStatus(rollout, rollout.deployment['status']);
			context.event(deployment, 'Warning', 'ReplicaSetCreateError', text);
		}

		throw error;
	}
}

/** Somebody else has the name: count, so that the next hash differs. */
function collide(rollout: Rollout, draft: KubeObject): void {
	const {context, deployment} = rollout;
	const {namespace, name} = draft.metadata;
	const there = context.client.find<KubeObject>('replicasets.apps', namespace, name);
	const ours = there?.metadata.ownerReferences?.some(owner => owner.uid === deployment.metadata.uid);
	if (ours && sameTemplate(there!['spec'].template, deployment['spec'].template)) return;
	const status = {...deployment['status'], collisionCount: (deployment['status']?.collisionCount ?? 0) + 1};
	context.client.updateStatus({...deployment, status});
}

function draftOf(rollout: Rollout, revision: number): KubeObject {
	const {deployment} = rollout;
	const {template, selector, minReadySeconds} = deployment['spec'];
	const hash = hashOf(template, deployment['status']?.collisionCount);
	const labels = {...template.metadata?.labels, [hashLabel]: hash};
	const {creationTimestamp: _, ...metadata} = template.metadata ?? {};
	return {
		apiVersion: 'apps/v1',
		kind: 'ReplicaSet',
		metadata: {
			name: `${deployment.metadata.name}-${hash}`,
			namespace: deployment.metadata.namespace!,
			labels,
			annotations: {...inherited(deployment), [revisionAnnotation]: String(revision), ...sizeAnnotations(deployment)},
			ownerReferences: [ownerReferenceTo(deployment)],
		},
		spec: {
			replicas: nextSizeOfNew(deployment, allOf(rollout), 0),
			...(minReadySeconds && {minReadySeconds}),
			selector: {...selector, matchLabels: {...selector?.matchLabels, [hashLabel]: hash}},
			template: {...template, metadata: {...metadata, labels}},
		},
	};
}
