/** Linux capabilities in the order of their bits (uapi/linux/capability.h), without `CAP_`. */
export const capabilityNames: readonly string[] = [
	...['CHOWN', 'DAC_OVERRIDE', 'DAC_READ_SEARCH', 'FOWNER', 'FSETID', 'KILL', 'SETGID', 'SETUID', 'SETPCAP', 'LINUX_IMMUTABLE'],
	...['NET_BIND_SERVICE', 'NET_BROADCAST', 'NET_ADMIN', 'NET_RAW', 'IPC_LOCK', 'IPC_OWNER', 'SYS_MODULE', 'SYS_RAWIO', 'SYS_CHROOT'],
	...['SYS_PTRACE', 'SYS_PACCT', 'SYS_ADMIN', 'SYS_BOOT', 'SYS_NICE', 'SYS_RESOURCE', 'SYS_TIME', 'SYS_TTY_CONFIG', 'MKNOD', 'LEASE'],
	...['AUDIT_WRITE', 'AUDIT_CONTROL', 'SETFCAP', 'MAC_OVERRIDE', 'MAC_ADMIN', 'SYSLOG', 'WAKE_ALARM', 'BLOCK_SUSPEND', 'AUDIT_READ'],
	...['PERFMON', 'BPF', 'CHECKPOINT_RESTORE'],
];

/** What containerd and Docker give a container that asks for nothing. */
const usual: readonly string[] = [
	...['CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'FSETID', 'KILL', 'SETGID', 'SETUID', 'SETPCAP', 'NET_BIND_SERVICE', 'NET_RAW', 'SYS_CHROOT'],
	...['MKNOD', 'AUDIT_WRITE', 'SETFCAP'],
];

const plain = (names: readonly string[] = []) => names.map(name => name.toUpperCase().replace(/^CAP_/, ''));

/** `ALL` stands for every one, on either side; what is added by name survives dropping all. */
export function grantedCapabilities({add, drop}: {readonly add?: readonly string[]; readonly drop?: readonly string[]}): readonly string[] {
	const [more, less] = [plain(add), plain(drop)];
	const base = more.includes('ALL') ? capabilityNames : less.includes('ALL') ? [] : usual;
	const left = new Set([...base.filter(name => !less.includes(name)), ...more]);
	return capabilityNames.filter(name => left.has(name));
}

/** As /proc/PID/status prints a set. */
export const capabilityMask = (names: readonly string[]): string =>
	names
		.reduce((mask, name) => mask | (1n << BigInt(capabilityNames.indexOf(name))), 0n)
		.toString(16)
		.padStart(16, '0');
