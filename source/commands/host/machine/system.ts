import {kernelRelease} from '../../../os/rhel/kernel.js';
import {capable} from '../../../node/host/capable.js';
import type {Machine} from '../../../node/host/machine.js';
import type {Command} from '../../../shell/command.js';
import {isBusybox} from '../../net-client/flavour.js';
import {findInHosts} from '../../net-client/resolve/hosts-file.js';
import {notSimulated, parseArguments, refuse} from '../arguments.js';
import {fingerprint} from '../fingerprint.js';
import {humanSize} from '../files/ls.js';
import {strftime} from '../../../sim/strftime.js';

const kernelVersion = '#1 SMP PREEMPT_DYNAMIC Fri Apr 4 10:41:31 EDT 2025';

const proc = ({files}: Machine, path: string): string => (files.exists(path) ? files.readText(path) : '');

const arch: Command<Machine> = {
	name: 'arch',
	summary: 'machine hardware name',
	*run({argv, out, err}) {
		if (argv.length > 1) {
			err(`arch: extra operand '${argv[1]}'\nTry 'arch --help' for more information.\n`);
			return 1;
		}

		out('x86_64\n');
		return 0;
	},
};

const uname: Command<Machine> = {
	name: 'uname',
	summary: 'print the name of the system',
	*run(io) {
		const args = parseArguments(io.argv.slice(1), {
			flags: 'asnrvmpio',
			long: {
				all: '=a',
				'kernel-name': '=s',
				nodename: '=n',
				'kernel-release': '=r',
				'kernel-version': '=v',
				machine: '=m',
				processor: '=p',
				'operating-system': '=o',
			},
		});
		if (args.problem) return refuse(io, args.problem);
		const parts: Array<[string, string]> = [
			['s', 'Linux'],
			['n', io.machine.hostname],
			['r', kernelRelease],
			['v', kernelVersion],
			['m', 'x86_64'],
			['p', 'x86_64'],
			['i', 'x86_64'],
			['o', 'GNU/Linux'],
		];
		const shown = parts.filter(([letter]) => args.has('a') || args.has(letter)).map(([, text]) => text);
		io.out(`${shown.length > 0 ? shown.join(' ') : 'Linux'}\n`);
		return 0;
	},
};

const hostname: Command<Machine> = {
	name: 'hostname',
	summary: 'print the name of the machine',
	*run(io) {
		const args = parseArguments(io.argv.slice(1), {
			flags: 'sfdiIAy',
			long: {short: '=s', fqdn: '=f', long: '=f', domain: '=d', 'ip-address': '=i', 'all-ip-addresses': '=I'},
		});
		if (args.problem) return refuse(io, args.problem);
		if (args.operands.length > 0) {
			if (capable(io.machine, 'SYS_ADMIN') && args.operands[0] === io.machine.hostname) return 0;
			if (capable(io.machine, 'SYS_ADMIN')) return notSimulated(io, 'hostname NAME');
			io.err(
				`hostname: ${isBusybox(io.machine, 'hostname') ? 'sethostname: Operation not permitted' : 'you must be root to change the host name'}\n`,
			);
			return 1;
		}

		if (args.has('I') || args.has('i')) io.out(`${addresses(io.machine).join(' ')}${args.has('I') ? ' ' : ''}\n`);
		else if (args.has('d')) io.out(`${fullName(io.machine).split('.').slice(1).join('.')}\n`);
		else if (args.has('f')) io.out(`${fullName(io.machine)}\n`);
		else io.out(`${args.has('s') ? io.machine.hostname.split('.')[0] : io.machine.hostname}\n`);
		return 0;
	},
};

/** What /etc/hosts calls this machine first. */
const fullName = ({files, hostname}: Machine): string => findInHosts(files, hostname)?.canonical ?? hostname;

const addresses = ({stack}: Machine): string[] =>
	stack.links
		.list()
		.flatMap(link =>
			link.name === 'lo' ? [] : link.addresses.filter(address => address.scope !== 'host').map(address => address.address),
		);

const hostnamectl: Command<Machine> = {
	name: 'hostnamectl',
	summary: 'describe the machine',
	*run(io) {
		if (io.argv[1] === 'hostname' && io.argv.length === 2) {
			io.out(`${io.machine.hostname}\n`);
			return 0;
		}

		// The first step of many an installation: it has that name already.
		if (/^(?:set-)?hostname$/.test(io.argv[1] ?? '') && io.argv[2] === io.machine.hostname && io.argv.length === 3) return 0;
		if (io.argv.length > 1 && io.argv[1] !== 'status') return notSimulated(io, io.argv.join(' '));
		io.out(
			[
				` Static hostname: ${io.machine.hostname}`,
				'       Icon name: computer-vm',
				'         Chassis: vm 🖴',
				`      Machine ID: ${proc(io.machine, '/etc/machine-id').trim()}`,
				`         Boot ID: ${fingerprint(io.machine, 'boot-id')}`,
				'  Virtualization: vmware',
				'Operating System: Red Hat Enterprise Linux 9.6 (Plow)',
				'     CPE OS Name: cpe:/o:redhat:enterprise_linux:9::baseos',
				`          Kernel: Linux ${kernelRelease}`,
				'    Architecture: x86-64',
				' Hardware Vendor: VMware, Inc.',
				'  Hardware Model: VMware Virtual Platform',
				'Firmware Version: 6.00',
				'',
			].join('\n'),
		);
		return 0;
	},
};

