import {imageTree} from '../../../../node/image/image-tree.js';
import type {LayerRow} from '../../../../node/registry/image-config.js';
import type {Engine} from '../../../../node/engine/docker.js';

/** What a container wrote: the rows of its writable layer. */
export const writtenRows = (engine: Engine, id: string): ReadonlyArray<readonly [path: string, row: LayerRow]> => {
	const machine = engine.containers.machine(id);
	return machine ? [...machine.sim.state.table<LayerRow>(`os/files/${id}`).entries()] : [];
};

export const writtenBytes = (engine: Engine, id: string): number =>
	writtenRows(engine, id).reduce((sum, [, row]) => sum + ('size' in row && row.type === 'file' ? row.size : 0), 0);

export interface Change {
	readonly kind: 'A' | 'C' | 'D';
	readonly path: string;
}

/** As `docker diff` tells them: folders on the way have changed, too. */
export function changesOf(engine: Engine, id: string): readonly Change[] {
	const row = engine.containerd.row(id);
	const resolved = row && engine.registries.lookup(row.manifest);
	const base = resolved && imageTree(resolved);
	const result = new Map<string, Change>();
	const add = (path: string, kind: Change['kind']) => {
		if (path === '/' || path === '') return;
		if (!result.has(path)) result.set(path, {kind, path});
		const parent = path.slice(0, path.lastIndexOf('/'));
		if (parent !== '' && !result.has(parent)) add(parent, base?.get(parent) ? 'C' : 'A');
	};

	for (const [path, entry] of writtenRows(engine, id)) add(path, entry.type === 'whiteout' ? 'D' : base?.get(path) ? 'C' : 'A');
	return [...result.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}
