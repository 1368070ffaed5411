import {groupResource, type Kind} from '../../api/kind.js';
import {type KubeObject, keyOf} from '../../api/object.js';
import {equal} from '../../api/plain.js';
import {isConflict, isNotFound} from '../../api/status.js';
import type {Controller, ControllerContext} from '../controller.js';
import {withCondition} from '../status.js';

/** How long until a namespace that something still holds is looked at again. */
const remainingMs = 1500;
const finalizer = 'kubernetes';

/** Empties a namespace that is being deleted, then lets it go. Models pkg/controller/namespace/deletion. */
const namespaces: Controller = {
	name: 'namespace-controller',
	watches: [
		{resource: 'namespaces', keys: ({object}) => (object.metadata.deletionTimestamp ? [keyOf(object)] : [])},
		...['pods', 'persistentvolumeclaims'].map(resource => ({
			resource,
			keys: ({type, object}: {type: string; object: KubeObject}) => (type === 'DELETED' ? [object.metadata.namespace!] : []),
		})),
	],
	reconcile(name, context) {
		const namespace = context.client.find<KubeObject>('namespaces', undefined, name);
		if (!namespace?.metadata.deletionTimestamp || !namespace['spec']?.finalizers?.includes(finalizer)) return undefined;
		const remaining = deleteContents(context, name);
		writeConditions(context, namespace, remaining);
		if (remaining.size > 0) return {againAfterMs: remainingMs};
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
