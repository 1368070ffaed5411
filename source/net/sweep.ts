import type {Space} from './space.js';

export interface Sweep {
	isDue(size: number): boolean;
	/** `size`: rows that are left. */
	done(size: number): void;
}

/**
 * When the dead rows of a table are swept: once it has grown by `every` since the last time. That moment is part of the world, so that
 * one that is taken up again sweeps with it.
 */
export function createSweep(space: Space, table: string, every: number): Sweep {
	const limit = space.table<number>(`${table}-limit`);
	return {
		isDue: size => size >= (limit().get('') ?? every),
		done: size => void limit().set('', size + every),
	};
}
