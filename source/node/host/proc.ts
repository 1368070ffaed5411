import {FileError} from '../../os/files.js';
import {createGenerated, type GeneratedFile} from '../../os/generated.js';
import type {Layer} from '../../os/layer.js';
import type {Process} from '../../os/process.js';
import type {Namespace} from '../../net/namespace.js';
import {kernelRelease} from '../../os/rhel/kernel.js';
import {maySetKernel} from './capable.js';
import type {Machine} from './machine.js';
import {namesInNet, netFile} from './proc-net.js';
import {processStatus} from './process-status.js';
import {mountRows} from './mount-rows.js';
import {numberSeen, processesSeen} from '../container/pid-namespace.js';

export interface ProcSource {
	readonly machine: Machine;
	readonly cpus: number;
	readonly memoryKib: number;
	readonly bootedMs: number;
}

/** /proc of a host or container: settings are those of the network namespace, processes those of the machine. */
export function createProc(source: () => ProcSource): Layer {
	const now = () => source().machine.sim.clock.now();
	const namespace = () => source().machine.stack as Namespace;
	const visible = () => processesSeen(source().machine);
	const pidOf = (process: Process) => numberSeen(source().machine, process);
	const find = (pid: string) => visible().find(process => String(pidOf(process)) === pid);

	return createGenerated({
		nowMs: now,
		names(path) {
			if (path === '/') return [...fixedNames, 'net', 'self', 'sys', ...visible().map(process => String(pidOf(process)))];
			if (path === '/net') return namesInNet(namespace());
			if (path.startsWith('/sys')) return sysctlNames(source().machine, path);
			const pid = /^\/(\d+|self)$/.exec(path)?.[1];
			if (pid === 'self' || (pid && find(pid))) return ['cmdline', 'comm', 'fd', 'status'];
			if (/^\/(\d+|self)\/fd$/.test(path)) return ['0', '1', '2'];
			return undefined;
		},
		file(path) {
			if (path.startsWith('/sys/')) return sysctlFile(source().machine, path);
			const process = /^\/(\d+|self)\/(.+)$/.exec(path);
			if (process) return processFile(source().machine, process[1] === 'self' ? visible()[0] : find(process[1]!), process[2]!, pidOf);
			const inNet = path.startsWith('/net/') ? netFile(namespace(), path.slice('/net/'.length)) : undefined;
			if (inNet) return {read: () => inNet(namespace(), now())};
			const content = Object.hasOwn(fixed, path.slice(1)) ? fixed[path.slice(1)] : undefined;
			return content && {read: () => content(source())};
		},
	});
}

const fixed: Readonly<Record<string, (source: ProcSource) => string>> = {
	cmdline: () =>
		`BOOT_IMAGE=(hd0,msdos1)/vmlinuz-${kernelRelease} root=/dev/mapper/rhel-root ro crashkernel=1G-4G:192M,4G-64G:256M,64G-:512M rhgb quiet\n`,
	cpuinfo: ({cpus}) =>
		Array.from(
			{length: cpus},
			(_, i) =>
				`processor\t: ${i}\nvendor_id\t: GenuineIntel\nmodel name\t: Intel(R) Xeon(R) CPU\ncpu MHz\t\t: 2400.000\ncpu cores\t: ${cpus}\n\n`,
		).join(''),
	filesystems: () => 'nodev\tsysfs\nnodev\ttmpfs\nnodev\tproc\nnodev\toverlay\n\txfs\n',
	loadavg: ({machine}) => `0.08 0.12 0.10 1/${machine.processes.list().length * 3} ${machine.processes.list().at(-1)?.pid ?? 1}\n`,
	meminfo({memoryKib}) {
		const row = (name: string, kib: number) => `${`${name}:`.padEnd(16)}${String(kib).padStart(8)} kB\n`;
		const used = Math.floor(memoryKib / 4);
		return (
			row('MemTotal', memoryKib) +
			row('MemFree', memoryKib - used * 2) +
			row('MemAvailable', memoryKib - used) +
			row('Buffers', 3168) +
			row('Cached', used) +
			row('SwapTotal', 0) +
			row('SwapFree', 0)
		);
	},
	mounts: ({machine}) =>
		mountRows(machine)
			.map(({source, path, type, options}) => `${source} ${path} ${type} ${options} 0 0\n`)
			.join(''),
	swaps: () => 'Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n',
	uptime({machine, bootedMs}) {
		const seconds = (machine.sim.clock.now() - bootedMs) / 1000;
		return `${seconds.toFixed(2)} ${(seconds * 1.9).toFixed(2)}\n`;
	},
	version: () =>
		`Linux version ${kernelRelease} (mockbuild@x86-64-03.build.eng.rdu.redhat.com) (gcc (GCC) 11.5.0 20240719) #1 SMP PREEMPT_DYNAMIC\n`,
};
const fixedNames = Object.keys(fixed);

