import type {KubeObject} from '../../api/object.js';
import {addQuantities, compareQuantities, parseQuantity, printQuantity, type Quantity} from '../../api/values/quantity.js';
import {qosClass} from '../pod/qos.js';

/** What one object uses of the resources a quota can name, by those names. */
export type Usage = Record<string, Quantity>;

const one = parseQuantity('1');
const counted = new Set(['configmaps', 'persistentvolumeclaims', 'replicationcontrollers', 'resourcequotas', 'secrets', 'services']);

/** Models pkg/quota/v1/evaluator/core: pods, services and claims weigh more than their number. */
export function usageOf(resource: string, object: KubeObject): Usage {
	const usage: Usage = {[`count/${resource}`]: one};
	if (counted.has(resource)) usage[resource] = one;
	if (resource === 'pods') addPod(usage, object);
	if (resource === 'services') addService(usage, object);
	if (resource === 'persistentvolumeclaims') addClaim(usage, object);
	return usage;
}

function addPod(usage: Usage, pod: KubeObject): void {
	if (pod['status']?.phase === 'Succeeded' || pod['status']?.phase === 'Failed') return;
	usage['pods'] = one;
	const requests = podTotal(pod, 'requests');
	for (const [name, quantity] of Object.entries(requests)) {
		usage[`requests.${name}`] = quantity;
		if (['cpu', 'memory', 'ephemeral-storage'].includes(name)) usage[name] = quantity;
	}

	for (const [name, quantity] of Object.entries(podTotal(pod, 'limits'))) usage[`limits.${name}`] = quantity;
}

function addService(usage: Usage, {spec}: KubeObject): void {
	const balanced = spec.type === 'LoadBalancer';
	const nodePorts = spec.type === 'NodePort' || (balanced && spec.allocateLoadBalancerNodePorts !== false) ? (spec.ports?.length ?? 0) : 0;
	usage['services.nodeports'] = parseQuantity(String(nodePorts));
	usage['services.loadbalancers'] = parseQuantity(balanced ? '1' : '0');
}

function addClaim(usage: Usage, {spec}: KubeObject): void {
	const size = spec.resources?.requests?.storage;
	if (size !== undefined) usage['requests.storage'] = parseQuantity(String(size));
	if (!spec.storageClassName) return;
	const prefix = `${spec.storageClassName}.storageclass.storage.k8s.io`;
	usage[`${prefix}/persistentvolumeclaims`] = one;
	if (size !== undefined) usage[`${prefix}/requests.storage`] = parseQuantity(String(size));
}

type Totals = Record<string, Quantity>;

/** What runs together, or the largest init container where that is more. */
function podTotal(pod: KubeObject, which: 'requests' | 'limits'): Totals {
	const {containers = [], initContainers = [], overhead} = pod['spec'];
	const total: Totals = {};
	for (const container of containers) add(total, container.resources?.[which]);
	const sidecars: Totals = {};
	const peak: Totals = {};
	for (const container of initContainers) {
		const own = {...sidecars};
		add(own, container.resources?.[which]);
		if (container.restartPolicy === 'Always') add(sidecars, container.resources?.[which]);
		for (const name in own) if (!peak[name] || compareQuantities(own[name]!, peak[name]) > 0) peak[name] = own[name]!;
	}

	for (const name in sidecars) total[name] = total[name] ? addQuantities(total[name], sidecars[name]!) : sidecars[name]!;
	for (const name in peak) if (!total[name] || compareQuantities(peak[name]!, total[name]) > 0) total[name] = peak[name]!;
	add(total, overhead);
	return total;
}

function add(total: Totals, list: Record<string, string | number> | undefined): void {
	for (const [name, text] of Object.entries(list ?? {})) {
		const quantity = parseQuantity(String(text));
		total[name] = total[name] ? addQuantities(total[name], quantity) : quantity;
	}
}

/** Scopes are about pods only; a quota that has one counts nothing else. */
export function quotaCovers(quota: KubeObject, resource: string, object: KubeObject): boolean {
	const {scopes = [], scopeSelector} = quota['spec'];
	const rules = [
		...scopes.map((scopeName: string) => ({scopeName, operator: 'Exists', values: []})),
		...(scopeSelector?.matchExpressions ?? []),
	];
	return rules.length === 0 || (resource === 'pods' && rules.every(rule => inScope(rule, object)));
}

function inScope({scopeName, operator, values = []}: {scopeName: string; operator: string; values?: string[]}, pod: KubeObject): boolean {
	const {activeDeadlineSeconds, priorityClassName = '', affinity} = pod['spec'];
	switch (scopeName) {
		case 'Terminating':
			return activeDeadlineSeconds !== undefined;
		case 'NotTerminating':
			return activeDeadlineSeconds === undefined;
		case 'BestEffort':
			return qosClass(pod) === 'BestEffort';
		case 'NotBestEffort':
			return qosClass(pod) !== 'BestEffort';
		case 'CrossNamespacePodAffinity':
			return JSON.stringify(affinity ?? {}).includes('"namespace');
		case 'PriorityClass':
			if (operator === 'Exists') return priorityClassName !== '';
			if (operator === 'DoesNotExist') return priorityClassName === '';
			return values.includes(priorityClassName) === (operator === 'In');
		default:
			return false;
	}
}

/** `spec.hard` and how much of it is used, as the status of a quota says it. */
export function quotaStatus(quota: KubeObject, objects: ReadonlyArray<readonly [resource: string, object: KubeObject]>) {
	const {hard = {}} = quota['spec'];
	const used: Record<string, Quantity> = Object.fromEntries(Object.keys(hard).map(name => [name, parseQuantity('0')]));
	for (const [resource, object] of objects) {
		if (!quotaCovers(quota, resource, object)) continue;
		for (const [name, quantity] of Object.entries(usageOf(resource, object))) {
			if (Object.hasOwn(used, name)) used[name] = addQuantities(used[name]!, quantity);
		}
	}

	return {hard, used: Object.fromEntries(Object.entries(used).map(([name, quantity]) => [name, printQuantity(quantity)]))};
}
