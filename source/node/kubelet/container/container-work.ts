import {containerSpec} from './container-create.js';
import {afterImage, failed, rowOf} from './container-start.js';
import {type KubeletContext, podEvent} from '../context.js';
import {type HookResult, hookFailure, hookOutcome, startHook} from './hooks.js';
import {finishPull} from './image-pull.js';
import {startProbes} from '../probe/probe-worker.js';
import {type PodRecord, type SpecContainer, specContainers, stateOf, type Work, withContainer, type Step} from '../record.js';
import {MountError} from '../volume/volume-payload.js';
import {ConfigError} from './config-error.js';

export const containerNamed = (record: PodRecord, name: string): SpecContainer => {
	const found = specContainers(record.pod).find(each => each.spec.name === name);
	if (!found) throw new Error(`pod ${record.pod.metadata.name} has no container ${name}`);
	return found;
};

export function finishPullWork(context: KubeletContext, record: PodRecord, work: Work): PodRecord {
	if (record.stopping) return record;
	const container = containerNamed(record, work.container!);
	const pulled = finishPull(context, {...record, work}, container);
	const {work: _, ...rest} = pulled.record;
	return afterImage(context, {...pulled, record: rest}, work.container!).record;
}

/** The container is made and started. */
export function finishStart(context: KubeletContext, before: PodRecord, work: Work): PodRecord {
	const name = work.container!;
	if (before.stopping) return before;
	const {containerd} = context;
	const container = containerNamed(before, name);
	const state = stateOf(before, name);
	const image = containerd.image(container.spec.image);
	if (!image) return before;
	const restarts = state.id ? state.restarts + 1 : state.restarts;
	let spec: ReturnType<typeof containerSpec>;
	try {
		spec = containerSpec(context, withContainer(before, name, {restarts}), container, image);
	} catch (error) {
		if (!(error instanceof ConfigError || error instanceof MountError)) throw error;
		podEvent(context, before, 'Warning', 'Failed', `Error: ${error.message}`, container);
		return failed(before, name, {reason: 'CreateContainerConfigError', message: error.message});
	}

	const {id} = containerd.create(spec);
	podEvent(context, before, 'Normal', 'Created', `Created container: ${name}`, container);
	// Only one dead container is kept.
	if (state.lastId && containerd.row(state.lastId)) containerd.remove(state.lastId);
	const probed = container.spec.startupProbe !== undefined;
	const record = withContainer(before, name, {
		id,
		lastId: state.id,
		restarts,
		reason: undefined,
		kill: undefined,
		killDeadlineMs: undefined,
		started: !probed && !container.spec.lifecycle?.postStart,
		ready: !probed && !container.spec.readinessProbe && !container.spec.lifecycle?.postStart,
		image: container.spec.image,
		hooked: false,
	});
	const error = containerd.start(id);
	if (error) {
		relist(context, record.uid);
		podEvent(context, record, 'Warning', 'Failed', `Error: ${error}`, container);
		return failed(record, name, {reason: 'RunContainerError', message: error});
	}

	podEvent(context, record, 'Normal', 'Started', `Started container ${name}`, container);
	return afterStarted(context, record, container, id);
}

function afterStarted(context: KubeletContext, record: PodRecord, container: SpecContainer, id: string): PodRecord {
	const {spec} = container;
	relist(context, record.uid);
	if (!spec.lifecycle?.postStart) {
		startProbes(context, record, container);
		return record;
	}

	return hookWork(context, record, container, startHook(context, record, container, id, spec.lifecycle.postStart));
}

/** Undefined work means that the hook was over at once, and well. */
function hookWork(context: KubeletContext, record: PodRecord, container: SpecContainer, result: HookResult): PodRecord {
	const now = context.sim.clock.now();
	const work: Work = {
		kind: 'hook',
		container: container.spec.name,
		sinceMs: now,
		untilMs: result.pid === undefined ? now + result.tookMs : forever,
		...result,
	};
	return {...record, work};
}

const forever = Number.MAX_SAFE_INTEGER;

