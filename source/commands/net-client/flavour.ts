import type {Machine} from '../../node/machine.js';

/** Whether the plain tools of this machine are BusyBox applets, as in small images. */
export const isBusybox = (machine: Machine): boolean => machine.kind === 'container' && machine.files.exists('/bin/busybox');

/** BusyBox before 1.29, and its ancestors in `busyboxplus`, have another nslookup. */
export function isOldBusybox(machine: Machine): boolean {
	const image = machine.world.runtime(machine.host).container(machine.container)?.image ?? '';
	if (/busyboxplus/.test(image)) return true;
	const match = /busybox[^:]*:1\.(\d+)/.exec(image);
	return match !== null && Number(match[1]) < 29;
}

export const busyboxBanner = 'BusyBox v1.36.1 (2023-05-18 22:34:17 UTC) multi-call binary.';
