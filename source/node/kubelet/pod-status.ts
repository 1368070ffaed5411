import {equal} from '../../api/values/plain.js';
import {rfc3339} from '../../api/values/time.js';
import {byteOrder} from '../../os/layer.js';
import {containerStatus} from './container/container-status.js';
import type {KubeletContext} from './context.js';
import {initProgress} from './container/init-containers.js';
import {type PodRecord, type SpecContainer, specContainers} from './record.js';
import {pendingResize} from './resize.js';

/** The status as the kubelet sees it now. `old` is what the API has: conditions of others and times of change are kept. */
export function podStatus(context: KubeletContext, record: PodRecord, old: any): any {
	const all = specContainers(record.pod);
	const {host, sim} = context;
	const nowText = rfc3339(sim.clock.now());
	const base = {
		...(record.failed && {reason: record.failed.reason, message: record.failed.message}),
		hostIP: host.spec.address,
		hostIPs: [{ip: host.spec.address}],
		...(record.address && {podIP: record.address, podIPs: [{ip: record.address}]}),
		...(old?.qosClass && {qosClass: old.qosClass}),
		...(record.startMs !== undefined && {startTime: rfc3339(record.startMs)}),
	};
	if (record.failed && !record.sandbox && record.admitted !== true) {
		const {reason, message} = record.failed;
		const kept = (old?.conditions ?? []).filter((each: any) => each.type === 'PodScheduled');
		return {
			...(kept.length > 0 && {conditions: kept}),
			message,
			phase: 'Failed',
			...(old?.qosClass && {qosClass: old.qosClass}),
			reason,
			startTime: base.startTime,
		};
	}

	const progress = initProgress(context, record);
	const initialising = !progress.done;
	const list = (kind: SpecContainer['kind']) =>
		all
			.filter(each => each.kind === kind)
			.map(each => containerStatus(context, record, each))
			.sort((a, b) => (kind === 'init' ? 0 : byteOrder(a.name, b.name)));
	const apps = list('app');
	const inits = list('init');
	const ephemeral = list('ephemeral');
	const phase = record.failed ? 'Failed' : phaseOf(record, apps, inits, initialising);
	const conditions = conditionsOf(record, {apps, inits, initialising, phase}, old?.conditions ?? [], nowText);
	return {
		conditions,
		...(apps.length > 0 && {containerStatuses: apps}),
		...(ephemeral.length > 0 && {ephemeralContainerStatuses: ephemeral}),
		...base,
		...(inits.length > 0 && {initContainerStatuses: inits}),
		phase,
	};
}

/** Models kubelet_pods.go getPhase. */
function phaseOf({pod, over}: PodRecord, apps: any[], inits: any[], initialising: boolean): string {
	const policy = pod['spec'].restartPolicy ?? 'Always';
	const failedInit = inits.some(each => each.state.terminated && each.state.terminated.exitCode !== 0);
	if (initialising && failedInit && policy === 'Never') return 'Failed';
	if (initialising) return 'Pending';
	const waiting = apps.filter(each => each.state.waiting);
	const running = apps.some(each => each.state.running);
	if (waiting.some(each => !each.lastState.terminated)) return 'Pending';
	if (running || waiting.length > 0) return 'Running';
	if (policy === 'Always' && !over) return 'Running';
	const failed = apps.some(each => each.state.terminated?.exitCode !== 0);
	if (!failed) return 'Succeeded';
	return policy === 'Never' || over ? 'Failed' : 'Running';
}

interface Facts {
	readonly apps: any[];
	readonly inits: any[];
	readonly initialising: boolean;
	readonly phase: string;
}

const own = ['PodReadyToStartContainers', 'Initialized', 'Ready', 'ContainersReady'];

