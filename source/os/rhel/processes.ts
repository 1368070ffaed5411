import type {Process} from '../process.js';
import type {UnitFile} from '../units.js';

const kernelThreads = [
	...[
		'kthreadd',
		'pool_workqueue_release',
		'kworker/R-rcu_g',
		'kworker/R-rcu_p',
		'kworker/R-slub_',
		'kworker/R-netns',
		'kworker/0:0H-events_highpri',
	],
	...[
		'kworker/R-mm_pe',
		'rcu_tasks_kthread',
		'rcu_tasks_rude_kthread',
		'rcu_tasks_trace_kthread',
		'ksoftirqd/0',
		'rcu_preempt',
		'migration/0',
	],
	...[
		'idle_inject/0',
		'cpuhp/0',
		'cpuhp/1',
		'idle_inject/1',
		'migration/1',
		'ksoftirqd/1',
		'kworker/1:0H-events_highpri',
		'kdevtmpfs',
		'kworker/R-inet_',
	],
	...[
		'kauditd',
		'khungtaskd',
		'oom_reaper',
		'kworker/R-write',
		'kcompactd0',
		'ksmd',
		'khugepaged',
		'kworker/R-crypt',
		'kworker/R-kinte',
		'kworker/R-kbloc',
	],
	...[
		'kworker/R-blkcg',
		'watchdogd',
		'kswapd0',
		'kworker/R-kthro',
		'kworker/R-acpi_',
		'scsi_eh_0',
		'scsi_tmf_0',
		'xfs-buf/dm-0',
		'xfsaild/dm-0',
	],
];

/** The process table of a machine that has been up for a while: systemd, the kernel's threads, and each running unit. */
export function bornProcesses(units: readonly UnitFile[], startedMs: number): Process[] {
	const process = (pid: number, ppid: number, user: string, argv: readonly string[], program = '', beganMs = startedMs): Process => ({
		pid,
		ppid,
		user,
		argv,
		program,
		container: '',
		startedMs: beganMs,
	});
	return [
		process(1, 0, 'root', ['/usr/lib/systemd/systemd', '--switched-root', '--system', '--deserialize', '31']),
		...kernelThreads.map((name, i) => process(i + 2, i === 0 ? 0 : 2, 'root', [`[${name}]`])),
		...units
			.filter(unit => unit.active && unit.argv && unit.pid)
			.map(unit => process(unit.pid!, 1, unit.user ?? 'root', unit.argv!, unit.program ?? '', unit.startedMs))
			.sort((a, b) => a.pid - b.pid),
	];
}

/** Above all of them. */
export const firstFreePid = 1406;
