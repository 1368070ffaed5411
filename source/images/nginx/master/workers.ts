import {kernelRelease} from '../../../os/rhel/kernel.js';
import type {ProgramContext} from '../../../node/program/program.js';
import type {Process} from '../../../os/process.js';
import type {Directive} from '../config/configuration.js';
import {word} from '../config/levels.js';
import {compiler, versionOf} from './version.js';

/** The scripts of the entry point take the numbers below, so workers are numbered from here in a container. */
const afterEntrypoint = 28;

const workerTitle = 'nginx: worker process';

/** What the master says before its workers start, at level notice. */
export function startLines({env, machine}: ProgramContext): readonly string[] {
	return [
		'using the "epoll" event method',
		`nginx/${versionOf({env})}`,
		`built by ${compiler(machine.files.exists('/etc/alpine-release'), env['NGINX_VERSION'] ?? '')}`,
		`OS: Linux ${kernelRelease}`,
		'getrlimit(RLIMIT_NOFILE): 1048576:1048576',
	];
}

/** As the container counts; a host's own number on a host. */
export const numberOf = (process: Process | undefined): number => process?.innerPid ?? process?.pid ?? 1;

export const workersOf = ({machine, pid}: ProgramContext): readonly Process[] =>
	machine.processes.list().filter(process => process.ppid === pid && process.argv[0] === workerTitle);

/** New workers for a new configuration; those of the old one go. */
export function startWorkers(context: ProgramContext, main: readonly Directive[], say: (text: string) => void): void {
	const {machine, pid} = context;
	const {processes, container} = machine;
	const old = workersOf(context);
	const master = processes.get(pid);
	if (!master) return;
	processes.update(pid, {argv: [`nginx: master process ${master.argv.join(' ').replace(/^nginx: master process /, '')}`]});
	say('start worker processes');
	const user = word('user', [main]) ?? 'nobody';
	for (let turn = 0; turn < workerCount(context, main); turn++) {
		const number = master.innerPid === undefined ? undefined : nextInnerPid(context, master);
		const worker = processes.start({ppid: pid, user, argv: [workerTitle], program: '', container, ...(number && {innerPid: number})});
		say(`start worker process ${number ?? worker.pid}`);
	}

	for (const worker of old) processes.end(worker.pid);
}

function nextInnerPid({machine}: ProgramContext, {innerPid: first = 1, wrapper}: Process): number {
	let most = wrapper === undefined ? 0 : afterEntrypoint + first - 1;
	for (const {container, innerPid = 0} of machine.processes.list()) if (container === machine.container) most = Math.max(most, innerPid);
	return most + 1;
}

function workerCount({machine}: ProgramContext, main: readonly Directive[]): number {
	const wanted = word('worker_processes', [main]) ?? '1';
	if (wanted !== 'auto') return Math.min(64, Number(wanted) || 1);
	return machine.files.readText('/proc/cpuinfo').match(/^processor\b/gm)?.length ?? 1;
}