function conditionsOf(record: PodRecord, {apps, inits, initialising, phase}: Facts, old: any[], nowText: string): any[] {
	const over = phase === 'Succeeded' || phase === 'Failed';
	const sidecars = inits.filter(each =>
		record.pod['spec'].initContainers?.some((spec: any) => spec.name === each.name && spec.restartPolicy === 'Always'),
	);
	const ready = (each: any) => each.ready;
	const unready = [...sidecars, ...apps].filter(each => !ready(each)).map(each => each.name);
	const notReady = over
		? phase === 'Succeeded'
			? {reason: 'PodCompleted'}
			: {reason: 'PodFailed'}
		: {reason: 'ContainersNotReady', message: `containers with unready status: [${unready.join(' ')}]`};
	const containersReady = unready.length === 0 && !over;
	const gates = (record.pod['spec'].readinessGates ?? []).filter(
		(gate: any) => old.find(each => each.type === gate.conditionType)?.status !== 'True',
	);
	const gateWords = gates.map((gate: any) =>
		old.some(each => each.type === gate.conditionType)
			? `the status of pod readiness gate "${gate.conditionType}" is not "True", but False`
			: `corresponding condition of pod readiness gate "${gate.conditionType}" does not exist.`,
	);
	const undone = inits.filter(each => each.state.terminated?.exitCode !== 0).filter(each => !(each.started && sidecars.includes(each)));
	const wanted: Record<string, {status: boolean; reason?: string; message?: string}> = {
		PodReadyToStartContainers: {
			status: record.sandbox !== undefined && record.address !== undefined && (!over || apps.some(each => each.state.running)),
		},
		Initialized: initialising
			? {
					status: false,
					reason: 'ContainersNotInitialized',
					message: `containers with incomplete status: [${undone.map(each => each.name).join(' ')}]`,
				}
			: {status: true, ...(phase === 'Succeeded' && {reason: 'PodCompleted'})},
		Ready:
			containersReady && gates.length > 0
				? {status: false, reason: 'ReadinessGatesNotReady', message: gateWords.join(', ')}
				: {status: containersReady, ...(!containersReady && notReady)},
		ContainersReady: {status: containersReady, ...(!containersReady && notReady)},
	};
	const result = own.map(type => {
		const {status, reason, message} = wanted[type]!;
		const text = status ? 'True' : 'False';
		const before = old.find(each => each.type === type);
		const since = before?.status === text ? before.lastTransitionTime : nowText;
		return {lastProbeTime: null, lastTransitionTime: since, ...(message && {message}), ...(reason && {reason}), status: text, type};
	});
	const others = old.filter(each => ![...own, 'PodScheduled', pendingResize].includes(each.type));
	const bound = old.find(each => each.type === 'PodScheduled');
	const scheduled = bound
		? {lastProbeTime: null, ...bound}
		: {
				lastProbeTime: null,
				lastTransitionTime: nowText,
				status: 'True',
				type: 'PodScheduled',
			};
	const {resize} = record;
	const since = old.find(each => each.type === pendingResize && each.reason === resize?.reason)?.lastTransitionTime ?? nowText;
	const pending = resize && {lastProbeTime: null, lastTransitionTime: since, ...resize, status: 'True', type: pendingResize};
	return [...others, ...(pending ? [pending] : []), ...result, scheduled];
}

/** A pod that failed while it ran is not called so before its containers have ended. Models status_manager.go mergePodStatus. */
function untilKilled(record: PodRecord, status: any, old: any): any {
	if (!record.failed || record.over || !old?.phase) return status;
	const all = [...(status.initContainerStatuses ?? []), ...(status.containerStatuses ?? [])];
	if (!all.some(each => each.state.running)) return status;
	const {reason: _, message: __, ...rest} = status;
	return {...rest, phase: old.phase};
}

/** Writes the status if it differs from what the API has; false when the API server could not be asked. */
export function writeStatus(context: KubeletContext, record: PodRecord): boolean {
	if (!context.reachable()) return false;
	const {metadata} = record.pod;
	const now = context.api.reader.find<any>('pods', metadata.namespace, metadata.name);
	if (!now || (!record.source && now.metadata.uid !== record.uid)) return true;
	const status = untilKilled(record, podStatus(context, record, now.status), now.status);
	if (equal(status, now.status)) return true;
	const phaseBefore = now.status?.phase;
	// A pod that is over stays over, whatever its containers say afterwards.
	if ((phaseBefore === 'Succeeded' || phaseBefore === 'Failed') && status.phase !== phaseBefore) return true;
	const {resourceVersion: _, ...rest} = now.metadata;
	context.client.updateStatus({...now, metadata: rest, status: {...(now.status?.resize && {resize: now.status.resize}), ...status}});
	return true;
}
