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
	const now: Seen = {
		service: service.metadata.creationTimestamp ?? '',
		pods: Object.fromEntries(pods.map(pod => [pod.metadata.name, podTime(pod)] as const).filter(([, time]) => time !== '')),
	};
	const news = Object.entries(now.pods)
		.filter(([name, time]) => time > (before?.pods[name] ?? ''))
		.map(([, time]) => time);
	if (now.service > (before?.service ?? '')) news.push(now.service);
	if (news.length > 0 || Object.keys(before?.pods ?? {}).length !== Object.keys(now.pods).length) table.set(key, now);
	return news.sort()[0];
}

export const forgetTriggerTimes = ({sim}: Pick<ControllerContext, 'sim'>, controller: string, key: string): void =>
	void sim.state.table<Seen>(`${controller}/trigger-times`).delete(key);

const podTime = (pod: KubeObject): string =>
	(conditionOf(pod, 'Ready') as {lastTransitionTime?: string} | undefined)?.lastTransitionTime ?? '';
