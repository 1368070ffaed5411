import type {Place} from '../../nginx/request/exchange.js';

/** How many workers the generation before had is not known: each reload begins a hundred process ids further. */
export const workerPid = ({generation, worker}: {readonly generation: number; readonly worker: number}): number =>
	30 + (generation % 300) * 100 + worker;

/** reuseport: the kernel spreads connections over the workers by their addresses. */
export function workerOf({address, port}: Place, workers: number): number {
	let hash = 0x811c9dc5;
	for (const char of `${address}:${port}`) hash = Math.imul(hash ^ char.charCodeAt(0), 0x01000193);
	return ((hash ^ (hash >>> 15)) >>> 0) % Math.max(1, workers);
}
