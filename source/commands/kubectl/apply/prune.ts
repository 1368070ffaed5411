import type {KubeObject} from '../../../api/object.js';
import {type Deletion, deleteTarget} from '../delete/deletion.js';
import {failure} from '../failure.js';
import type {DryRun} from '../resource/dry-run.js';
import {nameWithKind, type Target} from '../resource/target.js';
import type {Call} from '../verb.js';
import {lastAppliedAnnotation} from './last-applied.js';

/** Kinds that are pruned unless --prune-allowlist says otherwise; namespaced ones first, as kubectl goes about it. */
const defaults = [
	'core/v1/ConfigMap',
	'core/v1/Endpoints',
	'core/v1/PersistentVolumeClaim',
	'core/v1/Pod',
	'core/v1/ReplicationController',
	'core/v1/Secret',
	'core/v1/Service',
	'batch/v1/Job',
	'batch/v1/CronJob',
	'networking.k8s.io/v1/Ingress',
	'apps/v1/DaemonSet',
	'apps/v1/Deployment',
	'apps/v1/ReplicaSet',
	'apps/v1/StatefulSet',
	'core/v1/Namespace',
	'core/v1/PersistentVolume',
];

/** `--prune`: what was applied once, matches the selector, and is in no file now, goes. */
export function pruneAfter(
	call: Call,
	applied: ReadonlyArray<{target: Target; object: KubeObject}>,
	dryRun: DryRun,
	deletion: Deletion,
): void {
	const {session, flags} = call;
	const kept = new Set(applied.map(({object}) => object.metadata.uid));
	const namespaces = [...new Set(applied.map(({target}) => target.namespace).filter(namespace => namespace !== undefined))].sort();
	const allow = flags.list('prune-allowlist');
	const suffix = dryRun === 'none' ? '' : dryRun === 'client' ? ' (dry run)' : ' (server dry run)';
	for (const text of allow.length > 0 ? allow : defaults) {
		const parts = text.split('/');
		if (parts.length !== 3) throw failure(`invalid GroupVersionKind format: ${text}, please follow <group/version/kind>`);
		const group = parts[0] === 'core' ? '' : parts[0]!;
		const kind = session.api.kindOf(group ? `${group}/${parts[1]}` : parts[1]!, parts[2]!);
		if (!kind) throw failure(`no matches for kind "${parts[2]}" in version "${group ? `${group}/` : ''}${parts[1]}"`);
		for (const namespace of kind.namespaced ? namespaces : [undefined]) {
			for (const object of session.list<KubeObject>(
				kind,
				namespace,
				flags.string('selector') ? {labelSelector: flags.string('selector')} : {},
			)) {
				if (object.metadata.annotations?.[lastAppliedAnnotation] === undefined || kept.has(object.metadata.uid)) continue;
				if (dryRun !== 'client') deleteTarget(session, {kind, namespace, name: object.metadata.name}, deletion, dryRun);
				session.out(`${nameWithKind(kind, object.metadata.name)} pruned${suffix}\n`);
			}
		}
	}
}
