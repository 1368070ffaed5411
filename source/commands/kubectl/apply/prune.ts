import type {Kind} from '../../../api/kind.js';
import type {KubeObject} from '../../../api/object.js';
import {type Deletion, deleteTarget} from '../delete/deletion.js';
import {failure} from '../failure.js';
import {logLine} from '../klog.js';
import type {DryRun} from '../resource/dry-run.js';
import {nameWithKind, type Target} from '../resource/target.js';
import type {Query} from '../session.js';
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

/** Something on the server that may go. */
export interface Prunable {
	readonly kind: Kind;
	readonly namespace: string | undefined;
	readonly object: KubeObject;
}

/** `--prune-allowlist`, read before anything is sent; none: the usual kinds. */
export function allowedKinds({session, flags}: Call): Kind[] | undefined {
	const allow = flags.bool('prune') ? flags.list('prune-allowlist') : [];
	return allow.length === 0 ? undefined : allow.map(text => kindOf(session, text));
}

function kindOf(session: Call['session'], text: string): Kind {
	const parts = text.split('/');
	if (parts.length !== 3) throw failure(`invalid GroupVersionKind format: ${text}, please follow <group/version/kind>`);
	const group = parts[0] === 'core' ? '' : `${parts[0]}/`;
	const kind = session.api.kindOf(`${group}${parts[1]}`, parts[2]!);
	if (!kind) throw failure(`no matches for kind "${parts[2]}" in version "${group}${parts[1]}"`);
	return kind;
}

const deprecated =
	'Deprecated: kubectl apply will no longer prune non-namespaced resources by default when used with the --namespace flag in a future release. To preserve the current behaviour, list the resources you want to target explicitly in the --prune-allowlist flag.';

/** What was applied once, matches the selector, and is in no file now. */
export function leftovers(
	{session, flags}: Call,
	allowed: readonly Kind[] | undefined,
	visited: ReadonlyArray<string | undefined>,
): Prunable[] {
	if (!allowed) session.err(logLine(session, 'W', 'prune.go:71', deprecated));
	const namespaces = [...new Set(visited.filter(namespace => namespace !== undefined))].sort();
	const query: Query = flags.string('selector') ? {labelSelector: flags.string('selector')} : {};
	return (allowed ?? defaults.map(text => kindOf(session, text))).flatMap(kind =>
		(kind.namespaced ? namespaces : [undefined]).flatMap(namespace =>
			session
				.list<KubeObject>(kind, namespace, query)
				.filter(object => object.metadata.annotations?.[lastAppliedAnnotation] !== undefined)
				.map(object => ({kind, namespace, object})),
		),
	);
}

/** Deletes all but what was just applied. */
export function prune(
	call: Call,
	candidates: readonly Prunable[],
	applied: ReadonlyArray<{object: KubeObject}>,
	dryRun: DryRun,
	deletion: Deletion,
): void {
	const kept = new Set(applied.map(({object}) => object.metadata.uid));
	const suffix = dryRun === 'none' ? '' : dryRun === 'client' ? ' (dry run)' : ' (server dry run)';
	for (const {kind, namespace, object} of candidates) {
		if (kept.has(object.metadata.uid)) continue;
		const target: Target = {kind, namespace, name: object.metadata.name};
		if (dryRun !== 'client') deleteTarget(call.session, target, deletion, dryRun);
		call.session.out(`${nameWithKind(kind, target.name)} pruned${suffix}\n`);
	}
}
