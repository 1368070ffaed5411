import {rowOf} from '../container/container-start.js';
import {type KubeletContext, podEvent} from '../context.js';
import {writeStatus} from '../pod-status.js';
import {type ProbeResult, runProbe} from './probe.js';
import {type PodRecord, type SpecContainer, specContainers, stateOf, withContainer} from '../record.js';

type ProbeKind = 'startup' | 'readiness' | 'liveness';

/** How a probe stands: plain data, in `kubelet/<node>/probes` by `<uid> <container> <kind>`. */
interface ProbeState {
	readonly containerId: string;
	readonly failures: number;
	readonly successes: number;
	/** Has reached a threshold once: from then on it only repeats itself. */
	readonly decided: boolean;
	/** Startup or liveness has failed: the container is to be killed, and is not asked again. */
	readonly onHold?: boolean;
}

const kinds: readonly ProbeKind[] = ['startup', 'readiness', 'liveness'];
const fields: Readonly<Record<ProbeKind, string>> = {startup: 'startupProbe', readiness: 'readinessProbe', liveness: 'livenessProbe'};
const titles: Readonly<Record<ProbeKind, string>> = {startup: 'Startup', readiness: 'Readiness', liveness: 'Liveness'};
const keyOf = (uid: string, name: string, kind: ProbeKind) => `probe ${uid} ${name} ${kind}`;
const states = ({sim, node}: KubeletContext) => sim.state.table<ProbeState>(`kubelet/${node}/probes`);

/** The container has started: its probes begin, the startup probe alone when there is one. */
export function startProbes(context: KubeletContext, record: PodRecord, container: SpecContainer): void {
	const {spec} = container;
	const containerId = stateOf(record, spec.name).id;
	if (!containerId) return;
	for (const kind of kinds) {
		const probe = spec[fields[kind]];
		if (!probe || (kind !== 'startup' && spec.startupProbe)) continue;
		begin(context, record, spec, kind, containerId);
	}
}

function begin(context: KubeletContext, record: PodRecord, spec: any, kind: ProbeKind, containerId: string) {
	const {sim, actor} = context;
	const probe = spec[fields[kind]];
	const key = keyOf(record.uid, spec.name, kind);
	states(context).set(key, {containerId, failures: 0, successes: 0, decided: false});
	sim.clock.reschedule(firstProbeMs(sim.clock.now(), record, kind, probe), actor, key, {periodic: kind === 'liveness'});
}

/**
 * Startup and readiness probes are made at once when the container starts, or at their first tick after the initial delay. The ticks
 * of a liveness probe count from the pod's arrival on the node (prober/worker.go).
 */
function firstProbeMs(nowMs: number, record: PodRecord, kind: ProbeKind, probe: any): number {
	const periodMs = (probe.periodSeconds ?? 10) * 1000;
	const delayMs = (probe.initialDelaySeconds ?? 0) * 1000;
	if (kind !== 'liveness') return Math.ceil(delayMs / periodMs) * periodMs + 40;
	const base = record.startMs ?? nowMs;
	const ticks = Math.floor((nowMs + delayMs - base) / periodMs) + 1;
	return base + ticks * periodMs - nowMs;
}

export function stopProbes(context: KubeletContext, record: PodRecord): void {
	for (const {spec} of specContainers(record.pod)) {
		for (const kind of kinds) {
			if (!spec[fields[kind]]) continue;
			const key = keyOf(record.uid, spec.name, kind);
			states(context).delete(key);
			context.sim.clock.cancel(context.actor, key);
		}
	}
}

/** The kubelet was away: probes that stood go on. */
export function resumeProbes(context: KubeletContext, record: PodRecord): void {
	const {sim, actor} = context;
	for (const {spec} of specContainers(record.pod)) {
		for (const kind of kinds) {
			const key = keyOf(record.uid, spec.name, kind);
			const state = states(context).get(key);
			if (!state || !spec[fields[kind]] || sim.clock.dueAt(actor, key) !== undefined) continue;
			if ((kind === 'startup' && state.decided) || state.onHold) continue;
			sim.clock.schedule(1000, actor, key, {periodic: state.decided || kind === 'liveness'});
		}
	}
}

