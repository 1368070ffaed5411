import type {Space} from '../space.js';

/** The address lists behind `-m recent` (xt_recent), kept in the kernel by name. */
export interface RecentLists {
	ask(
		command: 'set' | 'rcheck' | 'update' | 'remove',
		list: string,
		address: string,
		limits: {seconds?: number; hits: number; reap: boolean},
	): boolean;
}

/** As the kernel's ip_pkt_list_tot. */
const stampsMax = 20;
/** As the kernel's ip_list_tot. */
const addressesMax = 100;

export function createRecent(space: Space): RecentLists {
	const rows = space.table<readonly number[]>('recent');
	const trim = (list: string) => {
		const keys = [...rows().keys()].filter(key => key.startsWith(`${list} `));
		if (keys.length >= addressesMax) rows().delete(keys[0]!);
	};
	return {
		ask(command, list, address, {seconds, hits, reap}) {
			const key = `${list} ${address}`;
			const now = space.sim.clock.now();
			const stamps = rows().get(key);
			if (command === 'set') {
				if (!stamps) trim(list);
				rows().delete(key);
				rows().set(key, [...(stamps ?? []), now].slice(-stampsMax));
				return true;
			}
			if (!stamps) return false;
			if (command === 'remove') return rows().delete(key);
			const young = stamps.filter(stamp => seconds === undefined || now - stamp <= seconds * 1000);
			if (reap && young.length === 0) rows().delete(key);
			const found = young.length >= hits;
			if (found && command === 'update') rows().set(key, [...stamps, now].slice(-stampsMax));
			return found;
		},
	};
}
