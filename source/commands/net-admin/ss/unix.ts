import {socketNumber} from '../../../net/socket-number.js';
import type {Process} from '../../../os/process.js';
import {stackOf, type ToolIo} from '../tool.js';
import type {Holder, Shown} from './row.js';

/** The sockets a program opens under a path, by the name of its process. */
const opened: Readonly<Record<string, ReadonlyArray<readonly [netid: 'u_str' | 'u_dgr' | 'u_seq', path: string]>>> = {
	systemd: [
		['u_dgr', '/run/systemd/notify'],
		['u_str', '/run/systemd/private'],
		['u_str', '/run/systemd/userdb/io.systemd.DynamicUser'],
		['u_str', '/run/systemd/io.system.ManagedOOM'],
		['u_seq', '/run/systemd/coredump'],
	],
	'systemd-journal': [
		['u_dgr', '/run/systemd/journal/dev-log'],
		['u_dgr', '/run/systemd/journal/socket'],
		['u_str', '/run/systemd/journal/stdout'],
		['u_str', '/run/systemd/journal/io.systemd.journal'],
	],
	'systemd-udevd': [['u_seq', '/run/udev/control']],
	'dbus-broker-lau': [['u_str', '/run/dbus/system_bus_socket']],
	chronyd: [['u_dgr', '/run/chrony/chronyd.sock']],
	containerd: [
		['u_str', '/run/containerd/containerd.sock.ttrpc'],
		['u_str', '/run/containerd/containerd.sock'],
	],
	kubelet: [
		['u_str', '/var/lib/kubelet/device-plugins/kubelet.sock'],
		['u_str', '/var/lib/kubelet/pod-resources/kubelet.sock'],
	],
	dockerd: [
		['u_str', '/var/run/docker/metrics.sock'],
		['u_str', '/run/docker.sock'],
	],
};

/** Sockets that systemd opened for a unit of sockets; the service gets them with its start. */
const passed: Readonly<Record<string, string>> = {'docker.socket': '/run/docker.sock'};

/** Who stays connected to what: the client's process, and the socket. */
const connections: ReadonlyArray<readonly [client: string, path: string]> = [
	['systemd', '/run/dbus/system_bus_socket'],
	['systemd-logind', '/run/dbus/system_bus_socket'],
	['NetworkManager', '/run/dbus/system_bus_socket'],
	['firewalld', '/run/dbus/system_bus_socket'],
	['kubelet', '/run/containerd/containerd.sock'],
	['kubelet', '/run/containerd/containerd.sock'],
	['dockerd', '/run/containerd/containerd.sock'],
];

const journal = '/run/systemd/journal/stdout';

/** As the kernel keeps it: fifteen letters. */
const nameOf = ({argv}: Process) => (argv[0] ?? '').replace(/:$/, '').replace(/^.*\//, '').slice(0, 15);

export function unixRows(io: ToolIo, wanted: {readonly listening: boolean; readonly connected: boolean}): Shown[] {
	const {machine} = io;
	// Sockets belong to the network they were opened in: a pod's has none of the host's.
	if (machine.kind !== 'host' || (machine.world?.host(machine.host)?.stack ?? machine.stack) !== stackOf(io)) return [];
	const taken = new Map<number, number>();
	const hold = (process: Process): Holder => {
		const fd = (taken.get(process.pid) ?? 2) + 1;
		taken.set(process.pid, fd);
		return {name: nameOf(process), pid: process.pid, fd};
	};
	const processes = machine.processes.list().filter(({container}) => container === '');
	const servers = new Map<string, Process>();
	const waiting: Shown[] = [];
	const listen = (netid: string, path: string, process: Process) => {
		servers.set(path, process);
		waiting.push(row(netid, netid === 'u_dgr' ? 'UNCONN' : 'LISTEN', [path, number(path)], 0, netid === 'u_dgr' ? 0 : 4096, hold(process)));
	};
	for (const process of processes) {
		for (const [netid, path] of opened[nameOf(process)] ?? []) listen(netid, path, process);
		const id = nameOf(process) === 'containerd-shim' && /-id (\S+)/.exec(process.argv.join(' '))?.[1];
		if (id) listen('u_str', `/run/containerd/s/${id}`, process);
	}
	const [init] = processes.filter(({pid}) => pid === 1);
	for (const unit of machine.units?.list() ?? []) {
		const path = passed[unit.name];
		if (path && init && unit.activeState === 'active' && !servers.has(path)) listen('u_str', path, init);
	}
	if (!wanted.connected) return waiting;
	const services = new Set(machine.units?.list().map(unit => unit.mainPid));
	const clients = [
		...connections.flatMap(([client, path]) => processes.filter(each => nameOf(each) === client).map(each => [each, path] as const)),
		...processes.filter(each => each.pid !== 1 && services.has(each.pid)).map(each => [each, journal] as const),
	];
	const connected = clients.flatMap(([client, path], i) => {
		const server = servers.get(path);
		if (!server || server === client) return [];
		const [here, there] = [number(`${path} ${i} client`), number(`${path} ${i} server`)];
		return [row('u_str', 'ESTAB', ['*', here], there, 0, hold(client)), row('u_str', 'ESTAB', [path, there], here, 0, hold(server))];
	});
	return wanted.listening ? [...waiting, ...connected] : connected;
}

const number = (what: string) => socketNumber('unix', what);

const row = (
	netid: string,
	state: string,
	[address, port]: readonly [string, number],
	peer: number,
	queue: number,
	holder: Holder,
): Shown => ({
	netid,
	family: 'unix',
	state,
	local: {address, port: String(port)},
	peer: {address: '*', port: String(peer)},
	queue,
	holder,
});