/** The postStart hook is over. */
export function finishHook(context: KubeletContext, record: PodRecord, work: Work): PodRecord {
	const container = containerNamed(record, work.container!);
	const {name} = container.spec;
	const failure = work.failure ?? hookOutcome(context, container, work);
	if (!failure) {
		const after = withContainer(record, name, {
			hooked: true,
			started: !container.spec.startupProbe,
			ready: !container.spec.startupProbe && !container.spec.readinessProbe,
		});
		startProbes(context, after, container);
		return after;
	}

	podEvent(context, record, 'Warning', 'FailedPostStartHook', 'PostStartHook failed', container);
	podEvent(context, record, 'Normal', 'Killing', 'FailedPostStartHook', container);
	const marked = withContainer(record, name, {
		kill: 'hook',
		reason: {reason: 'PostStartHookError', message: hookFailure(record, container, failure)},
	});
	return kill(context, marked, name, record.pod['spec'].terminationGracePeriodSeconds ?? 30);
}

/** Containers whose liveness or startup probe has failed, or whose image was changed. */
export function killMarked(context: KubeletContext, record: PodRecord): Step | undefined {
	for (const container of specContainers(record.pod)) {
		const {spec, kind} = container;
		const row = rowOf(context, record, spec.name);
		const state = stateOf(record, spec.name);
		if (row?.state !== 'running' || record.handled.includes(`kill ${spec.name}`)) continue;
		const changed = kind === 'app' && state.image !== undefined && state.image !== spec.image;
		if (!changed && !state.kill) continue;
		const message = changed ? `Container ${spec.name} definition changed, will be restarted` : state.kill!;
		podEvent(context, record, 'Normal', 'Killing', message, container);
		const probe = message.includes('startup') ? spec.startupProbe : spec.livenessProbe;
		const grace = (changed ? undefined : probe?.terminationGracePeriodSeconds) ?? record.pod['spec'].terminationGracePeriodSeconds ?? 30;
		return {
			record: kill(
				context,
				withContainer({...record, handled: [...record.handled, `kill ${spec.name}`]}, spec.name, {kill: message}),
				spec.name,
				grace,
			),
			more: true,
		};
	}

	return undefined;
}

/** SIGTERM now, SIGKILL when the grace period is over. */
function kill(context: KubeletContext, record: PodRecord, name: string, graceSeconds: number): PodRecord {
	const {containerd} = context;
	const now = context.sim.clock.now();
	const row = rowOf(context, record, name);
	if (row?.state === 'running') containerd.signal(row.id, row.stopSignal);
	return {...record, work: {kind: 'kill', container: name, sinceMs: now, untilMs: now + graceSeconds * 1000}};
}

export function finishKill(context: KubeletContext, record: PodRecord, work: Work): PodRecord {
	if (!work.container) return record;
	const row = rowOf(context, record, work.container);
	if (row?.state === 'running') context.containerd.kill(row.id, 'Error');
	if (stateOf(record, work.container).kill === 'hook') {
		return {...withContainer(record, work.container, {kill: undefined}), erred: true, handled: [...record.handled, work.container]};
	}

	return {...record, handled: record.handled.filter(each => each !== work.container)};
}

/** What a worker waits for may be over before its time: a container that has ended, a hook that has returned. */
export function workIsDone(context: KubeletContext, record: PodRecord, work: Work): boolean {
	if (context.sim.clock.now() >= work.untilMs) return true;
	if (work.kind === 'hook') return work.pid !== undefined && !context.host.machine.processes.get(work.pid);
	if (work.kind !== 'kill') return false;
	return work.container ? rowOf(context, record, work.container)?.state !== 'running' : stopGoesOn(context, record);
}

/** A pod that is being stopped can go a step further: all have ended, a hook has returned, or it is the sidecars' turn. */
function stopGoesOn(context: KubeletContext, record: PodRecord): boolean {
	const running = specContainers(record.pod).filter(each => rowOf(context, record, each.spec.name)?.state === 'running');
	const states = running.map(each => stateOf(record, each.spec.name));
	if (states.some(({hookPid}) => hookPid !== undefined && !context.host.machine.processes.get(hookPid))) return true;
	return running.every(each => each.sidecar) && states.every(({kill}) => kill !== 'signalled');
}

export const anyRunning = (context: KubeletContext, record: PodRecord): boolean =>
	specContainers(record.pod).some(each => rowOf(context, record, each.spec.name)?.state === 'running');

/** The pod lifecycle event generator looks at all containers once a second; what it sees changed makes the worker look again. */
export function relist({sim, actor, node}: KubeletContext, uid: string): void {
	const phase = [...node].reduce((sum, char) => sum + char.charCodeAt(0) * 37, 0) % 1000;
	const now = sim.clock.now();
	sim.clock.schedule(1000 - ((now + phase) % 1000), actor, `pod ${uid}`);
}