/** `/sys/net/ipv4/conf/eth0.100/forwarding` and the like: a slash in the path is a dot in the name. */
const sysctlOf = (path: string) => path.slice('/sys/'.length).replaceAll('/', '.');

function sysctlFile(machine: Machine, path: string): GeneratedFile | undefined {
	const {stack} = machine;
	const name = sysctlOf(path);
	if (stack.sysctl(name) === undefined) return undefined;
	return {
		read: () => `${stack.sysctl(name) ?? ''}\n`,
		write(text) {
			if (!maySetKernel(machine)) throw new FileError('EROFS', path);
			const value = text.trim();
			const isNumber = /^-?\d+$/;
			const wrong = isNumber.test(stack.sysctl(name)!) && !isNumber.test(value);
			if (wrong || !/^[-\d\s\w.]+$/.test(value)) throw new FileError('EINVAL', path);
			stack.setSysctl(name, value);
		},
	};
}

const sysctlFolders = [
	'',
	'fs',
	'kernel',
	'net',
	'net/bridge',
	'net/core',
	'net/ipv4',
	'net/ipv4/conf',
	'net/ipv4/vs',
	'net/ipv6',
	'net/netfilter',
	'vm',
];
const listedSysctls = [
	...[
		'net.ipv4.ip_forward',
		'net.ipv4.ip_local_port_range',
		'net.ipv4.ip_nonlocal_bind',
		'net.ipv4.tcp_fin_timeout',
		'net.ipv4.vs.conntrack',
	],
	...['net.ipv4.vs.conn_reuse_mode', 'net.bridge.bridge-nf-call-iptables', 'net.bridge.bridge-nf-call-ip6tables', 'net.core.somaxconn'],
	...['net.netfilter.nf_conntrack_max', 'vm.overcommit_memory', 'vm.panic_on_oom', 'kernel.panic', 'kernel.panic_on_oops'],
];
const perDevice = ['arp_announce', 'arp_ignore', 'forwarding', 'proxy_arp', 'route_localnet', 'rp_filter'];

function sysctlNames({stack}: Machine, path: string): readonly string[] | undefined {
	const folder = path.slice('/sys'.length).replace(/^\//, '');
	const devices = ['all', 'default', ...stack.links.list().map(link => link.name)];
	if (folder === 'net/ipv4/conf') return devices;
	if (folder.startsWith('net/ipv4/conf/')) return devices.includes(folder.slice('net/ipv4/conf/'.length)) ? perDevice : undefined;
	if (!sysctlFolders.includes(folder)) return undefined;
	const prefix = folder === '' ? '' : `${folder}/`;
	const folders = sysctlFolders.filter(
		each => each !== '' && each.startsWith(prefix) && !each.slice(prefix.length).includes('/') && each !== folder,
	);
	const files = listedSysctls
		.filter(name => stack.sysctl(name) !== undefined)
		.map(name => name.replaceAll('.', '/'))
		.filter(name => name.startsWith(prefix) && !name.slice(prefix.length).includes('/'));
	return [...folders, ...files].map(name => name.slice(prefix.length));
}

function processFile(
	machine: Machine,
	process: Process | undefined,
	name: string,
	pidOf: (process: Process) => number,
): GeneratedFile | undefined {
	if (!process) return undefined;
	// A title that the process gave itself changes its arguments, not its name.
	const command = (process.argv[0] ?? '')
		.split(' ', 1)[0]!
		.replace(/^.*\/|:$/g, '')
		.slice(0, 15);
	if (name === 'cmdline') return {read: () => process.argv.map(word => `${word}\0`).join('')};
	if (name === 'comm') return {read: () => `${command}\n`};
	if (name === 'status') return {read: () => processStatus(machine, process, command, pidOf)};
	if (name === 'fd/0' || name === 'fd/1' || name === 'fd/2') return {read: () => '/dev/null', symlink: true};
	return undefined;
}
