import {keyOf, type KubeObject, splitKey} from '../../api/object.js';
import {equal} from '../../api/values/plain.js';
import {isNotFound} from '../../api/status.js';
import type {Controller, ControllerContext} from '../controller.js';
import {podsByLabel, podsWithLabels, servicesBySelector} from '../pods/indexes.js';
import {isReady} from '../pods/state.js';
import {hostnameOf, isEndpoint, isHeadless, type PodEndpoint, portsFor, targetRef} from './pod-endpoint.js';
import {podsOfServices} from './service-keys.js';
import {changeTriggerTime, forgetTriggerTimes, triggerTime} from './trigger-time.js';

/** Addresses of one Endpoints object; the rest is cut off. */
const addressesMax = 1000;
const managedBy = {'endpoints.kubernetes.io/managed-by': 'endpoint-controller'};
const headlessLabel = 'service.kubernetes.io/headless';

/** The old, flat list of a service's addresses. Models pkg/controller/endpoint. */
const endpoints: Controller = {
	name: 'endpoint-controller',
	indexes: [podsByLabel, servicesBySelector],
	watches: [
		{resource: 'services', keys: ({object}) => [keyOf(object)]},
		podsOfServices,
		{resource: 'endpoints', keys: ({type, object}) => (type === 'DELETED' ? [keyOf(object)] : [])},
	],
	reconcile(key, context) {
		const {namespace, name} = splitKey(key);
		const {client} = context;
		const service = client.find<KubeObject>('services', namespace, name);
		const present = client.find<KubeObject>('endpoints', namespace, name);
		if (!service) {
			// With the service its Endpoints go, also those that somebody wrote by hand.
			if (present) remove(context, present);
			forgetTriggerTimes(context, endpoints.name, key);
			return undefined;
		}

		if (!service['spec'].selector || service['spec'].type === 'ExternalName') return undefined;
		const pods = podsWithLabels(context.client, namespace!, service['spec'].selector);
		const changedAt = changeTriggerTime(context, endpoints.name, key, service, pods);
		write(context, service, present, subsetsOf(pods, service), changedAt);
		return undefined;
	},
};
export default endpoints;

function remove({client}: ControllerContext, {metadata}: KubeObject): void {
	try {
		client.delete('endpoints', metadata.namespace, metadata.name);
	} catch (error) {
		if (!isNotFound(error)) throw error;
	}
}

function write(
	{client}: ControllerContext,
	service: KubeObject,
	present: KubeObject | undefined,
	subsets: Subset[],
	changedAt: string | undefined,
): void {
	const labels = {...service.metadata.labels, ...managedBy, ...(isHeadless(service) && {[headlessLabel]: ''})};
	if (present && equal(present['subsets'] ?? [], subsets) && equal(present.metadata.labels ?? {}, labels)) return;
	const {[triggerTime]: _, ...others} = present?.metadata.annotations ?? {};
	const annotations = {...others, ...(changedAt && {[triggerTime]: changedAt})};
	const {name, namespace} = service.metadata;
	const metadata = present ? {...present.metadata, labels, annotations} : {name, ...(namespace && {namespace}), labels, annotations};
	const next = {apiVersion: 'v1', kind: 'Endpoints', metadata, ...(subsets.length > 0 && {subsets})};
	if (present) client.update(next);
	else client.create(next);
}

interface Subset {
	addresses?: unknown[];
	notReadyAddresses?: unknown[];
	ports?: unknown[];
}

/** Addresses with the same ports share a subset (k8s.io/kubernetes/pkg/api/v1/endpoints RepackSubsets). */
function subsetsOf(pods: readonly KubeObject[], service: KubeObject): Subset[] {
	const withTerminating = Boolean(service['spec'].publishNotReadyAddresses);
	const groups = new Map<string, PodEndpoint[]>();
	let count = 0;
	for (const pod of pods) {
		if (!isEndpoint(pod, withTerminating) || count >= addressesMax) continue;
		const ports = portsFor(service, pod);
		if (ports.length === 0 && !(isHeadless(service) && !service['spec'].ports?.length)) continue;
		const key = JSON.stringify(ports);
		const group = groups.get(key);
		const endpoint = {pod, ip: pod['status'].podIP as string, ports};
		if (group) group.push(endpoint);
		else groups.set(key, [endpoint]);
		count++;
	}

	return [...groups.values()].map(group => subsetOf(service, group));
}

function subsetOf(service: KubeObject, group: PodEndpoint[]): Subset {
	const sorted = [...group].sort((a, b) => (a.ip < b.ip ? -1 : 1));
	const ready = ({pod}: PodEndpoint) => Boolean(service['spec'].publishNotReadyAddresses) || isReady(pod);
	const address = ({ip, pod}: PodEndpoint) => {
		const hostname = hostnameOf(service, pod);
		return {ip, ...(hostname && {hostname}), nodeName: pod['spec'].nodeName, targetRef: targetRef(pod)};
	};
	const [up, down] = [sorted.filter(ready).map(address), sorted.filter(endpoint => !ready(endpoint)).map(address)];
	const ports = [...sorted[0]!.ports].sort((a, b) => ((a.name ?? '') < (b.name ?? '') ? -1 : 1));
	return {...(up.length > 0 && {addresses: up}), ...(down.length > 0 && {notReadyAddresses: down}), ...(ports.length > 0 && {ports})};
}
