import type {Process} from '../../os/process.js';
import type {Machine} from '../host/machine.js';

/** How far a process that runc puts into a namespace is from the last one there: runc takes some numbers for itself. */
export const pidsOfEntry = 6;

/** The processes that run where the machine looks: a host sees all, a container its own and those it shares a PID namespace with. */
export function processesSeen({processes, container, pids}: Machine): readonly Process[] {
	const all = processes.list();
	if (container === '' || pids?.host) return all;
	return all.filter(process => process.container === container || pids?.holds(process));
}

/** The number of a process as seen from there. */
export const numberSeen = ({container, pids}: Machine, {pid, innerPid}: Process): number =>
	container === '' || pids?.host ? pid : (innerPid ?? pid);
