import type {UnitFile} from '../units.js';

const folder = '/usr/lib/systemd/system';
const running = (
	name: string,
	description: string,
	pid: number,
	argv: readonly string[],
	user = 'root',
	enabled: UnitFile['enabled'] = 'enabled',
): UnitFile => ({
	name: `${name}.service`,
	description,
	path: `${folder}/${name}.service`,
	active: true,
	enabled,
	pid,
	argv,
	user,
});

/** Units of the base system that have run since the machine was started. */
export const baseUnits: readonly UnitFile[] = [
	running('systemd-journald', 'Journal Service', 583, ['/usr/lib/systemd/systemd-journald'], 'root', 'static'),
	running('systemd-udevd', 'Rule-based Manager for Device Events and Files', 598, ['/usr/lib/systemd/systemd-udevd'], 'root', 'static'),
	running('auditd', 'Security Auditing Service', 745, ['/sbin/auditd']),
	running('dbus-broker', 'D-Bus System Message Bus', 771, ['/usr/bin/dbus-broker-launch', '--scope', 'system', '--audit'], 'dbus'),
	running('irqbalance', 'irqbalance daemon', 776, ['/usr/sbin/irqbalance']),
	running('rsyslog', 'System Logging Service', 837, ['/usr/sbin/rsyslogd', '-n']),
	running('systemd-logind', 'User Login Management', 781, ['/usr/lib/systemd/systemd-logind'], 'root', 'static'),
	running('NetworkManager', 'Network Manager', 806, ['/usr/sbin/NetworkManager', '--no-daemon']),
	{
		...running('sshd', 'OpenSSH server daemon', 829, ['sshd: /usr/sbin/sshd -D [listener] 0 of 10-100 startups']),
		program: 'sshd',
		restart: {when: 'on-failure', afterMs: 42_000},
	},
	running('crond', 'Command Scheduler', 866, ['/usr/sbin/crond', '-n']),
	running('getty@tty1', 'Getty on tty1', 869, ['/sbin/agetty', '-o', '-p -- \\u', '--noclear', '-', 'linux'], 'root', 'enabled'),
	{
		name: 'network-online.target',
		description: 'Network is Online',
		path: `${folder}/network-online.target`,
		active: true,
		enabled: 'static',
	},
	{name: 'multi-user.target', description: 'Multi-User System', path: `${folder}/multi-user.target`, active: true, enabled: 'static'},
	{
		name: 'logrotate.timer',
		description: 'Daily rotation of log files',
		path: `${folder}/logrotate.timer`,
		active: true,
		enabled: 'enabled',
	},
	{
		name: 'systemd-tmpfiles-clean.timer',
		description: 'Daily Cleanup of Temporary Directories',
		path: `${folder}/systemd-tmpfiles-clean.timer`,
		active: true,
		enabled: 'static',
	},
];
