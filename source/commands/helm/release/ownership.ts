import {copy} from '../../../api/values/plain.js';
import type {KubeObject} from '../../../api/object.js';
import {helmError} from '../failure.js';
import type {Cluster} from './cluster.js';

const managedBy = 'app.kubernetes.io/managed-by';

const marks = (name: string, namespace: string) => ({
	annotations: {'meta.helm.sh/release-name': name, 'meta.helm.sh/release-namespace': namespace},
	labels: {[managedBy]: 'Helm'},
});

/** The object as a release sends it: in its namespace, and with its marks. */
export function owned(cluster: Cluster, object: KubeObject, name: string, namespace: string): KubeObject {
	const result = copy(object);
	const {annotations, labels} = marks(name, namespace);
	const place = cluster.namespaceOf(object);
	result.metadata = {
		...result.metadata,
		...(place && {namespace: place}),
		annotations: {...result.metadata.annotations, ...annotations},
		labels: {...result.metadata.labels, ...labels},
	};
	return result;
}

/** Objects that stand there already and are this release's; another's are an error (action.existingResourceConflict). */
export function existing(cluster: Cluster, objects: readonly KubeObject[], name: string, namespace: string): KubeObject[] {
	return objects.filter(object => {
		const found = cluster.find(object);
		if (!found) return false;
		const problems = [
			...missing('label', found.metadata.labels, marks(name, namespace).labels),
			...missing('annotation', found.metadata.annotations, marks(name, namespace).annotations),
		];
		if (problems.length === 0) return true;
		const place = `${object.kind} ${JSON.stringify(object.metadata.name)} in namespace ${JSON.stringify(found.metadata.namespace ?? '')}`;
		throw helmError(`${place} exists and cannot be imported into the current release: invalid ownership metadata; ${problems.join('; ')}`);
	});
}

function missing(what: string, present: Readonly<Record<string, string>> | undefined, wanted: Readonly<Record<string, string>>): string[] {
	return Object.entries(wanted).flatMap(([key, value]) => {
		const own = present?.[key];
		if (own === value) return [];
		const problem =
			own === undefined
				? `missing key ${JSON.stringify(key)}: must be set to ${JSON.stringify(value)}`
				: `key ${JSON.stringify(key)} must equal ${JSON.stringify(value)}: current value is ${JSON.stringify(own)}`;
		return [`${what} validation error: ${problem}`];
	});
}
