import type {KubeObject} from '../../api/object.js';
import {copy} from '../../api/values/plain.js';
import {isNotFound} from '../../api/status.js';
import type {ControllerContext} from '../controller.js';
import {ownerReferenceTo} from './claim.js';

/** A pod as its owner's template says, not yet created; named by the server unless `name` is given. */
export function podFromTemplate(owner: KubeObject, template: any = owner['spec'].template, name?: string): KubeObject {
	const {labels, annotations, finalizers} = template.metadata ?? {};
	const metadata = {
		...(name ? {name} : {generateName: `${owner.metadata.name}-`}),
		namespace: owner.metadata.namespace,
		...(labels && {labels}),
		...(annotations && {annotations}),
		...(finalizers && {finalizers}),
		ownerReferences: [ownerReferenceTo(owner)],
	} as KubeObject['metadata'];
	return copy({apiVersion: 'v1', kind: 'Pod', metadata, spec: template.spec});
}

/** Creates `pod` for `owner` and says so, or says why not and throws. */
export function createPod({client, event}: ControllerContext, owner: KubeObject, pod: KubeObject): KubeObject {
	try {
		const created = client.create(pod);
		event(owner, 'Normal', 'SuccessfulCreate', `Created pod: ${created.metadata.name}`);
		return created;
	} catch (error) {
		event(owner, 'Warning', 'FailedCreate', `Error creating: ${(error as Error).message}`);
		throw error;
	}
}

export function deletePod({client, event}: ControllerContext, owner: KubeObject, pod: KubeObject): void {
	const {namespace, name, uid} = pod.metadata;
	try {
		client.delete('pods', namespace, name, {preconditions: {uid: uid!}});
		event(owner, 'Normal', 'SuccessfulDelete', `Deleted pod: ${name}`);
	} catch (error) {
		if (isNotFound(error)) return;
		event(owner, 'Warning', 'FailedDelete', `Error deleting: ${(error as Error).message}`);
		throw error;
	}
}

/**
 * Calls `create` up to `count` times in growing batches: 1, 2, 4, ... A batch with a failure is the last one, so that a quota is not
 * hammered. Returns how many succeeded and the first error. Models pkg/controller slowStartBatch.
 */
export function slowStart(count: number, create: () => void): {created: number; error?: unknown} {
	let created = 0;
	for (let left = count, batch = 1; left > 0; batch *= 2) {
		let error: unknown;
		const size = Math.min(left, batch);
		for (let i = 0; i < size; i++) {
			try {
				create();
				created++;
			} catch (caught) {
				error ??= caught;
			}
		}

		if (error) return {created, error};
		left -= size;
	}

	return {created};
}
