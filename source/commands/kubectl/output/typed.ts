import type {KubeObject} from '../../../api/object.js';
import {inKeyOrder, isObject} from '../../../api/values/plain.js';
import {structSchema, type TypeSchema} from '../../../api/schema/schema.js';

/** Fields that a Go struct prints even when nobody set them. */
const always: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
	'meta.v1.ObjectMeta': {creationTimestamp: null},
	'core.v1.Container': {resources: {}},
	'core.v1.EphemeralContainer': {resources: {}},
	'apps.v1.DeploymentSpec': {strategy: {}},
	'apps.v1.DaemonSetSpec': {updateStrategy: {}},
	'apps.v1.StatefulSetSpec': {updateStrategy: {}},
	'apps.v1.Deployment': {status: {}},
	'apps.v1.ReplicaSet': {status: {replicas: 0}},
	'apps.v1.StatefulSet': {status: {replicas: 0, availableReplicas: 0}},
	'apps.v1.DaemonSet': {status: {currentNumberScheduled: 0, numberMisscheduled: 0, desiredNumberScheduled: 0, numberReady: 0}},
	'core.v1.ReplicationController': {status: {replicas: 0}},
	'core.v1.Pod': {status: {}},
	'core.v1.Service': {status: {loadBalancer: {}}},
	'core.v1.ServicePort': {targetPort: 0},
	'batch.v1.Job': {status: {}},
	'batch.v1.CronJob': {status: {}},
};

/** An object as kubectl prints it after having read it into a Go struct: the fields in the order of the struct. */
export const asTyped = (object: KubeObject, schema: string): KubeObject => inStruct(object, {shape: 'struct', name: schema}) as KubeObject;

/** The List that kubectl makes of objects which it holds as maps: a struct, around keys in order. */
export const listOfMaps = (items: readonly KubeObject[]) => ({kind: 'List', apiVersion: 'v1', metadata: {}, items: items.map(inKeyOrder)});

function inStruct(value: unknown, type: TypeSchema): unknown {
	if (type.shape === 'list' && Array.isArray(value)) return value.map(item => inStruct(item, type.item));
	if (!isObject(value)) return value;
	if (type.shape === 'map')
		return Object.fromEntries(
			Object.keys(value)
				.sort()
				.map(key => [key, inStruct(value[key], type.item)]),
		);
	const fields = type.shape === 'struct' ? structSchema(type.name)?.fields : undefined;
	if (type.shape !== 'struct' || !fields) return value;
	const full: Record<string, unknown> = {...always[type.name], ...value};
	const names = [...fields.keys()].filter(name => full[name] !== undefined);
	return Object.fromEntries([
		...names.map(name => [name, inStruct(full[name], fields.get(name)!.type)]),
		...Object.entries(full).filter(([name]) => !fields.has(name)),
	]);
}
