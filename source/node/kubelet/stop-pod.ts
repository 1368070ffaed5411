import {isConflict, isNotFound} from '../../api/status.js';
import {awaitApi} from './await-api.js';
import {anyRunning, containerNamed} from './container/container-work.js';
import {rowOf} from './container/container-start.js';
import {type KubeletContext, podEvent} from './context.js';
import {hookOutcome, startHook} from './container/hooks.js';
import {sayOutOfTime} from './out-of-time.js';
import {writeStatus} from './pod-status.js';
import {dropVolumes} from './volume/pod-volumes.js';
import {stopProbes} from './probe/probe-worker.js';
import {type PodRecord, specContainers, stateOf, withContainer, type Step} from './record.js';

/** Unmounting and the removal of the network take a moment. */
const teardownMs = 420;

/** The pod is to be stopped; a shorter grace period than the one that runs already wins. */
export function beginStop(context: KubeletContext, record: PodRecord, graceSeconds: number, deleted: boolean): PodRecord {
	const now = context.sim.clock.now();
	const deadlineMs = now + Math.max(graceSeconds, deleted && graceSeconds === 0 ? 0 : 1) * 1000;
	const before = record.stopping;
	// What the worker was about to do is dropped; a wait for containers to end is begun anew.
	const {work: _, ...rest} = record;
	return {
		...rest,
		stopping: {
			graceSeconds,
			deleted: deleted || before?.deleted === true,
			deadlineMs: Math.min(deadlineMs, before?.deadlineMs ?? deadlineMs),
			signalled: before?.signalled ?? false,
		},
	};
}

/** preStop hooks, SIGTERM, SIGKILL at the deadline, then the sandbox; at last the API object. Sidecars go after the others. */
export function stopPod(context: KubeletContext, record: PodRecord): Step {
	const stopping = record.stopping!;
	const now = context.sim.clock.now();
	const late = now >= stopping.deadlineMs;
	const running = specContainers(record.pod).filter(each => rowOf(context, record, each.spec.name)?.state === 'running');
	const mains = running.filter(each => !each.sidecar);
	let after = record;
	for (const container of late ? running : mains.length > 0 ? mains : running)
		after = stopContainer(context, after, container.spec.name, late);
	if (anyRunning(context, after)) {
		const waits = Object.values(after.containers).map(state => state.killDeadlineMs ?? stopping.deadlineMs);
		return {
			record: {
				...after,
				stopping: {...stopping, signalled: true},
				work: {kind: 'kill', sinceMs: now, untilMs: Math.min(stopping.deadlineMs, ...waits)},
			},
			more: false,
		};
	}

	if (!after.handled.includes('teardown')) {
		stopProbes(context, after);
		sayOutOfTime(context, after);
		const untilMs = now + (after.sandbox ? teardownMs : 0);
		return {record: {...after, handled: [...after.handled, 'teardown'], work: {kind: 'teardown', sinceMs: now, untilMs}}, more: false};
	}

	return {record: finish(context, after), more: false};
}

/** One container a step nearer to its end: hook, then signal, then SIGKILL. */
function stopContainer(context: KubeletContext, record: PodRecord, name: string, late: boolean): PodRecord {
	const container = containerNamed(record, name);
	const {containerd, sim} = context;
	const state = stateOf(record, name);
	const row = rowOf(context, record, name)!;
	if (late) {
		if (state.hookPid !== undefined) podEvent(context, record, 'Warning', 'FailedPreStopHook', 'PreStopHook failed', container);
		containerd.kill(row.id, 'Error');
		return withContainer(record, name, {hookPid: undefined});
	}

	if (state.kill === undefined) podEvent(context, record, 'Normal', 'Killing', `Stopping container ${name}`, container);
	const hook = container.spec.lifecycle?.preStop;
	if (state.kill === undefined && hook) {
		const result = startHook(context, record, container, row.id, hook);
		if (result.failure) podEvent(context, record, 'Warning', 'FailedPreStopHook', 'PreStopHook failed', container);
		if (result.pid !== undefined) return withContainer(record, name, {kill: 'stop', hookPid: result.pid});
		if (result.tookMs > 0) return withContainer(record, name, {kill: 'stop', killDeadlineMs: sim.clock.now() + result.tookMs});
	} else if (state.hookPid !== undefined) {
		if (context.host.machine.processes.get(state.hookPid)) return record;
		const failure = hookOutcome(context, container, {kind: 'hook', sinceMs: 0, untilMs: 0, pid: state.hookPid});
		if (failure) podEvent(context, record, 'Warning', 'FailedPreStopHook', 'PreStopHook failed', container);
	} else if (state.killDeadlineMs !== undefined && sim.clock.now() < state.killDeadlineMs) return record;

	if (state.kill !== 'signalled') containerd.signal(row.id, row.stopSignal);
	return withContainer(record, name, {kill: 'signalled', hookPid: undefined, killDeadlineMs: undefined});
}

function finish(context: KubeletContext, record: PodRecord): PodRecord {
	const {containerd, cni, client} = context;
	const {pod, uid, stopping} = record;
	if (record.sandbox) {
		if (!pod['spec'].hostNetwork) cni.remove(uid);
		containerd.updateSandbox(record.sandbox, {state: 'notready'});
	}

	sayOutOfTime(context, record);
	const over: PodRecord = {...record, over: true};
	context.put(over);
	// A static pod does not wait for the API server: it may be the API server.
	if (!writeStatus(context, over) && !record.source) {
		awaitApi(context);
		return {...over, over: undefined};
	}

	if (!stopping!.deleted) return over;
	forget(context, over);
	if (record.source) return over;
	try {
		client.delete('pods', pod.metadata.namespace, pod.metadata.name, {gracePeriodSeconds: 0, preconditions: {uid}});
	} catch (error) {
		// Deleted by force meanwhile, and perhaps made anew.
		if (!isNotFound(error) && !isConflict(error)) throw error;
	}

	return over;
}

/** Nothing of the pod stays on the node. */
export function forget(context: KubeletContext, record: PodRecord): void {
	const {containerd, records, sim, actor} = context;
	for (const row of containerd.containers()) if (row.podUid === record.uid) containerd.remove(row.id);
	if (record.sandbox) containerd.removeSandbox(record.sandbox);
	dropVolumes(context, record);
	sim.state.drop(`os/etc/${record.uid}/`);
	records.delete(record.uid);
	for (const kind of ['pod', 'work', 'retry', 'resync', 'deadline']) sim.clock.cancel(actor, `${kind} ${record.uid}`);
}
