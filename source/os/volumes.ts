import type {Mount} from './files.js';
import type {Sim} from '../sim/sim.js';
import {Interned} from '../sim/interned.js';
import type {Layer} from './layer.js';

/**
 * Turns the name in a mount table (`configmap`, `<pod uid>/<volume>`) into the file system meant. Kinds of mounts are defined by those
 * who own them: the kubelet its volumes, a host its /proc and its own disk.
 */
export interface Volumes {
	define(type: string, open: (source: string) => Layer): void;
	open(mount: Mount): Layer;
}

export function createVolumes(sim: Sim): Volumes {
	const kinds = new Map<string, (source: string) => Layer>();
	const opened = new Interned<Layer>();
	// The same name may mean another volume in the past that an undo brings back.
	sim.state.onRestore(() => opened.clear());
	return {
		define(type, open) {
			kinds.set(type, open);
		},
		open(mount) {
			const id = `${mount.type}\u0000${mount.source}`;
			const layer = opened.get(id);
			if (layer) return layer;
			const open = kinds.get(mount.type);
			if (!open) throw new Error(`nobody knows how to mount ${mount.type} (${mount.source})`);
			return opened.set(id, open(mount.source));
		},
	};
}
