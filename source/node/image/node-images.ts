import type {Table} from '../../sim/state.js';
import {parseReference} from './image-reference.js';
import type {NodeImage} from '../runtime.js';
import {imageIdOf, manifestOf, type Manifest, type ResolvedImage} from '../registry/manifest.js';
import {pullError} from '../registry/public.js';
import type {Containerd} from '../container/cri.js';
import type {ContainerdParts} from '../container/containerd-parts.js';

/** An image that was pulled, or the mark that one from the node's disk was removed. */
export type ImageRow = Manifest | {readonly removed: true};

type Images = Pick<Containerd, 'images' | 'imageNamed' | 'image' | 'addImage' | 'removeImage' | 'pull' | 'tag' | 'untag'>;

/** The images on one node: those from its disk, and those pulled since. */
export function createImages({registries, preloaded, world, node}: ContainerdParts, rows: Table<ImageRow>): Images {
	const fullName = (text: string) => {
		const reference = parseReference(text);
		return 'error' in reference ? text : reference.name;
	};

	const machine = () => world.host(node)!;

	const find = (name: string) => {
		const row = rows.get(name);
		if (!row) return preloaded.get(name);
		return 'removed' in row ? undefined : registries.lookup(row);
	};

	const add = (reference: string, resolved: ResolvedImage) => rows.set(fullName(reference), manifestOf(resolved));
	const remove = (reference: string) => {
		const name = fullName(reference);
		if (preloaded.has(name)) rows.set(name, {removed: true});
		else rows.delete(name);
	};

	const view = (reference: string, image: ResolvedImage): NodeImage => ({
		reference,
		id: imageIdOf(image),
		digest: image.digest,
		sizeBytes: image.variant.sizeBytes,
	});

	return {
		image: reference => find(fullName(reference)),
		images() {
			const names = [...new Set([...preloaded.keys(), ...rows.keys()])];
			return names.flatMap((reference): NodeImage[] => {
				const image = find(reference);
				return image ? [view(reference, image)] : [];
			});
		},
		imageNamed(text) {
			const image = find(fullName(text));
			return image && view(fullName(text), image);
		},
		addImage: add,
		removeImage: remove,
		pull(text, credentials) {
			const reference = parseReference(text);
			if ('error' in reference) return {error: reference.error};
			const found = registries.resolve(reference, {machine: machine(), credentials});
			if ('code' in found) return {error: pullError(reference, found)};
			add(text, found);
			return {
				image: view(reference.name, found),
				tookMs: registries.pullMs(found, reference.registry),
			};
		},
		tag(source, target) {
			const found = find(fullName(source));
			if (found) add(target, found);
			return found !== undefined;
		},
		untag(reference) {
			const found = find(fullName(reference));
			if (found) remove(reference);
			return found !== undefined;
		},
	};
}
