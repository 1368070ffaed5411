import {admitPod} from './admit.js';
import {awaitApi} from './await-api.js';
import {rowOf, runInit, startApps} from './container/container-start.js';
import {type KubeletContext, podEvent} from './context.js';
import {finishHook, finishKill, finishPullWork, finishStart, killMarked, workIsDone} from './container/container-work.js';
import {journalFailure} from './journal.js';
import {podStatus, writeStatus} from './pod-status.js';
import {setUpVolumes} from './volume/pod-volumes.js';
import type {PodRecord, Step} from './record.js';
import {takeResources} from './resize.js';
import {finishSandbox, makeSandbox} from './sandbox-work.js';
import {beginStop, stopPod} from './stop-pod.js';
import {MountError} from './volume/volume-payload.js';

const stepsMax = 200;
const resyncMs = 60_000;
const backoffPeriodMs = 10_000;

/**
 * A pod worker: one look at one pod. It first writes what it sees (with the reasons that the last look found), then acts, one step
 * after the other; a step that takes time leaves `work` behind and the worker goes on from there. Models pkg/kubelet/pod_workers.go
 * and kuberuntime_manager.go SyncPod, whose order gives the statuses that one sees and when.
 */
export function syncPod(context: KubeletContext, uid: string): void {
	let record = context.get(uid);
	if (!record || (record.over && !(record.pod.metadata.deletionTimestamp && !record.stopping?.deleted))) return;
	if (record.work) {
		if (!workIsDone(context, record, record.work)) {
			if (!record.again) context.put({...record, again: true});
			return;
		}

		record = finishWork(context, record);
	} else {
		record = look(context, record);
	}

	for (let steps = 0; record && !record.work; steps++) {
		if (steps > stepsMax) throw new Error(`pod ${record.pod.metadata.name} does not come to rest`);
		const step = act(context, record);
		record = step.record;
		if (!step.more) break;
	}

	if (!context.get(uid)) return;
	record = context.put(record);
	plan(context, record);
}

/** When to look again. */
function plan(context: KubeletContext, record: PodRecord): void {
	const {sim, actor, random} = context;
	const key = `pod ${record.uid}`;
	if (record.work) {
		const delayMs = workIsDone(context, record, record.work) ? 0 : record.work.untilMs - sim.clock.now();
		sim.clock.reschedule(delayMs, actor, `work ${record.uid}`, {periodic: record.work.kind === 'volumes' && (record.volumeTries ?? 0) > 2});
		return;
	}

	if (record.again) {
		context.put({...record, again: false});
		sim.clock.schedule(0, actor, key);
	} else if (record.erred) {
		journalFailure(context, record);
		// Waiting for what only repeats itself does not keep the world from settling.
		sim.clock.reschedule(backoffPeriodMs + random.int(backoffPeriodMs / 2), actor, `retry ${record.uid}`, {periodic: true});
	} else {
		sim.clock.cancel(actor, `retry ${record.uid}`);
		sim.clock.reschedule(resyncMs + random.int(resyncMs / 2), actor, `resync ${record.uid}`, {periodic: true});
	}
}

/** The beginning of a sync: what is there is written to the API. */
function look(context: KubeletContext, before: PodRecord): PodRecord {
	let record: PodRecord = {...before, handled: [], erred: false, again: false, over: undefined};
	const {deletionTimestamp, deletionGracePeriodSeconds} = record.pod.metadata;
	if (deletionTimestamp && !record.stopping?.deleted) record = beginStop(context, record, deletionGracePeriodSeconds ?? 30, true);
	if (record.startMs === undefined) record = {...record, startMs: context.sim.clock.now()};
	if (record.admitted === undefined && !record.stopping) record = admitPod(context, record);
	if (record.resize) record = takeResources(context, record, record.pod);
	context.put(record);
	if (!writeStatus(context, record)) awaitApi(context);
	return record;
}

function act(context: KubeletContext, record: PodRecord): Step {
	if (record.stopping) return stopPod(context, record);
	if (isOver(context, record))
		return {record: beginStop(context, record, record.pod['spec'].terminationGracePeriodSeconds ?? 30, false), more: true};
	if (!record.volumesReady) return mountVolumes(context, record);
	if (!record.sandbox) return makeSandbox(context, record);
	return killMarked(context, record) ?? runInit(context, record) ?? startApps(context, record) ?? {record, more: false};
}

/** Whether nothing of the pod will ever run again. Asked at every step, so the whole status is only made when it could be. */
function isOver(context: KubeletContext, record: PodRecord): boolean {
	const {containers, initContainers} = record.pod['spec'];
	const ended = (spec: any) => rowOf(context, record, spec.name)?.state === 'exited';
	if (!record.failed && !containers.every(ended) && !initContainers?.some(ended)) return false;
	const {phase} = podStatus(context, record, undefined);
	return phase === 'Failed' || phase === 'Succeeded';
}

/** Half a second after the first failure, then twice as long, up to two minutes and two seconds. */
const retryMs = (tries: number) => Math.min(122_000, 500 * 2 ** (tries - 1));

function mountVolumes(context: KubeletContext, record: PodRecord): Step {
	try {
		setUpVolumes(context, record);
		return {record: {...record, volumesReady: true, volumeTries: 0}, more: true};
	} catch (error) {
		if (!(error instanceof MountError)) throw error;
		podEvent(context, record, 'Warning', 'FailedMount', error.message);
		const volumeTries = (record.volumeTries ?? 0) + 1;
		const now = context.sim.clock.now();
		return {record: {...record, volumeTries, work: {kind: 'volumes', sinceMs: now, untilMs: now + retryMs(volumeTries)}}, more: false};
	}
}

function finishWork(context: KubeletContext, before: PodRecord): PodRecord {
	const {work, ...record} = before;
	const latest = refreshed(context, record);
	switch (work!.kind) {
		case 'sandbox':
			return finishSandbox(context, latest);
		case 'pull':
			return finishPullWork(context, latest, work!);
		case 'start':
			return finishStart(context, latest, work!);
		case 'hook':
			return finishHook(context, latest, work!);
		case 'kill':
			return finishKill(context, latest, work!);
		default:
			return latest;
	}
}

/** A pod that was deleted meanwhile is not worth more work than stopping it. */
function refreshed(context: KubeletContext, record: PodRecord): PodRecord {
	const {deletionTimestamp, deletionGracePeriodSeconds} = record.pod.metadata;
	return deletionTimestamp && !record.stopping?.deleted ? beginStop(context, record, deletionGracePeriodSeconds ?? 30, true) : record;
}
