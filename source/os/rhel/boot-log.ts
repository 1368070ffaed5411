import type {JournalEntry} from '../journal.js';
import {kernelRelease} from './kernel.js';

type Row = readonly [afterMs: number, text: string];

/** What the kernel says while it starts; much is left out. */
const kernelLines: readonly Row[] = [
	[
		0,
		`Linux version ${kernelRelease} (mockbuild@x86-64-03.build.eng.rdu.redhat.com) (gcc (GCC) 11.5.0 20240719 (Red Hat 11.5.0-5), GNU ld version 2.35.2-63.el9) #1 SMP PREEMPT_DYNAMIC Fri Apr 4 10:41:31 EDT 2025`,
	],
	[
		0,
		'The list of certified hardware and cloud instances for Red Hat Enterprise Linux 9 can be viewed at the Red Hat Ecosystem Catalog, https://catalog.redhat.com.',
	],
	[
		0,
		`Command line: BOOT_IMAGE=(hd0,msdos1)/vmlinuz-${kernelRelease} root=/dev/mapper/rhel-root ro crashkernel=1G-4G:192M,4G-64G:256M,64G-:512M rhgb quiet`,
	],
	[0, 'BIOS-provided physical RAM map:'],
	[0, 'NX (Execute Disable) protection: active'],
	[0, 'SMBIOS 2.7 present.'],
	[0, 'DMI: VMware, Inc. VMware Virtual Platform/440BX Desktop Reference Platform, BIOS 6.00 11/12/2020'],
	[0, 'Hypervisor detected: VMware'],
	[0, 'vmware: TSC freq read from hypervisor : 2400.000 MHz'],
	[0, 'tsc: Detected 2400.000 MHz processor'],
	[
		16,
		'Memory: 3880412K/4193716K available (16384K kernel code, 5766K rwdata, 13220K rodata, 4352K init, 6688K bss, 313044K reserved, 0K cma-reserved)',
	],
	[18, 'SLUB: HWalign=64, Order=0-3, MinObjects=0, CPUs=2, Nodes=1'],
	[41, 'SELinux:  Disabled at boot.'],
	[102, 'smpboot: CPU0: Intel(R) Xeon(R) CPU (family: 0x6, model: 0x55, stepping: 0x7)'],
	[118, 'smp: Brought up 1 node, 2 CPUs'],
	[214, 'NET: Registered PF_NETLINK/PF_ROUTE protocol family'],
	[388, 'NET: Registered PF_INET protocol family'],
	[391, 'TCP: Hash tables configured (established 32768 bind 32768)'],
	[402, 'NET: Registered PF_INET6 protocol family'],
	[741, 'Freeing unused kernel image (initmem) memory: 4352K'],
	[1204, 'systemd[1]: Detected virtualization vmware.'],
	[1204, 'systemd[1]: Detected architecture x86-64.'],
	[1866, 'VMware vmxnet3 virtual NIC driver - version 1.7.0.0-k-NAPI'],
	[1881, 'vmxnet3 0000:03:00.0 eth0: NIC Link is Up 10000 Mbps'],
	[2307, 'sd 0:0:0:0: [sda] 106954752 512-byte logical blocks: (54.8 GB/51.0 GiB)'],
	[2309, 'sd 0:0:0:0: [sda] Attached SCSI disk'],
	[2740, 'XFS (dm-0): Mounting V5 Filesystem'],
	[2811, 'XFS (dm-0): Ending clean mount'],
	[4105, 'XFS (sda1): Mounting V5 Filesystem'],
	[4162, 'XFS (sda1): Ending clean mount'],
	[
		5390,
		'bridge: filtering via arp/ip/ip6tables is no longer available by default. Update your scripts to load br_netfilter if you need this.',
	],
	[5402, 'Bridge firewalling registered'],
];

/** What systemd says when the machine is there. */
const targets: readonly Row[] = [
	[4180, 'Reached target Local File Systems.'],
	[5610, 'Reached target Basic System.'],
	[6240, 'Reached target Network.'],
	[7035, 'Reached target Network is Online.'],
	[7120, 'Reached target Multi-User System.'],
];

const entry =
	(bootedMs: number, from: Pick<JournalEntry, 'identifier' | 'pid' | 'unit'>) =>
	([afterMs, text]: Row): JournalEntry => ({...from, text, priority: 6, atMs: bootedMs + afterMs});

/** The journal of a machine that was started at this moment. */
export const bootLog = (bootedMs: number): readonly JournalEntry[] => [
	...kernelLines.map(entry(bootedMs, {identifier: 'kernel', pid: 0, unit: ''})),
	...targets.map(entry(bootedMs, {identifier: 'systemd', pid: 1, unit: 'init.scope'})),
];
