import type {Reader} from '../../api/client.js';
import {controllerOf, type KubeObject} from '../../api/object.js';
import {isSubset} from '../selector.js';

/** Pods by the uid of what manages them; those that nothing manages by `orphan/<namespace>`. */
export const byController = (resource: string) => ({
	resource,
	index: 'controller',
	keys: (object: KubeObject): readonly string[] => [controllerOf(object)?.uid ?? `orphan/${object.metadata.namespace}`],
});

export const podsByController = byController('pods');

export const podsByNode = {
	resource: 'pods',
	index: 'node',
	keys: (pod: KubeObject): readonly string[] => [(pod['spec']?.nodeName as string | undefined) ?? ''],
};

/** Pods by each of their labels, so that a selector never scans a namespace. */
export const podsByLabel = {
	resource: 'pods',
	index: 'label',
	keys({metadata: {namespace = '', labels}}: KubeObject): readonly string[] {
		if (!labels) return none;
		let known = labelKeys.get(labels);
		if (known?.namespace !== namespace) {
			known = {namespace, keys: Object.entries(labels).map(([key, value]) => `${namespace}/${key}=${value}`)};
			labelKeys.set(labels, known);
		}

		return known.keys;
	},
};

const none: readonly string[] = [];
/** Asked at every write of a pod, most of which leave the labels as they are. Only a cache. */
const labelKeys = new WeakMap<object, {readonly namespace: string; readonly keys: readonly string[]}>();

/** Services by the first pair of their selector: a pod asks once a label which of them may select it. */
export const servicesBySelector = {
	resource: 'services',
	index: 'selector',
	keys(service: KubeObject): readonly string[] {
		const pair = Object.entries((service['spec']?.selector ?? {}) as Record<string, string>)[0];
		return pair ? [`${service.metadata.namespace}/${pair[0]}=${pair[1]}`] : [];
	},
};

/** The pods whose labels include `wanted`, found through the rarest of them. */
export function podsWithLabels(reader: Reader, namespace: string, wanted: Readonly<Record<string, string>>): readonly KubeObject[] {
	const pairs = Object.entries(wanted);
	if (pairs.length === 0) return reader.list('pods', {namespace});
	let fewest: readonly KubeObject[] | undefined;
	for (const [key, value] of pairs) {
		const found = reader.indexed<KubeObject>('pods', 'label', `${namespace}/${key}=${value}`);
		if (!fewest || found.length < fewest.length) fewest = found;
	}

	return pairs.length === 1 ? fewest! : fewest!.filter(pod => isSubset(wanted, pod.metadata.labels));
}

/** The services of the namespace that would select something with these labels. */
export function servicesSelecting(reader: Reader, namespace: string | undefined, labels: Readonly<Record<string, string>> | undefined) {
	const found: KubeObject[] = [];
	for (const key in labels) {
		for (const service of reader.indexed<KubeObject>('services', 'selector', `${namespace}/${key}=${labels[key]}`)) {
			if (isSubset(service['spec'].selector, labels)) found.push(service);
		}
	}

	return found;
}
