import type {KubeObject} from '../../api/object.js';
import {equal} from '../../api/values/plain.js';
import {capacityOf, shortage} from './admit.js';
import type {KubeletContext} from './context.js';
import {type PodRecord, specContainers, stateOf, withContainer} from './record.js';

/** Conditions of the pod that are the kubelet's own while a resize waits. */
export const pendingResize = 'PodResizePending';

/** What a container has been given: while a resize waits, that is not what its spec asks for. */
export const allocated = ({allocated: given}: PodRecord, spec: any): any => given?.[spec.name] ?? spec.resources ?? {};

/**
 * The pod has come anew, perhaps with other resources: they are given at once, after a restart where the policy says so, or not yet.
 * Models kubelet.go handlePodResourcesResize and kuberuntime_manager.go computePodResizeAction.
 */
export function takeResources(context: KubeletContext, record: PodRecord, pod: KubeObject): PodRecord {
	const before = new Map(specContainers(record.pod).map(({spec}) => [spec.name, allocated(record, spec)]));
	const changed = specContainers(pod).filter(({spec}) => before.has(spec.name) && !equal(spec.resources ?? {}, before.get(spec.name)));
	const {allocated: _, resize: __, ...rest} = record;
	if (changed.length === 0) return {...rest, pod};
	const resize = refusal(context, record, pod);
	if (resize) return {...rest, pod, resize, allocated: Object.fromEntries(changed.map(({spec}) => [spec.name, before.get(spec.name)]))};
	let result: PodRecord = {...rest, pod};
	for (const {spec} of changed) {
		const restarts = (spec.resizePolicy ?? []).some(
			({resourceName, restartPolicy}: any) =>
				restartPolicy === 'RestartContainer' && differs(before.get(spec.name), spec.resources ?? {}, resourceName),
		);
		if (restarts && stateOf(record, spec.name).id)
			result = withContainer(result, spec.name, {kill: `Container ${spec.name} resize requires restart`});
	}

	return result;
}

const differs = (before: any, now: any, name: string): boolean =>
	['limits', 'requests'].some(kind => before?.[kind]?.[name] !== now[kind]?.[name]);

/** More than the node has is never given; more than is free waits. */
function refusal(context: KubeletContext, record: PodRecord, pod: KubeObject): PodRecord['resize'] {
	for (const {name, requested, capacity} of capacityOf(context, pod)) {
		const message = `Node didn't have enough capacity: ${name}, requested: ${requested}, capacity: ${capacity}`;
		if (requested > capacity) return {reason: 'Infeasible', message};
	}

	const others = [...context.records.values()].filter(each => each.uid !== record.uid && each.admitted && !each.over && !each.failed);
	const short = shortage(
		context,
		pod,
		others.map(each => each.pod),
	);
	return short && {reason: 'Deferred', message: short.message};
}
