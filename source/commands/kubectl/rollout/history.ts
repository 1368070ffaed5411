import type {KubeObject} from '../../../api/object.js';
import {failure} from '../failure.js';
import type {Session} from '../session.js';

/** One revision of something that rolls out, from its ReplicaSets or ControllerRevisions. */
export interface Revision {
	readonly number: number;
	readonly changeCause: string;
	readonly template: any;
	/** What stands for it: its ReplicaSet, or the owner as it was then. */
	readonly object: KubeObject;
}

export const changeCauseAnnotation = 'kubernetes.io/change-cause';
export const revisionAnnotation = 'deployment.kubernetes.io/revision';

/** Oldest first. */
export function revisionsOf(session: Session, object: KubeObject): Revision[] {
	const list = object.kind === 'Deployment' ? replicaSetRevisions(session, object) : controllerRevisions(session, object);
	return list.sort((a, b) => a.number - b.number);
}

const owns = (owner: KubeObject) => (object: KubeObject) =>
	(object.metadata.ownerReferences ?? []).some(reference => reference.controller && reference.uid === owner.metadata.uid);

function replicaSetRevisions(session: Session, deployment: KubeObject): Revision[] {
	return session
		.list<KubeObject>(session.kindNamed('replicasets.apps'), deployment.metadata.namespace)
		.filter(owns(deployment))
		.map(object => ({
			number: Number(object.metadata.annotations?.[revisionAnnotation] ?? 0),
			changeCause: object.metadata.annotations?.[changeCauseAnnotation] ?? '',
			template: object['spec'].template,
			object,
		}));
}

function controllerRevisions(session: Session, owner: KubeObject): Revision[] {
	return session
		.list<KubeObject>(session.kindNamed('controllerrevisions.apps'), owner.metadata.namespace)
		.filter(owns(owner))
		.map(object => ({
			number: object['revision'],
			changeCause: object.metadata.annotations?.[changeCauseAnnotation] ?? '',
			template: object['data']?.spec?.template,
			object: {...owner, spec: {...owner['spec'], template: object['data']?.spec?.template}},
		}));
}

const kinds = ['Deployment', 'DaemonSet', 'StatefulSet'];
/** kubectl knows these, only to say that they have none (kubectl/pkg/apps/kind_visitor.go). */
const withoutHistory = ['Pod', 'ReplicationController', 'ReplicaSet.apps', 'Job.batch', 'CronJob.batch'];

const groupOf = ({apiVersion}: KubeObject): string => /^(.*)\//.exec(apiVersion)?.[1] ?? '';

/** `Job.batch`, `Pod`, as Go prints a GroupKind. */
export function groupKind(object: KubeObject): string {
	const group = groupOf(object);
	return group ? `${object.kind}.${group}` : object.kind;
}

/** Only these three have a history. */
export function checkHistory(object: KubeObject, what: 'history' | 'rollbacker'): void {
	if (kinds.includes(object.kind)) return;
	const name = groupKind(object);
	if (withoutHistory.includes(name))
		throw failure(`no ${what === 'history' ? 'history viewer' : what} has been implemented for ${JSON.stringify(name)}`);
	throw failure(`error retrieving ${what} for "${name}", no visitor method exists for {${groupOf(object)} ${object.kind}}`);
}