/** A probe is due. */
export function probe(context: KubeletContext, key: string): void {
	const [, uid, name, kind] = key.split(' ') as [string, string, string, ProbeKind];
	const record = context.get(uid);
	const state = states(context).get(key);
	const container = record && specContainers(record.pod).find(each => each.spec.name === name);
	const row = container && rowOf(context, record, name);
	// A container that was started again has begun its probes anew; readiness is probed while a pod is being stopped, the others not.
	if (!record || !state || !container || row?.state !== 'running' || row.id !== state.containerId) return;
	if (record.stopping && kind !== 'readiness') return;
	const settings = container.spec[fields[kind]];
	const result = runProbe(context, record, container.spec, settings, row.id);
	const after = note(context, record, container, kind, settings, state, result);
	const latest = states(context).get(key);
	if (!latest || latest.containerId !== state.containerId) return;
	states(context).set(key, after);
	// The startup probe has done its work once it has succeeded. A container that fails for good is left alone until a new one runs.
	if ((kind === 'startup' && after.decided) || after.onHold) return;
	context.sim.clock.reschedule((settings.periodSeconds ?? 10) * 1000, context.actor, key, {periodic: after.decided || kind === 'liveness'});
}

function note(
	context: KubeletContext,
	record: PodRecord,
	container: SpecContainer,
	kind: ProbeKind,
	settings: any,
	state: ProbeState,
	result: ProbeResult,
): ProbeState {
	if (result.kind === 'unknown') {
		podEvent(
			context,
			record,
			'Warning',
			'Unhealthy',
			`${titles[kind]} probe errored and resulted in unknown state: ${result.error}`,
			container,
		);
		return {...state, decided: kind !== 'startup'};
	}

	if (result.kind === 'success') {
		const wanted = settings.successThreshold ?? 1;
		const successes = Math.min(state.successes + 1, wanted);
		const reached = successes === wanted;
		if (reached) succeeded(context, record, container, kind);
		// Most probes find what the one before has found.
		if (state.failures === 0 && state.successes === successes && (state.decided || !reached)) return state;
		return {...state, failures: 0, successes, decided: state.decided || reached};
	}

	podEvent(context, record, 'Warning', 'Unhealthy', `${titles[kind]} probe failed: ${result.output}`, container);
	const failures = state.failures + 1;
	const reached = failures >= (settings.failureThreshold ?? 3);
	if (reached) failed(context, record, container, kind);
	return {
		...state,
		successes: 0,
		failures,
		decided: state.decided || (reached && kind === 'readiness'),
		...(reached && kind !== 'readiness' ? {onHold: true} : {}),
	};
}

function succeeded(context: KubeletContext, record: PodRecord, container: SpecContainer, kind: ProbeKind): void {
	const {name} = container.spec;
	const state = stateOf(record, name);
	if (kind === 'startup') {
		const after = context.put(withContainer(record, name, {started: true, ready: !container.spec.readinessProbe}));
		for (const next of ['readiness', 'liveness'] as const)
			if (container.spec[fields[next]]) begin(context, after, container.spec, next, state.id!);
		writeStatus(context, after);
		if (container.sidecar) context.sim.clock.schedule(0, context.actor, `pod ${record.uid}`);
	} else if (kind === 'readiness' && !state.ready) writeStatus(context, context.put(withContainer(record, name, {ready: true})));
}

function failed(context: KubeletContext, record: PodRecord, container: SpecContainer, kind: ProbeKind): void {
	const {name} = container.spec;
	if (kind === 'readiness') {
		if (stateOf(record, name).ready) writeStatus(context, context.put(withContainer(record, name, {ready: false})));
		return;
	}

	context.put(withContainer(record, name, {kill: `Container ${name} failed ${kind} probe, will be restarted`}));
	context.sim.clock.schedule(0, context.actor, `pod ${record.uid}`);
}
