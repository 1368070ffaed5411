import type {Client} from '../../api/client.js';
import {controllerOf, type KubeObject, type OwnerReference} from '../../api/object.js';
import {isNotFound} from '../../api/status.js';

export const ownerReferenceTo = (owner: KubeObject): OwnerReference => ({
	apiVersion: owner.apiVersion,
	kind: owner.kind,
	name: owner.metadata.name,
	uid: owner.metadata.uid!,
	controller: true,
	blockOwnerDeletion: true,
});

/**
 * The objects `owner` manages: those that name it and still match, and orphans that match, which are adopted; what no longer matches
 * is let go. Needs the index `controller`. Models pkg/controller/controller_ref_manager.go.
 */
export function claim(client: Client, resource: string, owner: KubeObject, matches: (object: KubeObject) => boolean): KubeObject[] {
	const {uid, namespace, deletionTimestamp} = owner.metadata;
	const claimed: KubeObject[] = [];
	for (const object of client.indexed<KubeObject>(resource, 'controller', uid!)) {
		if (matches(object)) claimed.push(object);
		else if (!deletionTimestamp) release(client, resource, object, uid!);
	}

	if (deletionTimestamp) return claimed;
	for (const orphan of [...client.indexed<KubeObject>(resource, 'controller', `orphan/${namespace}`)]) {
		if (orphan.metadata.deletionTimestamp || !matches(orphan)) continue;
		const ownerReferences = [...(orphan.metadata.ownerReferences ?? []), ownerReferenceTo(owner)];
		claimed.push(client.patch(resource, namespace, orphan.metadata.name, 'merge', {metadata: {uid: orphan.metadata.uid, ownerReferences}}));
	}

	return claimed;
}

function release(client: Client, resource: string, object: KubeObject, ownerUid: string): void {
	const left = (object.metadata.ownerReferences ?? []).filter(reference => reference.uid !== ownerUid);
	const metadata = {uid: object.metadata.uid, ownerReferences: left.length > 0 ? left : null};
	try {
		client.patch(resource, object.metadata.namespace, object.metadata.name, 'merge', {metadata});
	} catch (error) {
		if (!isNotFound(error)) throw error;
	}
}

/** Which owner to look at when an object of a controller changes, by the owner's kind: its key, or for an orphan none. */
export const ownerKeys = (object: KubeObject, kind: string): readonly string[] => {
	const owner = controllerOf(object);
	return owner?.kind === kind ? [`${object.metadata.namespace}/${owner.name}`] : [];
};
