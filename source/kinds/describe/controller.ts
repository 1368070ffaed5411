import {controllerOf, type KubeObject} from '../../api/object.js';

/** `ReplicaSet/web-5d4`, or nothing. */
export function controllerText(object: KubeObject): string {
	const owner = controllerOf(object);
	return owner ? `${owner.kind}/${owner.name}` : '';
}
