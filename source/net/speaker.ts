import type {Space} from './space.js';

/** Who answers ARP for an address without having it. */
export interface Announcer {
	readonly namespace: string;
	readonly link: string;
	/** A process or container; its announcements end with it. */
	readonly owner?: string;
}

export interface Speakers {
	announce(address: string, by: Announcer): void;
	withdraw(address: string, by: Announcer): void;
	of(address: string): readonly Announcer[];
	list(): ReadonlyArray<Announcer & {address: string}>;
	forget(where: (announcer: Announcer) => boolean): void;
}

export function createSpeakers(space: Space): Speakers {
	const rows = space.table<readonly Announcer[]>('announced');
	const keep = (address: string, list: readonly Announcer[], holds: (announcer: Announcer) => boolean) => {
		const left = list.filter(holds);
		if (left.length === list.length) return;
		if (left.length > 0) rows().set(address, left);
		else rows().delete(address);
	};
	const of = (address: string) => rows().get(address) ?? [];
	return {
		of,
		announce(address, by) {
			if (!of(address).some(each => each.namespace === by.namespace && each.link === by.link)) rows().set(address, [...of(address), by]);
		},
		withdraw: (address, by) => keep(address, of(address), each => each.namespace !== by.namespace || each.link !== by.link),
		list: () => [...rows().entries()].flatMap(([address, list]) => list.map(each => ({address, ...each}))),
		forget(where) {
			for (const [address, list] of [...rows().entries()]) keep(address, list, each => !where(each));
		},
	};
}
