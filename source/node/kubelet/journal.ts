import {rfc3339} from '../../api/values/time.js';
import type {KubeletContext} from './context.js';
import type {PodRecord} from './record.js';

/** `1121 10:16:16.353940` */
export const klogTime = (ms: number): string => {
	const text = rfc3339(ms);
	return `${text.slice(5, 7)}${text.slice(8, 10)} ${text.slice(11, 19)}.${String(ms % 1000).padStart(3, '0')}000`;
};

/** A line of `journalctl -u kubelet`, in klog's format; to journald all that comes over standard error is `info`. */
export function journal({host, sim}: Pick<KubeletContext, 'host' | 'sim'>, severity: 'I' | 'W' | 'E', where: string, text: string): void {
	const pid = host.machine.units.get('kubelet')?.mainPid ?? 0;
	const line = `${severity}${klogTime(sim.clock.now())} ${String(pid).padStart(7)} ${where}] ${text}`;
	host.machine.journal.write({unit: 'kubelet.service', identifier: 'kubelet', pid, text: line});
}

/** What a worker says when a sync has met an error. */
export function journalFailure(context: KubeletContext, {pod, uid, containers, handled}: PodRecord): void {
	for (const name of handled) {
		const reason = containers[name]?.reason;
		if (!reason) continue;
		const err = `failed to \\"StartContainer\\" for \\"${name}\\" with ${reason.reason}: \\"${(reason.message ?? '').replaceAll('"', '\\\\\\"')}\\"`;
		const where = `pod="${pod.metadata.namespace}/${pod.metadata.name}" podUID="${uid}"`;
		journal(context, 'E', 'pod_workers.go:1301', `"Error syncing pod, skipping" err="${err}" ${where}`);
	}
}
