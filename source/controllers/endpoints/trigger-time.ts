import type {KubeObject} from '../../api/object.js';
import type {ControllerContext} from '../controller.js';
import {conditionOf} from '../pods/state.js';

/** What of a service and its pods a controller has seen already. */
interface Seen {
	readonly service: string;
	readonly pods: Readonly<Record<string, string>>;
}

export const triggerTime = 'endpoints.kubernetes.io/last-change-trigger-time';

/**
 * When that happened which now changes a service's addresses: the earliest news of it and its pods since the last look. Undefined where nothing
 * is newer, as when pods only went away. Models pkg/controller/util/endpoint/trigger_time_tracker.go.
 */
export function changeTriggerTime(
	{sim}: Pick<ControllerContext, 'sim'>,
	controller: string,
	key: string,
	service: KubeObject,
	pods: readonly KubeObject[],
): string | undefined {
	const table = sim.state.table<Seen>(`${controller}/trigger-times`);
	const before = table.get(key);
	const times: Record<string, string> = {};
	let count = 0;
	let earliest: string | undefined;
	const note = (time: string, known: string) => {
		if (time > known && (earliest === undefined || time < earliest)) earliest = time;
	};
	for (const pod of pods) {
		const time = podTime(pod);
		if (time === '') continue;
		const {name} = pod.metadata;
		times[name] = time;
		count++;
		note(time, before?.pods[name] ?? '');
	}

	const created = service.metadata.creationTimestamp ?? '';
	note(created, before?.service ?? '');
	if (earliest !== undefined || Object.keys(before?.pods ?? {}).length !== count) table.set(key, {service: created, pods: times});
	return earliest;
}

export const forgetTriggerTimes = ({sim}: Pick<ControllerContext, 'sim'>, controller: string, key: string): void =>
	void sim.state.table<Seen>(`${controller}/trigger-times`).delete(key);

const podTime = (pod: KubeObject): string =>
	(conditionOf(pod, 'Ready') as {lastTransitionTime?: string} | undefined)?.lastTransitionTime ?? '';
