import {groupResource, type Kind} from '../../api/kind.js';
import {keyOf, type KubeObject} from '../../api/object.js';
import {equal} from '../../api/values/plain.js';
import {isConflict, isNotFound} from '../../api/status.js';
import type {Controller, ControllerContext} from '../controller.js';
import {withCondition} from '../status.js';

/** A namespace is left alone for so long first, so that writes under way may end (namespace_controller.go namespaceDeletionGracePeriod). */
const graceMs = 5000;
/** How long what a finalizer holds is thought to take. */
const finalizerSeconds = 15;
const finalizer = 'kubernetes';

/** Empties a namespace that is being deleted, then lets it go. Models pkg/controller/namespace/deletion. */
const namespaces: Controller = {
	name: 'namespace-controller',
	watches: [{resource: 'namespaces', delayMs: graceMs, keys: ({object}) => (object.metadata.deletionTimestamp ? [keyOf(object)] : [])}],
	reconcile(name, context) {
		const namespace = context.client.find<KubeObject>('namespaces', undefined, name);
		if (!namespace?.metadata.deletionTimestamp || !namespace['spec']?.finalizers?.includes(finalizer)) return undefined;
		const remaining = deleteContents(context, name);
		writeConditions(context, namespace, remaining);
		if (remaining.size > 0) return {againAfterMs: (Math.floor(secondsToWait(remaining) / 2) + 1) * 1000};
		finalize(context, name);
		return undefined;
	},
};
export default namespaces;

/** Returns what is still there, by resource. */
function deleteContents({client, api}: ControllerContext, namespace: string): Map<Kind, readonly KubeObject[]> {
	const remaining = new Map<Kind, readonly KubeObject[]>();
	for (const kind of api.kinds()) {
		if (!kind.namespaced || (kind.verbs && !kind.verbs.includes('delete'))) continue;
		const resource = groupResource(kind);
		const objects = client.list<KubeObject>(resource, {namespace});
		if (objects.length === 0) continue;
		for (const {metadata} of objects) {
			if (metadata.deletionTimestamp) continue;
			try {
				client.delete(resource, namespace, metadata.name, {propagationPolicy: 'Background'});
			} catch (error) {
				if (!isNotFound(error) && !isConflict(error)) throw error;
			}
		}

		const left = client.list<KubeObject>(resource, {namespace});
		if (left.length > 0) remaining.set(kind, left);
	}

	return remaining;
}

/** The longest grace period of the pods that are left, or a guess. */
function secondsToWait(remaining: Map<Kind, readonly KubeObject[]>): number {
	const pods = [...remaining].find(([kind]) => kind.plural === 'pods')?.[1] ?? [];
	const longest = Math.max(0, ...pods.map(({metadata}) => metadata.deletionGracePeriodSeconds ?? 0));
	return longest || finalizerSeconds;
}

function finalize({client}: ControllerContext, name: string): void {
	const namespace = client.find<KubeObject>('namespaces', undefined, name);
	if (!namespace) return;
	const finalizers = (namespace['spec'].finalizers as string[]).filter(entry => entry !== finalizer);
	client.act('namespaces', undefined, name, 'finalize', {...namespace, spec: {finalizers}});
}

function writeConditions({client, sim}: ControllerContext, namespace: KubeObject, remaining: Map<Kind, readonly KubeObject[]>): void {
	if (remaining.size === 0) return;
	const counts = [...remaining].map(([kind, objects]) => `${resourceName(kind)} has ${objects.length} resource instances`);
	const held = new Map<string, number>();
	for (const object of [...remaining.values()].flat()) {
		for (const entry of object.metadata.finalizers ?? []) held.set(entry, (held.get(entry) ?? 0) + 1);
	}

	const holders = [...held].map(([entry, count]) => `${entry} in ${count} resource instances`).sort();
	const rows: ReadonlyArray<[type: string, status: 'True' | 'False', reason: string, message: string]> = [
		['NamespaceDeletionDiscoveryFailure', 'False', 'ResourcesDiscovered', 'All resources successfully discovered'],
		['NamespaceDeletionGroupVersionParsingFailure', 'False', 'ParsedGroupVersions', 'All legacy kube types successfully parsed'],
		['NamespaceDeletionContentFailure', 'False', 'ContentDeleted', 'All content successfully deleted, may be waiting on finalization'],
		['NamespaceContentRemaining', 'True', 'SomeResourcesRemain', `Some resources are remaining: ${counts.sort().join(', ')}`],
		holders.length > 0
			? [
					'NamespaceFinalizersRemaining',
					'True',
					'SomeFinalizersRemain',
					`Some content in the namespace has finalizers remaining: ${holders.join(', ')}`,
				]
			: ['NamespaceFinalizersRemaining', 'False', 'ContentHasNoFinalizers', 'All content-preserving finalizers finished'],
	];
	let conditions = namespace['status']?.conditions;
	for (const [type, status, reason, message] of rows) {
		conditions = withCondition(conditions, {type, status, reason, message}, sim.clock.now());
	}

	if (!equal(conditions, namespace['status']?.conditions))
		client.updateStatus({...namespace, status: {...namespace['status'], conditions}});
}

/** As the controller's logs and conditions spell it: `pods.`, `deployments.apps`. */
const resourceName = (kind: Kind): string => `${kind.plural}.${kind.group}`;
