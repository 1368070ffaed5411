import type {KubeObject, OwnerReference} from '../../api/object.js';
import {equal} from '../../api/values/plain.js';
import type {ControllerContext} from '../controller.js';
import {triggerTime} from '../endpoints/trigger-time.js';
import type {EndpointPort} from '../endpoints/pod-endpoint.js';

export const sliceResource = 'endpointslices.discovery.k8s.io';
export const serviceNameLabel = 'kubernetes.io/service-name';
export const managedByLabel = 'endpointslice.kubernetes.io/managed-by';

/** Slices by the service they belong to. */
export const slicesByService = {
	resource: sliceResource,
	index: 'service',
	keys: ({metadata}: KubeObject): readonly string[] => {
		const service = metadata.labels?.[serviceNameLabel];
		return service ? [`${metadata.namespace}/${service}`] : [];
	},
};

export interface Endpoint {
	readonly addresses: readonly string[];
	readonly [field: string]: unknown;
}

/** Endpoints that share their ports. */
export interface Group {
	readonly addressType: 'IPv4' | 'IPv6';
	readonly ports: readonly EndpointPort[];
	readonly endpoints: readonly Endpoint[];
}

export interface Wanted {
	/** Object the slices belong to, e.g. the Service. */
	readonly owner: OwnerReference;
	readonly namespace: string;
	/** Slices are named `<service>-xxxxx`. */
	readonly service: string;
	readonly labels: Readonly<Record<string, string>>;
	readonly annotations?: Readonly<Record<string, string>>;
	/** When what is new happened; absent where only something went away. */
	readonly changedAt?: string;
	readonly groups: readonly Group[];
	/** Keep one empty slice, so that "no endpoints" can be told from "not seen yet". */
	readonly placeholder: boolean;
}

/** `--max-endpoints-per-slice` */
const endpointsMax = 100;

interface Plan {
	/** Present slice to change, if there is one. */
	readonly slice?: KubeObject;
	readonly group: Group;
	readonly endpoints: readonly Endpoint[];
}

/** Changes as few slices as possible: endpoints stay where they are. Models k8s.io/endpointslice reconciler.go. */
export function reconcileSlices(context: ControllerContext, wanted: Wanted, present: readonly KubeObject[]): void {
	const plans: Plan[] = [];
	const spare: KubeObject[] = [];
	const left = new Set(present);
	for (const group of wanted.groups) {
		const same = present.filter(slice => left.has(slice) && sameShape(slice, group));
		for (const slice of same) left.delete(slice);
		plans.push(...planGroup(group, same, spare));
	}

	spare.push(...left);
	if (plans.length === 0 && wanted.placeholder) plans.push({group: {addressType: 'IPv4', ports: [], endpoints: []}, endpoints: []});
	for (const plan of plans) {
		const slice = plan.slice ?? takeSpare(spare, plan.group.addressType);
		write(context, wanted, plan, slice);
	}

	for (const slice of spare) context.client.delete(sliceResource, slice.metadata.namespace, slice.metadata.name);
}

const sameShape = (slice: KubeObject, {addressType, ports}: Group): boolean =>
	slice['addressType'] === addressType && equal(slice['ports'] ?? [], ports);

/** A slice about to go is given new contents rather than deleted. */
function takeSpare(spare: KubeObject[], addressType: string): KubeObject | undefined {
	const at = spare.findIndex(slice => slice['addressType'] === addressType);
	return at === -1 ? undefined : spare.splice(at, 1)[0];
}

function planGroup(group: Group, same: readonly KubeObject[], spare: KubeObject[]): Plan[] {
	const wanted = new Map(group.endpoints.map(endpoint => [identity(endpoint), endpoint]));
	const kept: Array<{slice: KubeObject; endpoints: Endpoint[]}> = [];
	for (const slice of same) {
		const endpoints: Endpoint[] = [];
		for (const endpoint of (slice['endpoints'] ?? []) as Endpoint[]) {
			const next = wanted.get(identity(endpoint));
			if (!next) continue;
			wanted.delete(identity(endpoint));
			endpoints.push(next);
		}

		if (endpoints.length > 0) kept.push({slice, endpoints});
		else spare.push(slice);
	}

	const fresh = [...wanted.values()];
	for (const {endpoints} of kept) endpoints.push(...fresh.splice(0, endpointsMax - endpoints.length));
	const plans: Plan[] = kept.map(({slice, endpoints}) => ({slice, group, endpoints}));
	while (fresh.length > 0) plans.push({group, endpoints: fresh.splice(0, endpointsMax)});
	return plans;
}

const identity = (endpoint: Endpoint): string =>
	`${(endpoint['targetRef'] as {uid?: string} | undefined)?.uid ?? ''}/${endpoint.addresses[0]}`;

function write({client}: ControllerContext, wanted: Wanted, {group, endpoints}: Plan, slice: KubeObject | undefined): void {
	const same =
		slice &&
		sameShape(slice, group) &&
		equal(slice['endpoints'] ?? [], endpoints) &&
		equal(slice.metadata.labels, wanted.labels) &&
		Object.entries(wanted.annotations ?? {}).every(([key, value]) => slice.metadata.annotations?.[key] === value);
	if (same) return;
	const annotations = {...wanted.annotations, ...(wanted.changedAt && {[triggerTime]: wanted.changedAt})};
	const metadata = slice
		? {...slice.metadata, labels: {...wanted.labels}, annotations}
		: ({
				generateName: `${wanted.service}-`,
				namespace: wanted.namespace,
				labels: {...wanted.labels},
				annotations,
				ownerReferences: [wanted.owner],
			} as unknown as KubeObject['metadata']);
	const {addressType, ports} = group;
	const next = {
		apiVersion: 'discovery.k8s.io/v1',
		kind: 'EndpointSlice',
		metadata,
		addressType,
		endpoints: [...endpoints],
		ports: [...ports],
	};
	if (slice) client.update(next);
	else client.create(next);
}
