import {keyOf, type KubeObject, splitKey} from '../../api/object.js';
import type {Controller} from '../controller.js';
import {triggerTime} from '../endpoints/trigger-time.js';
import {ownerReferenceTo} from '../pods/claim.js';
import {type Group, managedByLabel, reconcileSlices, serviceNameLabel, sliceResource, slicesByService} from './slices.js';

const managedBy = 'endpointslicemirroring-controller.k8s.io';

/** Endpoints written by hand, for a service without a selector, also get slices. Models pkg/controller/endpointslicemirroring. */
const mirroring: Controller = {
	name: 'endpointslicemirroring-controller',
	component: 'endpoint-slice-mirroring-controller',
	indexes: [slicesByService],
	watches: [
		{resource: 'endpoints', keys: ({object}) => (object.metadata.labels?.['endpoints.kubernetes.io/managed-by'] ? [] : [keyOf(object)])},
		{resource: 'services', keys: ({object}) => [keyOf(object)]},
		{
			resource: sliceResource,
			keys({type, object}) {
				const {labels, namespace} = object.metadata;
				return type !== 'ADDED' && labels?.[managedByLabel] === managedBy ? [`${namespace}/${labels[serviceNameLabel]}`] : [];
			},
		},
	],
	reconcile(key, context) {
		const {namespace, name} = splitKey(key);
		const {client} = context;
		const endpoints = client.find<KubeObject>('endpoints', namespace, name);
		const service = client.find<KubeObject>('services', namespace, name);
		const present = client
			.indexed<KubeObject>(sliceResource, 'service', key)
			.filter(slice => slice.metadata.labels?.[managedByLabel] === managedBy && !slice.metadata.deletionTimestamp);
		if (!endpoints || !service || service['spec'].selector || !isMirrored(endpoints)) {
			for (const slice of present) client.delete(sliceResource, namespace, slice.metadata.name);
			return undefined;
		}

		const labels = {...endpoints.metadata.labels, [serviceNameLabel]: name, [managedByLabel]: managedBy};
		const {[triggerTime]: _, 'kubectl.kubernetes.io/last-applied-configuration': __, ...annotations} = endpoints.metadata.annotations ?? {};
		const owner = ownerReferenceTo(endpoints);
		const groups = (endpoints['subsets'] ?? []).flatMap(groupsOf);
		reconcileSlices(context, {owner, namespace: namespace!, service: name, labels, annotations, groups, placeholder: false}, present);
		return undefined;
	},
};
export default mirroring;

const isMirrored = ({metadata}: KubeObject): boolean =>
	metadata.labels?.['endpointslice.kubernetes.io/skip-mirror'] !== 'true' &&
	!metadata.labels?.['endpoints.kubernetes.io/managed-by'] &&
	!metadata.annotations?.['control-plane.alpha.kubernetes.io/leader'];

function groupsOf(subset: any): Group[] {
	const entries = [
		...(subset.addresses ?? []).map((address: any) => ({address, ready: true})),
		...(subset.notReadyAddresses ?? []).map((address: any) => ({address, ready: false})),
	];
	const ports = (subset.ports ?? []).map(({name, port, protocol = 'TCP', appProtocol}: any) => ({
		name: name ?? '',
		protocol,
		port,
		...(appProtocol && {appProtocol}),
	}));
	return (['IPv4', 'IPv6'] as const)
		.map(addressType => ({
			addressType,
			ports,
			endpoints: entries.filter(({address}) => address.ip.includes(':') === (addressType === 'IPv6')).map(endpointOf),
		}))
		.filter(({endpoints}) => endpoints.length > 0);
}

const endpointOf = ({address, ready}: {address: any; ready: boolean}) => ({
	addresses: [address.ip],
	conditions: {ready},
	...(address.hostname && {hostname: address.hostname}),
	...(address.nodeName && {nodeName: address.nodeName}),
	...(address.targetRef && {targetRef: address.targetRef}),
});
