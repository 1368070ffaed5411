import type {Space} from './space.js';

/** The ARP cache of one namespace. */
export interface Neighbours {
	list(): readonly Neighbour[];
	get(device: string, address: string): NeighbourRow | undefined;
	put(row: NeighbourRow): void;
	remove(device: string, address: string): boolean;
	flush(device?: string): void;
}

export interface Neighbour {
	readonly device: string;
	readonly address: string;
	/** Absent when nobody answered. */
	readonly mac?: string;
	readonly state: 'REACHABLE' | 'STALE' | 'FAILED' | 'PERMANENT';
}

export interface NeighbourRow {
	readonly device: string;
	readonly address: string;
	readonly mac?: string;
	/** Who answered last, so that of several answerers one is kept. */
	readonly namespace?: string;
	readonly link?: string;
	readonly confirmedMs: number;
	readonly permanent?: boolean;
}

/** base_reachable_time; the kernel draws between half and one and a half of it. */
const reachableMs = 30_000;
/** gc_thresh3 of the kernel. */
const rowsMax = 1024;

export function createNeighbours(space: Space): Neighbours {
	const rows = space.table<NeighbourRow>('neighbours');
	const keyOf = (device: string, address: string) => `${device} ${address}`;
	const stateOf = (row: NeighbourRow): Neighbour['state'] => {
		if (row.permanent) return 'PERMANENT';
		if (row.mac === undefined) return 'FAILED';
		return space.sim.clock.now() - row.confirmedMs < reachableMs ? 'REACHABLE' : 'STALE';
	};
	return {
		list: () =>
			[...rows().values()].map(row => ({
				device: row.device,
				address: row.address,
				...(row.mac !== undefined && {mac: row.mac}),
				state: stateOf(row),
			})),
		get: (device, address) => rows().get(keyOf(device, address)),
		put(row) {
			const key = keyOf(row.device, row.address);
			if (!rows().has(key) && rows().size >= rowsMax) rows().delete(rows().keys().next().value!);
			rows().set(key, row);
		},
		remove: (device, address) => rows().delete(keyOf(device, address)),
		flush(device) {
			for (const [key, row] of [...rows().entries()])
				if (!row.permanent && (device === undefined || row.device === device)) rows().delete(key);
		},
	};
}
