import {controllerOf, keyOf, type KubeObject, splitKey} from '../../api/object.js';
import {isNotFound} from '../../api/status.js';
import {rfc3339} from '../../api/values/time.js';
import type {Again, Controller, ControllerContext} from '../controller.js';
import {podsByNode} from '../pods/indexes.js';
import {podsByAddress, takeAddress} from './pod-address.js';

/** A Job's pod runs for so long. */
const jobRunMs = 700;

/**
 * Stands for the kubelets of a cluster without containers, as KWOK does: every image runs for ever and is ready, a Job's pod succeeds, an
 * image named `missing`, `bad` or `nope` is never there. A pod that is deleted is gone at once.
 */
const standInKubelet: Controller = {
	name: 'stand-in-kubelet',
	component: 'kubelet',
	// What the server calls a client without a user agent.
	manager: 'unknown',
	indexes: [podsByNode, podsByAddress],
	watches: [{resource: 'pods', keys: ({type, object}) => (type !== 'DELETED' && object['spec'].nodeName ? [keyOf(object)] : [])}],
	reconcile(key, context) {
		const {namespace, name} = splitKey(key);
		const pod = context.client.find<KubeObject>('pods', namespace, name);
		const node = pod?.['spec'].nodeName && context.client.find<KubeObject>('nodes', undefined, pod['spec'].nodeName);
		if (!pod || !node) return undefined;
		if (pod.metadata.deletionTimestamp) return remove(context, pod);
		const startedMs = startedTable(context).get(pod.metadata.uid!);
		if (startedMs === undefined && pod['status']?.phase === 'Pending') return start(context, pod, node);
		return pod['status']?.phase === 'Running' && isJobs(pod) ? finish(context, pod, startedMs ?? 0) : undefined;
	},
};
export default standInKubelet;

/** When each pod's containers started, by uid. */
const startedTable = ({sim}: ControllerContext) => sim.state.table<number>('stand-in-kubelet/started');
const isJobs = (pod: KubeObject): boolean => controllerOf(pod)?.kind === 'Job';
const isStuck = (image: string): boolean => /missing|bad|nope/.test(image);

function remove(context: ControllerContext, {metadata}: KubeObject): undefined {
	startedTable(context).delete(metadata.uid!);
	try {
		context.client.delete('pods', metadata.namespace, metadata.name, {gracePeriodSeconds: 0, preconditions: {uid: metadata.uid!}});
	} catch (error) {
		if (!isNotFound(error)) throw error;
	}

	return undefined;
}

function start(context: ControllerContext, pod: KubeObject, node: KubeObject): Again | undefined {
	const nowMs = context.sim.clock.now();
	const now = rfc3339(nowMs);
	const {spec, status} = pod;
	const stuck = spec.containers.some(({image}: {image: string}) => isStuck(image));
	if (stuck && status.startTime) return undefined;
	const hostIP = node['status']?.addresses?.find(({type}: {type: string}) => type === 'InternalIP')?.address;
	const podIP = status.podIP ?? (spec.hostNetwork ? hostIP : takeAddress(context, pod, node));
	const ready = stuck ? 'False' : 'True';
	const standing = new Map((status.conditions ?? []).map((condition: any) => [condition.type, condition]));
	const conditions = [
		['PodReadyToStartContainers', 'True'],
		['Initialized', 'True'],
		['Ready', ready],
		['ContainersReady', ready],
		['PodScheduled', 'True'],
	].map(([type, value]) => {
		const before: any = standing.get(type);
		return {type, status: value, lastProbeTime: null, lastTransitionTime: before?.status === value ? before.lastTransitionTime : now};
	});
	if (!stuck) startedTable(context).set(pod.metadata.uid!, nowMs);
	const {initContainers = [], containers} = spec;
	context.client.updateStatus({
		...pod,
		status: {
			...status,
			phase: stuck ? 'Pending' : 'Running',
			...(hostIP && {hostIP, hostIPs: [{ip: hostIP}]}),
			podIP,
			podIPs: [{ip: podIP}],
			startTime: status.startTime ?? now,
			...(initContainers.length > 0 && {initContainerStatuses: initContainers.map((container: any) => initStatus(container, pod, now))}),
			containerStatuses: containers.map((container: any) => containerStatus(container, pod, now)),
			conditions,
		},
	});
	return isJobs(pod) && !stuck ? {againAfterMs: jobRunMs, idle: true} : undefined;
}

const base = ({name, image}: any, {metadata}: KubeObject) => ({
	name,
	image,
	imageID: isStuck(image) ? '' : `docker.io/${image}`,
	restartCount: 0,
	lastState: {},
	...(!isStuck(image) && {containerID: `containerd://${metadata.uid}`}),
});

const containerStatus = (container: any, pod: KubeObject, now: string) =>
	isStuck(container.image)
		? {
				...base(container, pod),
				ready: false,
				started: false,
				state: {waiting: {reason: 'ErrImagePull', message: `failed to pull image "${container.image}"`}},
			}
		: {...base(container, pod), ready: true, started: true, state: {running: {startedAt: now}}};

const initStatus = (container: any, pod: KubeObject, now: string) =>
	container.restartPolicy === 'Always'
		? containerStatus(container, pod, now)
		: {
				...base(container, pod),
				ready: true,
				started: false,
				state: {terminated: {exitCode: 0, reason: 'Completed', startedAt: now, finishedAt: now}},
			};

function finish(context: ControllerContext, pod: KubeObject, startedMs: number): Again | undefined {
	const nowMs = context.sim.clock.now();
	if (nowMs < startedMs + jobRunMs) return {againAfterMs: startedMs + jobRunMs - nowMs, idle: true};
	const now = rfc3339(nowMs);
	const containerStatuses = pod['status'].containerStatuses.map((status: any) => ({
		...status,
		ready: false,
		started: false,
		state: {terminated: {exitCode: 0, reason: 'Completed', startedAt: status.state.running?.startedAt ?? now, finishedAt: now}},
	}));
	const conditions = pod['status'].conditions.map((condition: any) =>
		condition.type === 'Ready' || condition.type === 'ContainersReady'
			? {...condition, status: 'False', reason: 'PodCompleted', lastTransitionTime: now}
			: condition,
	);
	context.client.updateStatus({...pod, status: {...pod['status'], phase: 'Succeeded', containerStatuses, conditions}});
	return undefined;
}
