import type {KubeObject} from '../../api/object.js';
import {amountOf} from '../quantity.js';

/** What a pod asks for, by resource. Cpu in thousandths. */
export type Amounts = Readonly<Record<string, number>>;

const remembered = new WeakMap<object, Amounts>();

/**
 * The larger of what runs together and what any init container needs at its turn; sidecars run through both. Models
 * k8s.io/component-helpers/resource PodRequests.
 */
export function requestsOf(pod: KubeObject): Amounts {
	const spec = pod['spec'];
	let amounts = remembered.get(spec);
	if (!amounts) remembered.set(spec, (amounts = compute(spec)));
	return amounts;
}

function compute(spec: any): Amounts {
	const total: Record<string, number> = {};
	for (const container of spec.containers) add(total, requests(container));
	const sidecars: Record<string, number> = {};
	const peak: Record<string, number> = {};
	for (const container of spec.initContainers ?? []) {
		const own = {...sidecars};
		add(own, requests(container));
		if (container.restartPolicy === 'Always') add(sidecars, requests(container));
		raise(peak, own);
	}

	add(total, sidecars);
	raise(total, peak);
	const podLevel = requests(spec);
	for (const name of ['cpu', 'memory']) if (podLevel[name] !== undefined) total[name] = podLevel[name];
	add(total, amounts(spec.overhead));
	return total;
}

const requests = ({resources}: any): Record<string, number> => ({...amounts(resources?.limits), ...amounts(resources?.requests)});

const amounts = (list: Record<string, string> | undefined): Record<string, number> =>
	Object.fromEntries(Object.entries(list ?? {}).map(([name, quantity]) => [name, amountOf(name, quantity)]));

function add(total: Record<string, number>, more: Amounts): void {
	for (const name in more) total[name] = (total[name] ?? 0) + more[name]!;
}

function raise(total: Record<string, number>, least: Amounts): void {
	for (const name in least) total[name] = Math.max(total[name] ?? 0, least[name]!);
}

/** A pod without requests still weighs something when nodes are compared (pkg/scheduler/util GetNonzeroRequests). */
export const nonZero = (amounts: Amounts): {cpu: number; memory: number} => ({
	cpu: amounts['cpu'] ?? 100,
	memory: amounts['memory'] ?? 200 * 1024 * 1024,
});
