import type {KubeObject} from '../../../api/object.js';
import {copy} from '../../../api/values/plain.js';
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

/** An object as kubectl prints it after having read it into a Go struct (`--local`, client dry runs). */
export function asTyped(object: KubeObject, schema: string): KubeObject {
	const result = copy(object);
	fill(result, {shape: 'struct', name: schema});
	return result;
}

function fill(value: any, type: TypeSchema): void {
	if (value === null || typeof value !== 'object') return;
	if (type.shape === 'list') for (const item of value) fill(item, type.item);
	else if (type.shape === 'map') for (const item of Object.values(value)) fill(item, type.item);
	else if (type.shape === 'struct') {
		for (const [name, empty] of Object.entries(always[type.name] ?? {}))
			if (value[name] === undefined) value[name] = structuredClone(empty);
		for (const [name, field] of structSchema(type.name)?.fields ?? []) if (value[name] !== undefined) fill(value[name], field.type);
	}
}
