import type {Sim} from '../sim/sim.js';

/** One line of the system journal. */
export interface JournalEntry {
	/** Virtual milliseconds since 1970. */
	readonly atMs: number;
	/** `kubelet.service`; `''` for the kernel. */
	readonly unit: string;
	/** What stands before the colon: `kubelet`, `systemd`, `kernel`. */
	readonly identifier: string;
	readonly pid: number;
	/** 0 emergency to 7 debug. */
	readonly priority: number;
	readonly text: string;
}

export interface Journal {
	entries(): readonly JournalEntry[];
	write(entry: Omit<JournalEntry, 'atMs' | 'priority'> & {priority?: number}): void;
}

/** Old lines go, as journald's SystemMaxUse has it. */
const entriesMax = 2000;

export function createJournal(sim: Sim, name: string, born: () => readonly JournalEntry[] = () => []): Journal {
	const table = sim.state.table<JournalEntry>(`os/journal/${name}`);
	const next = sim.state.cell<number>(`os/journal-next/${name}`, 0);
	return {
		entries: () => [...born(), ...table.values()],
		write({priority = 6, ...entry}) {
			const number = next.get();
			next.set(number + 1);
			table.set(String(number), {...entry, priority, atMs: sim.clock.now()});
			if (table.size > entriesMax) table.delete(String(number - entriesMax));
		},
	};
}
