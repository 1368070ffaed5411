import type {KubeObject} from '../../../api/object.js';

/** Where an object keeps its pod spec; undefined when it has none (polymorphichelpers.UpdatePodSpecForObject). */
export function podSpecOf(object: KubeObject): any {
	const spec = object['spec'];
	if (object.kind === 'Pod') return spec;
	if (object.kind === 'CronJob') return spec?.jobTemplate?.spec?.template?.spec;
	if (['ReplicationController', 'Deployment', 'DaemonSet', 'ReplicaSet', 'StatefulSet', 'Job'].includes(object.kind))
		return spec?.template?.spec;
	return undefined;
}

/** `*v1.Service`, as Go names the type in errors. */
export const goTypeOf = ({apiVersion, kind}: KubeObject): string => `*${apiVersion.slice(apiVersion.lastIndexOf('/') + 1)}.${kind}`;
