import type {Mount} from './files.js';
import type {Layer} from './layer.js';

/**
 * Turns the name in a mount table (`configmap`, `<pod uid>/<volume>`) into the file system meant. Kinds of mounts are defined by those
 * who own them: the kubelet its volumes, a host its /proc and its own disk.
 */
export interface Volumes {
	define(type: string, open: (source: string) => Layer): void;
	open(mount: Mount): Layer;
}

export function createVolumes(): Volumes {
	const kinds = new Map<string, (source: string) => Layer>();
	const opened = new Map<string, Layer>();
	return {
		define(type, open) {
			kinds.set(type, open);
		},
		open(mount) {
			const id = `${mount.type}\u0000${mount.source}`;
			let layer = opened.get(id);
			if (!layer) {
				const open = kinds.get(mount.type);
				if (!open) throw new Error(`nobody knows how to mount ${mount.type} (${mount.source})`);
				opened.set(id, (layer = open(mount.source)));
			}

			return layer;
		},
	};
}
