import {canonical, parseQuantity} from '../../api/values/quantity.js';
import {putContainerEnv} from './container-env.js';
import type {Lines} from './lines.js';
import {longTime} from './times.js';

/** Containers of a pod (with their statuses) or of a pod template (`space` is its indent). */
export function putContainers(
	lines: Lines,
	label: string,
	containers: readonly any[] | undefined,
	statuses: readonly any[] | undefined,
	pod: any,
	space: string,
): void {
	const list = containers ?? [];
	lines.put(0, `${space}${label}:${list.length === 0 ? ' <none>' : ''}\n`);
	for (const container of list) {
		const status = statuses?.find(one => one.name === container.name);
		putBasics(lines, container, status, space);
		putWords(lines, 'Command', container.command);
		putWords(lines, 'Args', container.args);
		if (status) putState(lines, status);
		putResources(lines, container.resources, 2);
		for (const [name, probe] of [
			['Liveness', container.livenessProbe],
			['Readiness', container.readinessProbe],
			['Startup', container.startupProbe],
		] as const) {
			if (probe) lines.row(2, name, probeText(probe));
		}

		putContainerEnv(lines, container, pod);
		putMounts(lines, container);
	}
}

function putBasics(lines: Lines, container: any, status: any, space: string): void {
	const ports = (container.ports ?? []).map((port: any) => `${port.containerPort}/${port.protocol ?? ''}`).join(', ');
	const hostPorts = (container.ports ?? []).map((port: any) => `${port.hostPort ?? 0}/${port.protocol ?? ''}`).join(', ');
	lines.put(1, `${space === '' ? '' : ' '}${container.name ?? ''}:\n`);
	if (status) lines.row(2, 'Container ID', status.containerID ?? '');
	lines.row(2, 'Image', container.image ?? '');
	if (status) lines.row(2, 'Image ID', status.imageID ?? '');
	lines.row(2, ports.includes(',') ? 'Ports' : 'Port', ports || '<none>');
	lines.row(2, hostPorts.includes(',') ? 'Host Ports' : 'Host Port', hostPorts || '<none>');
	putSeccomp(lines, 2, container.securityContext);
}

export function putSeccomp(lines: Lines, level: number, securityContext: any): void {
	const profile = securityContext?.seccompProfile;
	if (!profile) return;
	lines.row(level, 'SeccompProfile', profile.type);
	// Below a container the second line is one level deeper.
	if (profile.type === 'Localhost') lines.row(level === 0 ? 0 : level + 1, 'LocalhostProfile', profile.localhostProfile ?? '');
}

function putWords(lines: Lines, title: string, words: readonly string[] | undefined): void {
	if (!words || words.length === 0) return;
	lines.put(2, `${title}:\n`);
	for (const word of words) for (const line of word.split('\n')) lines.put(3, `${line}\n`);
}

function putState(lines: Lines, status: any): void {
	putStateOf(lines, 'State', status.state ?? {});
	if (status.lastState?.terminated) putStateOf(lines, 'Last State', status.lastState);
	lines.row(2, 'Ready', status.ready ? 'True' : 'False').row(2, 'Restart Count', status.restartCount ?? 0);
}

function putStateOf(lines: Lines, title: string, {running, waiting, terminated}: any): void {
	if (running) lines.row(2, title, 'Running').row(3, 'Started', longTime(running.startedAt));
	else if (waiting) lines.row(2, title, 'Waiting').rowIf(3, 'Reason', waiting.reason);
	else if (terminated) {
		lines
			.row(2, title, 'Terminated')
			.rowIf(3, 'Reason', terminated.reason)
			.rowIf(3, 'Message', terminated.message)
			.row(3, 'Exit Code', terminated.exitCode ?? 0);
		if (terminated.signal > 0) lines.row(3, 'Signal', terminated.signal);
		lines.row(3, 'Started', longTime(terminated.startedAt)).row(3, 'Finished', longTime(terminated.finishedAt));
	} else lines.row(2, title, 'Waiting');
}

export function putResources(lines: Lines, resources: any, level: number): void {
	for (const [title, list] of [
		['Limits', resources?.limits],
		['Requests', resources?.requests],
	] as const) {
		const names = Object.keys(list ?? {}).sort();
		if (names.length > 0) lines.put(level, `${title}:\n`);
		for (const name of names) lines.row(level + 1, name, quantityText(list[name]));
	}
}

export function quantityText(value: unknown): string {
	try {
		parseQuantity(String(value));
		return canonical(String(value));
	} catch {
		return String(value ?? '0');
	}
}

function probeText(probe: any): string {
	const attributes = `delay=${probe.initialDelaySeconds ?? 0}s timeout=${probe.timeoutSeconds ?? 0}s period=${probe.periodSeconds ?? 0}s #success=${probe.successThreshold ?? 0} #failure=${probe.failureThreshold ?? 0}`;
	if (probe.exec) return `exec [${(probe.exec.command ?? []).join(' ')}] ${attributes}`;
	if (probe.httpGet) return `http-get ${probeUrl(probe.httpGet)} ${attributes}`;
	if (probe.tcpSocket) return `tcp-socket ${probe.tcpSocket.host ?? ''}:${probe.tcpSocket.port ?? 0} ${attributes}`;
	if (probe.grpc) return `grpc <pod>:${probe.grpc.port} ${probe.grpc.service ?? ''} ${attributes}`;
	return `unknown ${attributes}`;
}

function probeUrl({scheme, host = '', port, path = ''}: any): string {
	const authority = port === undefined || port === '' ? host : host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
	const slash = path !== '' && !path.startsWith('/') && authority !== '' ? '/' : '';
	return `${scheme ? `${scheme.toLowerCase()}:` : ''}//${authority}${slash}${escapedPath(path)}`;
}

/** As Go writes the path of a URL. */
const escapedPath = (path: string): string =>
	path.replaceAll(/[^\w\-.~$&+,/:;=@]/gu, one =>
		[...new TextEncoder().encode(one)].map(byte => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join(''),
	);

function putMounts(lines: Lines, container: any): void {
	const mounts = [...(container.volumeMounts ?? [])].sort((a, b) => (a.mountPath < b.mountPath ? -1 : 1));
	lines.put(2, `Mounts:${mounts.length === 0 ? '\t<none>' : ''}\n`);
	for (const mount of mounts) {
		const flags = [mount.readOnly ? 'ro' : 'rw', ...(mount.subPath ? [`path=${JSON.stringify(mount.subPath)}`] : [])];
		lines.put(3, `${mount.mountPath} from ${mount.name} (${flags.join(',')})\n`);
	}

	const devices = [...(container.volumeDevices ?? [])].sort((a, b) => (a.devicePath < b.devicePath ? -1 : 1));
	if (devices.length > 0) lines.put(2, `Devices:${mounts.length === 0 ? '\t<none>' : ''}\n`);
	for (const device of devices) lines.put(3, `${device.devicePath} from ${device.name}\n`);
}
