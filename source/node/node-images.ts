import type {Table} from '../sim/state.js';
import type {Containerd, ContainerdParts} from './containerd.js';
import {parseReference} from './image-reference.js';
import type {Manifest} from './registry.js';
import type {NodeImage} from './runtime.js';

/** An image that was pulled, or the mark that one from the node's disk was removed. */
export type ImageRow = Manifest | {readonly removed: true};

type Images = Pick<Containerd, 'images' | 'image' | 'addImage' | 'removeImage'>;

/** The images on one node: those from its disk, and those pulled since. */
export function createImages({registries, preloaded}: ContainerdParts, rows: Table<ImageRow>): Images {
	const fullName = (text: string) => {
		const reference = parseReference(text);
		return 'error' in reference ? text : reference.name;
	};

	const find = (name: string) => {
		const row = rows.get(name);
		if (!row) return preloaded.get(name);
		return 'removed' in row ? undefined : registries.lookup(row);
	};

	return {
		image: reference => find(fullName(reference)),
		images() {
			const names = [...new Set([...preloaded.keys(), ...rows.keys()])];
			return names.flatMap((reference): NodeImage[] => {
				const image = find(reference);
				return image ? [{reference, id: image.digest, sizeBytes: image.variant.sizeBytes}] : [];
			});
		},
		addImage(reference, {image, tag}) {
			rows.set(fullName(reference), {repository: image.repository, tag});
		},
		removeImage(reference) {
			const name = fullName(reference);
			if (preloaded.has(name)) rows.set(name, {removed: true});
			else rows.delete(name);
		},
	};
}
