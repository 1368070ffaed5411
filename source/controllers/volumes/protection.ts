import type {KubeObject} from '../../api/object.js';
import type {ControllerContext} from '../controller.js';

/** Keeps what is in use from going: the finalizer comes off when the last user is gone. */
export function protect({client}: ControllerContext, resource: string, object: KubeObject, finalizer: string, inUse: () => boolean): void {
	const {finalizers = [], namespace, name, deletionTimestamp} = object.metadata;
	const held = finalizers.includes(finalizer);
	if (held === !deletionTimestamp || (deletionTimestamp && (!held || inUse()))) return;
	const next = held ? finalizers.filter(entry => entry !== finalizer) : [...finalizers, finalizer];
	client.patch(resource, namespace, name, 'merge', {metadata: {finalizers: next.length > 0 ? next : null}});
}
