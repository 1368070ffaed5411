import type {ControllerContext} from './memory.js';
import {workerPid} from './nginx/worker.js';

const master = 'nginx: master process /usr/bin/nginx -c /etc/nginx/nginx.conf';
const masterPid = 26;

/** What `ps` shows of nginx: a master, and workers that are new after each reload. Their work is done by the controller's process here. */
export function showProcesses(context: ControllerContext): void {
	const {machine, pid, memory} = context;
	const {processes, container} = machine;
	if (!memory.nginx) return;
	const {generation, configuration} = memory.nginx;
	const own = processes.list().filter(each => each.container === container && each.argv[0]?.startsWith('nginx: '));
	const standing = own.find(({argv}) => argv[0] === master);
	for (const each of own) if (each !== standing) processes.end(each.pid);
	const user = processes.get(pid)?.user ?? machine.user;
	const start = (title: string, ppid: number, innerPid: number) =>
		processes.start({ppid, user, argv: [title], program: '', container, innerPid});
	const {pid: parent} = standing ?? start(master, pid, masterPid);
	const workers = Math.min(8, Math.max(1, Number(configuration.options.workerProcesses) || 2));
	for (let worker = 0; worker < workers; worker++) start('nginx: worker process', parent, workerPid({generation, worker}));
	start('nginx: cache manager process', parent, workerPid({generation, worker: workers}));
}

/** nginx has stopped. */
export function hideProcesses({machine: {processes, container}}: ControllerContext): void {
	for (const each of processes.list()) if (each.container === container && each.argv[0]?.startsWith('nginx: ')) processes.end(each.pid);
}