const nproc: Command<Machine> = {
	name: 'nproc',
	summary: 'count processors',
	*run(io) {
		io.out(`${proc(io.machine, '/proc/cpuinfo').match(/^processor\b/gm)?.length ?? 2}\n`);
		return 0;
	},
};

const free: Command<Machine> = {
	name: 'free',
	summary: 'show memory',
	*run(io) {
		const args = parseArguments(io.argv.slice(1), {
			flags: 'bkmghtwl',
			values: 'sc',
			long: {human: '=h', mebi: '=m', gibi: '=g', kibi: '=k', bytes: '=b', total: '=t'},
		});
		if (args.problem) return refuse(io, args.problem);
		const text = proc(io.machine, '/proc/meminfo');
		const kib = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(text)?.[1] ?? 0);
		const total = kib('MemTotal') || 3_997_184;
		const available = kib('MemAvailable') || Math.floor(total * 0.6);
		const unused = kib('MemFree') || Math.floor(total * 0.3);
		const cache = kib('Buffers') + kib('Cached') + kib('SReclaimable') || Math.floor(total * 0.35);
		const shared = kib('Shmem') || 12_980;
		// BusyBox's titles stand one column further left.
		const busybox = isBusybox(io.machine, 'free');
		const first = busybox ? 7 : 8;
		const unit = (value: number) => {
			if (args.has('h')) return busybox ? humanSize(value * 1024) : human(value * 1024);
			return String(args.has('b') ? value * 1024 : Math.floor(value / (args.has('m') ? 1024 : args.has('g') ? 1024 ** 2 : 1)));
		};
		const row = (name: string, values: readonly number[]) =>
			`${name.padEnd(first)}${values.map(value => unit(value).padStart(12)).join('')}\n`;
		io.out(
			`${' '.repeat(first)}${['total', 'used', 'free', 'shared', 'buff/cache', 'available'].map(title => title.padStart(12)).join('')}\n`,
		);
		io.out(row('Mem:', [total, total - available, unused, shared, cache, available]));
		const swap = kib('SwapTotal');
		io.out(row('Swap:', [swap, swap - kib('SwapFree'), kib('SwapFree')]));
		return 0;
	},
};

const human = (bytes: number) => (bytes === 0 ? '0B' : `${humanSize(bytes)}i`);

const swapoff: Command<Machine> = {
	name: 'swapoff',
	aliases: ['swapon'],
	path: '/usr/sbin/swapoff',
	summary: 'turn swap off (the machines have none)',
	*run() {
		return 0;
	},
};

const timedatectl: Command<Machine> = {
	name: 'timedatectl',
	summary: 'show the clock',
	*run(io) {
		const said = /^(?:set-timezone (?:Etc\/)?UTC|set-ntp (?:true|yes|1|on)|set-local-rtc (?:0|false|no|off))$/.test(
			io.argv.slice(1).join(' '),
		);
		if (said) return 0;
		if (io.argv[1] === 'set-time') {
			io.err('Failed to set time: Automatic time synchronization is enabled\n');
			return 1;
		}

		if (io.argv[1] === 'show' && io.argv.length === 2) {
			const stamp = `${strftime('%a %F %T', io.machine.sim.clock.now())} UTC`;
			io.out(`Timezone=UTC\nLocalRTC=no\nCanNTP=yes\nNTP=yes\nNTPSynchronized=yes\nTimeUSec=${stamp}\nRTCTimeUSec=${stamp}\n`);
			return 0;
		}

		if (io.argv.length > 1 && io.argv[1] !== 'status') return notSimulated(io, io.argv.join(' '));
		const now = io.machine.sim.clock.now();
		const time = strftime('%a %F %T', now);
		io.out(
			`               Local time: ${time} UTC\n           Universal time: ${time} UTC\n                 RTC time: ${time}\n                Time zone: UTC (UTC, +0000)\nSystem clock synchronized: yes\n              NTP service: active\n          RTC in local TZ: no\n`,
		);
		return 0;
	},
};

export default [arch, uname, hostname, hostnamectl, nproc, free, swapoff, timedatectl] satisfies Command<Machine>[];
