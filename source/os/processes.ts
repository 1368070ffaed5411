import type {Sim} from '../sim/sim.js';
import type {Process, Processes} from './process.js';

/** As `kernel.pid_max` on a 64-bit machine. */
const pidMax = 4_194_304;

const bySim = new WeakMap<Sim, {count: number}>();

/** Moves whenever a process begins or ends on any machine of a world. */
export const processChanges = (sim: Sim): {readonly count: number} => countOf(sim);

function countOf(sim: Sim): {count: number} {
	let changes = bySim.get(sim);
	if (!changes) bySim.set(sim, (changes = {count: 0}));
	return changes;
}

/**
 * The process table of one machine, in `os/processes/<name>`. `born` are those that have run since the machine was started: they
 * follow from the machine, so they cost no memory until one of them ends.
 */
export function createProcesses(sim: Sim, name: string, born: readonly Process[] = [], firstFreePid = 1): Processes {
	const table = sim.state.table<Process | null>(`os/processes/${name}`);
	const nextPid = sim.state.cell<number>(`os/next-pid/${name}`, firstFreePid);
	const bornByPid = new Map(born.map(process => [process.pid, process]));
	const everywhere = countOf(sim);
	let own = 0;
	const changed = () => {
		everywhere.count++;
		own++;
	};
	sim.state.onRestore(changed);
	let listed: {version: number; list: readonly Process[]} | undefined;
	let lines: {count: number; list: ReadonlyArray<readonly string[]>} | undefined;

	const get = (pid: number) => {
		const row = table.get(String(pid));
		return row === undefined ? bornByPid.get(pid) : (row ?? undefined);
	};

	const takePid = () => {
		let pid = nextPid.get();
		while (get(pid)) pid = pid >= pidMax ? 300 : pid + 1;
		nextPid.set(pid >= pidMax ? 300 : pid + 1);
		return pid;
	};

	const self: Processes = {
		start({pid = takePid(), ...rest}) {
			const process: Process = {...rest, pid, startedMs: sim.clock.now()};
			table.set(String(pid), process);
			changed();
			return process;
		},
		get,
		list() {
			if (listed?.version !== table.version) {
				const alive = born.filter(process => !table.has(String(process.pid)));
				for (const row of table.values()) if (row) alive.push(row);
				listed = {version: table.version, list: alive.sort((a, b) => a.pid - b.pid)};
			}

			return listed.list;
		},
		commandLines() {
			if (lines?.count !== own) lines = {count: own, list: self.list().map(({argv}) => argv)};
			return lines.list;
		},
		update(pid, change) {
			const process = get(pid);
			if (change.argv) changed();
			if (process) table.set(String(pid), {...process, ...change});
		},
		end(pid) {
			changed();
			if (bornByPid.has(pid)) table.set(String(pid), null);
			else table.delete(String(pid));
		},
	};
	return self;
}
