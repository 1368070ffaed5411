import {parseRfc3339} from '../../api/values/time.js';

/** What `kubectl get pods` says about a pod. Models printPod in pkg/printers/internalversion/printers.go. */
export interface PodSummary {
	readonly ready: number;
	readonly total: number;
	/** The STATUS column. */
	readonly status: string;
	readonly restarts: number;
	/** When the latest of the counted restarts happened. */
	readonly lastRestartMs: number | undefined;
}

interface Count {
	ready: number;
	restarts: number;
	lastRestartMs: number | undefined;
}

export function summarize(pod: any): PodSummary {
	const status = pod.status ?? {};
	const sidecars = new Set<string>(
		(pod.spec?.initContainers ?? []).filter((c: any) => c.restartPolicy === 'Always').map((c: any) => c.name),
	);
	const total = (pod.spec?.containers?.length ?? 0) + sidecars.size;
	let reason: string = status.reason || status.phase || '';
	if (status.conditions?.some((c: any) => c.type === 'PodScheduled' && c.reason === 'SchedulingGated')) reason = 'SchedulingGated';
	const init = initSummary(pod, sidecars);
	let count = init.all;
	if (init.reason) reason = init.reason;
	if (!init.reason || isTrue(status, 'Initialized')) {
		count = {...init.sidecars, ready: init.all.ready};
		reason = containerSummary(status, reason, count);
	}

	if (pod.metadata?.deletionTimestamp && status.reason === 'NodeLost') reason = 'Unknown';
	else if (pod.metadata?.deletionTimestamp && status.phase !== 'Succeeded' && status.phase !== 'Failed') reason = 'Terminating';
	return {ready: count.ready, total, status: reason, restarts: count.restarts, lastRestartMs: count.lastRestartMs};
}

const isTrue = (status: any, type: string): boolean => Boolean(status.conditions?.some((c: any) => c.type === type && c.status === 'True'));

/** Init containers run one after the other; the first that is not done says why the pod waits. */
function initSummary(pod: any, sidecars: Set<string>): {reason: string; all: Count; sidecars: Count} {
	const all: Count = {ready: 0, restarts: 0, lastRestartMs: undefined};
	const lasting: Count = {ready: 0, restarts: 0, lastRestartMs: undefined};
	const total = pod.spec?.initContainers?.length ?? 0;
	for (const [index, container] of (pod.status?.initContainerStatuses ?? []).entries()) {
		countRestarts(all, container);
		const isSidecar = sidecars.has(container.name);
		if (isSidecar) countRestarts(lasting, container);
		const {terminated, waiting} = container.state ?? {};
		if (terminated && !terminated.exitCode) continue;
		if (isSidecar && container.started) {
			if (container.ready) all.ready++;
			continue;
		}

		let reason = `Init:${index}/${total}`;
		if (terminated) reason = `Init:${terminated.reason || ending(terminated)}`;
		else if (waiting?.reason && waiting.reason !== 'PodInitializing') reason = `Init:${waiting.reason}`;
		return {reason, all, sidecars: lasting};
	}

	return {reason: '', all, sidecars: lasting};
}

const ending = ({signal, exitCode}: {signal?: number; exitCode?: number}): string =>
	signal ? `Signal:${signal}` : `ExitCode:${exitCode ?? 0}`;

function containerSummary(status: any, before: string, count: Count): string {
	let reason = before;
	let running = false;
	for (const container of [...(status.containerStatuses ?? [])].reverse()) {
		countRestarts(count, container);
		const {terminated, waiting, running: runs} = container.state ?? {};
		if (waiting?.reason) reason = waiting.reason;
		else if (terminated) reason = terminated.reason || ending(terminated);
		else if (container.ready && runs) {
			running = true;
			count.ready++;
		}
	}

	if (reason === 'Completed' && running) return isTrue(status, 'Ready') ? 'Running' : 'NotReady';
	return reason;
}

function countRestarts(count: Count, container: any): void {
	count.restarts += container.restartCount ?? 0;
	const finished = container.lastState?.terminated?.finishedAt;
	const at = finished ? parseRfc3339(finished) : undefined;
	if (at !== undefined && (count.lastRestartMs === undefined || count.lastRestartMs < at)) count.lastRestartMs = at;
}
