import {goSeconds, isBackingOffSince, nextBackoff} from './backoff.js';
import {type KubeletContext, podEvent} from '../context.js';
import {ensureImage, type PullResult} from './image-pull.js';
import {initProgress} from './init-containers.js';
import {type PodRecord, podIdOf, type Reason, type SpecContainer, specContainers, stateOf, withContainer, type Step} from '../record.js';

/** Creating and starting a container takes a moment. */
const startMs = 90;

/** The init container whose turn it is; undefined when all are done. */
export function runInit(context: KubeletContext, record: PodRecord): Step | undefined {
	const progress = initProgress(context, record);
	const sidecars = specContainers(record.pod).filter(each => each.sidecar);
	for (const sidecar of sidecars) {
		const row = rowOf(context, record, sidecar.spec.name);
		if (row?.state === 'exited' && !record.handled.includes(sidecar.spec.name)) return startContainer(context, record, sidecar);
	}

	if (progress.done) return undefined;
	const container = specContainers(record.pod).find(each => each.spec.name === progress.current)!;
	if (record.handled.includes(container.spec.name)) return {record, more: false};
	const row = rowOf(context, record, container.spec.name);
	if (row && row.state !== 'exited') return {record, more: false};
	return startContainer(context, record, container);
}

/** The next app (or ephemeral) container that should run and does not; undefined when there is none. */
export function startApps(context: KubeletContext, record: PodRecord): Step | undefined {
	for (const container of specContainers(record.pod)) {
		const {kind, spec} = container;
		if (kind === 'init' || record.handled.includes(spec.name)) continue;
		const row = rowOf(context, record, spec.name);
		if (row === undefined || (row.state === 'exited' && mayRestart(record, container, row.exitCode ?? 0)))
			return startContainer(context, record, container);
	}

	return undefined;
}

export function rowOf({containerd}: KubeletContext, record: PodRecord, name: string) {
	const {id} = stateOf(record, name);
	return id ? containerd.row(id) : undefined;
}

function mayRestart({pod}: PodRecord, {kind}: SpecContainer, exitCode: number): boolean {
	if (kind === 'ephemeral') return false;
	const policy = pod['spec'].restartPolicy ?? 'Always';
	return policy === 'Always' || (policy === 'OnFailure' && exitCode !== 0);
}

/** Back-off, image, then the start itself. Models kuberuntime_manager.go doBackOff and kuberuntime_container.go startContainer. */
function startContainer(context: KubeletContext, before: PodRecord, container: SpecContainer): Step {
	const {name} = container.spec;
	const now = context.sim.clock.now();
	const state = stateOf(before, name);
	let record = handled(before, name);
	// The runtime's list was read before this sync: of a container killed in it, only the exit before counts.
	const deadId = state.kill ? state.lastId : state.id;
	const dead = deadId ? context.containerd.row(deadId) : undefined;
	if (dead?.finishedMs !== undefined) {
		if (isBackingOffSince(state.crash, dead.finishedMs, now)) {
			podEvent(context, record, 'Warning', 'BackOff', `Back-off restarting failed container ${name} in pod ${podIdOf(record)}`, container);
			const message = `back-off ${goSeconds(state.crash!.delayMs)} restarting failed container=${name} pod=${podIdOf(record)}`;
			return {record: failed(record, name, {reason: 'CrashLoopBackOff', message}), more: true};
		}

		record = withContainer(record, name, {crash: nextBackoff(state.crash, dead.finishedMs, now)});
	}

	return afterImage(context, ensureImage(context, record, container), name);
}

/** The image is there, or being pulled, or cannot be had. */
export function afterImage(context: KubeletContext, result: PullResult, name: string): Step {
	if (result.kind === 'pulling') return {record: result.record, more: false};
	if (result.kind === 'failed') return {record: failed(result.record, name, result.reason), more: true};
	const now = context.sim.clock.now();
	const untilMs = now + startMs + context.random.int(60);
	return {record: {...result.record, work: {kind: 'start', container: name, sinceMs: now, untilMs}}, more: false};
}

const handled = (record: PodRecord, name: string): PodRecord =>
	record.handled.includes(name) ? record : {...record, handled: [...record.handled, name]};

/** This container got nowhere in this sync: its status will say why from the next one on. */
export const failed = (record: PodRecord, name: string, reason: Reason): PodRecord => ({
	...withContainer(handled(record, name), name, {reason, kill: undefined}),
	erred: true,
});
