import type {WatchEvent} from '../../api/client.js';
import type {ApiServer} from '../../api/server.js';
import type {Processes} from '../../os/process.js';
import {processChanges} from '../../os/processes.js';
import type {Sim} from '../../sim/sim.js';
import type {Program} from './program.js';

export interface Watching {
	readonly sim: Sim;
	readonly api?: ApiServer;
	readonly processes: Processes;
	readonly programs: ReadonlyMap<string, Program>;
}

type Tell = (pid: number, event: WatchEvent) => void;
type Told = {readonly pid: number; readonly tell: Tell; readonly program: Program};

interface Machine {
	readonly processes: Processes;
	readonly tell: Tell;
}

const machinesOf = new WeakMap<ApiServer, Machine[]>();

/** Programs hear of what they watch. One watch serves the processes of all machines: most changes concern none of a hundred of them. */
export function watchForPrograms({sim, api, processes, programs}: Watching, tell: Tell): void {
	if (!api) return;
	const machines = machinesOf.get(api);
	if (machines) {
		machines.push({processes, tell});
		return;
	}
	const all: Machine[] = [{processes, tell}];
	machinesOf.set(api, all);
	const told = createTold(sim, all, programs);
	for (const resource of new Set([...programs.values()].flatMap(program => program.watches ?? []))) {
		api.watch(resource, event => {
			for (const {pid, tell, program} of told(resource)) if (program.hears?.(event) ?? true) tell(pid, event);
		});
	}
}

/** Which processes watch a resource: found anew after one has begun or ended. */
function createTold(sim: Sim, machines: readonly Machine[], programs: ReadonlyMap<string, Program>) {
	const changes = processChanges(sim);
	let known = new Map<string, Told[]>();
	let count = -1;
	return (resource: string): readonly Told[] => {
		if (count !== changes.count) {
			count = changes.count;
			known = new Map();
			for (const {processes, tell} of machines) {
				for (const {pid, program: name} of processes.list()) {
					const program = programs.get(name);
					for (const each of program?.watches ?? []) known.set(each, [...(known.get(each) ?? []), {pid, tell, program: program!}]);
				}
			}
		}

		return known.get(resource) ?? [];
	};
}
