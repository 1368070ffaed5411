import {goesBy, type Resource} from './resource.js';

/** Where one object names another: the field, the field it stands in, and what kind it names. */
const rules: ReadonlyArray<readonly [parent: string, field: string, kind: string]> = [
	['configMapRef', 'name', 'ConfigMap'],
	['configMapKeyRef', 'name', 'ConfigMap'],
	['configMap', 'name', 'ConfigMap'],
	['secretRef', 'name', 'Secret'],
	['secretKeyRef', 'name', 'Secret'],
	['secret', 'secretName', 'Secret'],
	['secret', 'name', 'Secret'],
	['imagePullSecrets', 'name', 'Secret'],
	['tls', 'secretName', 'Secret'],
	['service', 'name', 'Service'],
	['spec', 'serviceName', 'Service'],
	['spec', 'serviceAccountName', 'ServiceAccount'],
	['spec', 'priorityClassName', 'PriorityClass'],
	['spec', 'storageClassName', 'StorageClass'],
	['spec', 'ingressClassName', 'IngressClass'],
	['spec', 'volumeName', 'PersistentVolume'],
	['persistentVolumeClaim', 'claimName', 'PersistentVolumeClaim'],
];
/** Those that say themselves what kind they mean. */
const typed = ['roleRef', 'subjects', 'scaleTargetRef', 'targetRef'];

/** Lets all references follow the names that have changed. */
export function followNames(resources: readonly Resource[]): void {
	const nameOf = (kind: string, name: unknown): unknown => {
		if (typeof name !== 'string') return name;
		return resources.find(resource => resource.object.kind === kind && goesBy(resource, name))?.object.metadata.name ?? name;
	};

	const walk = (value: any, parent: string): void => {
		if (Array.isArray(value)) {
			for (const item of value) walk(item, parent);
			return;
		}

		if (typeof value !== 'object' || value === null) return;
		for (const [from, field, kind] of rules) if (parent === from && value[field] !== undefined) value[field] = nameOf(kind, value[field]);
		if (typed.includes(parent) && typeof value.kind === 'string') value.name = nameOf(value.kind, value.name);
		for (const [key, inner] of Object.entries(value)) walk(inner, key);
	};
	for (const {object} of resources) for (const [key, inner] of Object.entries(object)) if (key !== 'metadata') walk(inner, key);
}
