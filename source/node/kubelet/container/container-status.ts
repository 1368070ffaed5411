import {rfc3339} from '../../../api/values/time.js';
import type {ContainerRow} from '../../container/container-spec.js';
import {parseReference} from '../../image/image-reference.js';
import type {KubeletContext} from '../context.js';
import {type ContainerState, type PodRecord, type SpecContainer, stateOf} from '../record.js';
import {allocated} from '../resize.js';

/** One entry of `status.containerStatuses`. Models kubelet_pods.go convertToAPIContainerStatuses. */
export function containerStatus(context: KubeletContext, record: PodRecord, container: SpecContainer): any {
	const {spec, kind} = container;
	const state = stateOf(record, spec.name);
	const row = state.id ? context.containerd.row(state.id) : undefined;
	const last = state.lastId ? context.containerd.row(state.lastId) : undefined;
	const running = row?.state === 'running';
	const shown = shownState(state, row);
	// While it waits to be started again, the run that has just ended is the last one.
	const previous = shown.waiting && row?.state === 'exited' ? row : last;
	const lastState = previous && (previous !== row || shown.waiting) ? {terminated: terminated(context, previous, spec)} : {};
	const reference = row && parseReference(row.image);
	return {
		...(row && {containerID: `containerd://${row.id}`}),
		image: reference && !('error' in reference) ? reference.name : spec.image,
		imageID: row?.imageId && reference && !('error' in reference) ? `${reference.repository}@${row.imageId}` : '',
		lastState,
		name: spec.name,
		ready: isReady(container, running && state.ready === true, shown.terminated?.exitCode),
		restartCount: state.restarts,
		...(running && resourcesOf(allocated(record, spec))),
		...(kind !== 'ephemeral' && {started: running && state.started === true}),
		state: shown.waiting ? {waiting: shown.waiting} : shown.running ? {running: shown.running} : {terminated: shown.terminated},
		...(mountStatuses(spec).length > 0 && {volumeMounts: mountStatuses(spec)}),
	};

	function shownState(its: ContainerState, at: ContainerRow | undefined): {waiting?: any; running?: any; terminated?: any} {
		if (at?.state === 'running') return {running: {startedAt: rfc3339(at.startedMs!)}};
		if (its.reason && (at?.state !== 'exited' || container.sidecar || startsAgain(record, at))) return {waiting: {...its.reason}};
		if (at?.state === 'exited') return {terminated: terminated(context, at, spec)};
		// Where there are init containers, they too are said to wait for initialisation.
		return {waiting: {reason: record.pod['spec'].initContainers?.length > 0 ? 'PodInitializing' : 'ContainerCreating'}};
	}
}

/** Models container/helpers.go ShouldContainerBeRestarted: one that is over for good does not wait for anything. */
function startsAgain({pod}: PodRecord, {exitCode}: ContainerRow): boolean {
	const policy = pod['spec'].restartPolicy ?? 'Always';
	return policy === 'Always' || (policy === 'OnFailure' && exitCode !== 0);
}

/** Models prober_manager.go UpdatePodStatus: an init container that has done its work is ready for good. */
const isReady = ({kind, sidecar}: SpecContainer, probed: boolean, exitCode: number | undefined): boolean =>
	kind === 'ephemeral' ? false : kind === 'init' && !sidecar ? exitCode === 0 : probed;

const resourcesOf = (resources: any) => ({...(resources.requests && {allocatedResources: resources.requests}), resources});

const mountStatuses = (spec: any): any[] =>
	(spec.volumeMounts ?? []).map(({name, mountPath, readOnly}: any) => ({
		mountPath,
		name,
		...(readOnly && {readOnly, recursiveReadOnly: 'Disabled'}),
	}));

/** `state.terminated` of a run that is over. */
export function terminated(context: KubeletContext, row: ContainerRow, spec: any): any {
	const message = row.message ?? terminationMessage(context, row, spec);
	return {
		containerID: `containerd://${row.id}`,
		exitCode: row.exitCode ?? 0,
		finishedAt: rfc3339(row.finishedMs ?? 0),
		...(message && {message}),
		reason: row.reason,
		startedAt: rfc3339(row.startedMs ?? 0),
	};
}

const messageBytesMax = 4096;
const fallbackLines = 80;

function terminationMessage({host, containerd}: KubeletContext, row: ContainerRow, spec: any): string {
	const mount = row.mounts.find(each => each.path === row.terminationMessagePath)?.mount;
	const text = mount && host.volumes.open(mount).get(mount.path ?? '/')?.text;
	if (text) return text.slice(0, messageBytesMax);
	if (spec.terminationMessagePolicy !== 'FallbackToLogsOnError' || row.exitCode === 0) return '';
	const lines = containerd.logs(row.id).slice(-fallbackLines);
	return lines
		.map(line => `${line.text}\n`)
		.join('')
		.slice(-2048);
}
