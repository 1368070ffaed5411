import type {ToolIo} from '../tool.js';
import type {Shown} from './row.js';

/** Which programs listen to the kernel, and on what; the kernel has one end of each protocol itself. */
const listeners: ReadonlyArray<readonly [protocol: string, programs: readonly string[]]> = [
	['rtnl', ['NetworkManager', 'chronyd', 'kubelet', 'kube-proxy', 'calico-node']],
	['tcpdiag', []],
	['xfrm', []],
	['selinux', ['systemd', 'dbus-broker-lau']],
	['audit', ['systemd', 'auditd']],
	['fiblookup', []],
	['connector', []],
	['nft', []],
	['uevent', ['systemd', 'systemd-udevd', 'systemd-logind', 'NetworkManager']],
	['genl', ['NetworkManager']],
	['scsi-trans', []],
];

export function netlinkRows(io: ToolIo): Shown[] {
	const processes = io.machine.kind === 'host' ? io.machine.processes.list() : [];
	const named = (program: string) =>
		processes.filter(({argv}) => (argv[0] ?? '').replace(/^.*\//, '').slice(0, 15) === program).map(({pid}) => `${program}/${pid}`);
	return listeners.flatMap(([protocol, programs]) => ['kernel', ...programs.flatMap(named)].map(name => row(protocol, name)));
}

const row = (protocol: string, name: string): Shown => ({
	netid: 'nl',
	family: 'netlink',
	state: 'UNCONN',
	local: {address: protocol, port: name},
	peer: {address: '*', port: ''},
	queue: 0,
});
