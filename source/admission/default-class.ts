import type {KubeObject} from '../api/object.js';

/** Of several classes marked as the default, the youngest wins, then the first by name. */
export function youngest(classes: readonly KubeObject[]): KubeObject | undefined {
	return [...classes].sort((a, b) => {
		const [x, y] = [a.metadata.creationTimestamp ?? '', b.metadata.creationTimestamp ?? ''];
		return x > y ? -1 : x < y ? 1 : a.metadata.name < b.metadata.name ? -1 : 1;
	})[0];
}
