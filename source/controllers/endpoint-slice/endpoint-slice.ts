import {keyOf, type KubeObject, splitKey} from '../../api/object.js';
import type {Controller, ControllerContext} from '../controller.js';
import {conditionsOf, hostnameOf, isEndpoint, isHeadless, portsFor, targetRef} from '../endpoints/pod-endpoint.js';
import {changeTriggerTime, forgetTriggerTimes} from '../endpoints/trigger-time.js';
import {podsOfServices} from '../endpoints/service-keys.js';
import {ownerReferenceTo} from '../pods/claim.js';
import {podsByLabel, podsWithLabels, servicesBySelector} from '../pods/indexes.js';
import {zoneHints} from './hints.js';
import {type Endpoint, type Group, managedByLabel, reconcileSlices, serviceNameLabel, sliceResource, slicesByService} from './slices.js';

const managedBy = 'endpointslice-controller.k8s.io';

/** What kube-proxy and CoreDNS read: the endpoints of a service in slices. Models k8s.io/endpointslice. */
const endpointSlice: Controller = {
	name: 'endpointslice-controller',
	component: 'endpoint-slice-controller',
	indexes: [podsByLabel, servicesBySelector, slicesByService],
	watches: [
		{resource: 'services', keys: ({object}) => [keyOf(object)]},
		podsOfServices,
		{
			resource: sliceResource,
			keys({type, object}) {
				const {labels, namespace} = object.metadata;
				return type !== 'ADDED' && labels?.[managedByLabel] === managedBy ? [`${namespace}/${labels[serviceNameLabel]}`] : [];
			},
		},
		{
			// A node's zone is part of its pods' endpoints.
			resource: 'nodes',
			keys({object, old}, {api}) {
				if (!old || zoneOf(old) === zoneOf(object)) return [];
				return api.reader.list('services').map(keyOf);
			},
		},
	],
	reconcile(key, context) {
		const {namespace, name} = splitKey(key);
		const service = context.client.find<KubeObject>('services', namespace, name);
		if (!service) forgetTriggerTimes(context, endpointSlice.name, key);
		if (!service?.['spec'].selector || service.metadata.deletionTimestamp || service['spec'].type === 'ExternalName') return undefined;
		const present = context.client.indexed<KubeObject>(sliceResource, 'service', key).filter(isOurs);
		const groups = groupsOf(context, service);
		const labels = {
			...service.metadata.labels,
			...(isHeadless(service) && {'service.kubernetes.io/headless': ''}),
			[serviceNameLabel]: name,
			[managedByLabel]: managedBy,
		};
		const owner = ownerReferenceTo(service);
		const pods = podsWithLabels(context.client, namespace!, service['spec'].selector);
		const changedAt = changeTriggerTime(context, endpointSlice.name, key, service, pods);
		const wanted = {owner, namespace: namespace!, service: name, labels, groups, placeholder: true, ...(changedAt && {changedAt})};
		reconcileSlices(context, wanted, present);
		return undefined;
	},
};
export default endpointSlice;

const isOurs = ({metadata}: KubeObject): boolean => metadata.labels?.[managedByLabel] === managedBy && !metadata.deletionTimestamp;
const zoneOf = (node: KubeObject | undefined): string | undefined => node?.metadata.labels?.['topology.kubernetes.io/zone'];

function groupsOf(context: ControllerContext, service: KubeObject): Group[] {
	const groups = new Map<string, {addressType: Group['addressType']; ports: Group['ports']; endpoints: Endpoint[]}>();
	for (const family of (service['spec'].ipFamilies ?? ['IPv4']) as Array<Group['addressType']>) {
		for (const pod of podsWithLabels(context.client, service.metadata.namespace!, service['spec'].selector)) {
			const address = isEndpoint(pod, true) ? addressOf(pod, family) : undefined;
			if (!address) continue;
			// Unlike Endpoints a slice names every port, be it with nothing.
			const ports = portsFor(service, pod).map(port => ({...port, name: port.name ?? ''}));
			const key = `${family}${JSON.stringify(ports)}`;
			let group = groups.get(key);
			if (!group) groups.set(key, (group = {addressType: family, ports, endpoints: []}));
			group.endpoints.push(podToEndpoint(service, pod, address, nodeOf(context, pod)));
		}
	}

	return zoneHints(context, service, [...groups.values()]);
}

const addressOf = (pod: KubeObject, family: string): string | undefined =>
	((pod['status'].podIPs ?? [{ip: pod['status'].podIP}]) as Array<{ip: string}>).find(({ip}) => ip.includes(':') === (family === 'IPv6'))
		?.ip;

const nodeOf = ({client}: ControllerContext, pod: KubeObject) => client.find<KubeObject>('nodes', undefined, pod['spec'].nodeName ?? '');

export function podToEndpoint(service: KubeObject, pod: KubeObject, address: string, node: KubeObject | undefined): Endpoint {
	const zone = zoneOf(node);
	const hostname = hostnameOf(service, pod);
	return {
		addresses: [address],
		conditions: conditionsOf(service, pod),
		...(hostname && {hostname}),
		...(pod['spec'].nodeName && {nodeName: pod['spec'].nodeName}),
		targetRef: targetRef(pod),
		...(zone && {zone}),
	};
}
