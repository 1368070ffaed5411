import type {Machine} from '../../node/host/machine.js';

/** Whether `tool` is a BusyBox applet here, as in small images; one that was installed besides stands in /usr/bin. */
export const isBusybox = ({kind, files}: Machine, tool: string): boolean =>
	kind === 'container' && files.exists('/bin/busybox') && !files.exists(`/usr/bin/${tool}`);

/** BusyBox before 1.29, and its ancestors in `busyboxplus`, have another nslookup. */
export function isOldBusybox(machine: Machine): boolean {
	const image = machine.world.runtime(machine.host).container(machine.container)?.image ?? '';
	if (/busyboxplus/.test(image)) return true;
	const match = /busybox[^:]*:1\.(\d+)/.exec(image);
	return match !== null && Number(match[1]) < 29;
}

export const busyboxBanner = 'BusyBox v1.36.1 (2023-05-18 22:34:17 UTC) multi-call binary.';
