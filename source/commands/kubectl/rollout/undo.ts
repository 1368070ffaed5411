import {copy, equal} from '../../../api/values/plain.js';
import {describePodTemplate} from '../../../kinds/describe/pod-template.js';
import {failure} from '../failure.js';
import type {DryRun} from '../resource/dry-run.js';
import type {Target} from '../resource/target.js';
import type {Session} from '../session.js';
import {checkHistory, changeCauseAnnotation, revisionsOf, revisionAnnotation, type Revision} from './history.js';

/** Goes back to a revision (0: the one before); answers the words that describe it (polymorphichelpers/rollback.go). */
export function undo(session: Session, target: Target, toRevision: number, dryRun: DryRun): string {
	const object = target.object!;
	checkHistory(object, 'rollbacker');
	return object.kind === 'Deployment'
		? undoDeployment(session, target, toRevision, dryRun)
		: undoController(session, target, toRevision, dryRun);
}

function chosen(revisions: readonly Revision[], toRevision: number, none: string): Revision {
	if (toRevision !== 0) {
		const found = revisions.find(revision => revision.number === toRevision);
		if (!found) throw failure(`unable to find specified revision ${toRevision} in history`);
		return found;
	}

	const before = revisions.at(-2);
	if (!before) throw failure(none);
	return before;
}

const rolledBack = 'rolled back';

function undoDeployment(session: Session, target: Target, toRevision: number, dryRun: DryRun): string {
	const object = target.object!;
	const revision = chosen(revisionsOf(session, object), toRevision, `no rollout history found for deployment "${object.metadata.name}"`);
	// A client dry run shows what would come back.
	if (dryRun === 'client') return describePodTemplate(revision.template);
	if (object['spec'].paused)
		throw failure("you cannot rollback a paused deployment; resume it first with 'kubectl rollout resume' and try again");
	const template = copy(revision.template);
	delete template.metadata?.labels?.['pod-template-hash'];
	if (equal(template, object['spec'].template)) return `skipped rollback (current template already matches revision ${toRevision})`;
	// The annotations that describe the old revision come along, those that only its ReplicaSet has do not.
	const skipped = [
		'kubectl.kubernetes.io/last-applied-configuration',
		revisionAnnotation,
		'deployment.kubernetes.io/revision-history',
		'deployment.kubernetes.io/desired-replicas',
		'deployment.kubernetes.io/max-replicas',
		'deprecated.deployment.rollback.to',
	];
	const own = Object.entries(object.metadata.annotations ?? {}).filter(([key]) => skipped.includes(key));
	const theirs = Object.entries(revision.object.metadata.annotations ?? {}).filter(([key]) => !skipped.includes(key));
	const patch = [
		{op: 'replace', path: '/spec/template', value: template},
		{op: 'replace', path: '/metadata/annotations', value: Object.fromEntries([...own, ...theirs])},
	];
	session.patch(target.kind, target.namespace, target.name, 'json', patch, dryRun === 'server' ? {dryRun: 'All'} : {});
	return rolledBack;
}

function undoController(session: Session, target: Target, toRevision: number, dryRun: DryRun): string {
	const object = target.object!;
	const revisions = revisionsOf(session, object);
	const revision = chosen(revisions, toRevision, 'no last revision to roll back to');
	const wanted = revision.template as Record<string, unknown>;
	const {$patch: _, ...template} = wanted;
	if (dryRun === 'client') return `will roll back to ${describePodTemplate(template)}`;
	if (equal(template, object['spec'].template))
		return `skipped rollback (current template already matches revision ${toRevision || revision.number})`;
	const patch = {spec: {template: copy(wanted)}};
	const cause = revision.changeCause;
	session.patch(
		target.kind,
		target.namespace,
		target.name,
		'strategic',
		cause ? {...patch, metadata: {annotations: {[changeCauseAnnotation]: cause}}} : patch,
		dryRun === 'server' ? {dryRun: 'All'} : {},
	);
	return rolledBack;
}
