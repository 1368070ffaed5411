import type {Reader, WatchEvent} from '../../api/client.js';
import {type KubeObject, keyOf} from '../../api/object.js';
import type {State, Table} from '../../sim/state.js';
import {type Endpoint, endpointsOf} from './endpoint.js';
import {isIgnored, type ServicePort, servicePorts} from './service-port.js';

export const services = 'services';
export const slices = 'endpointslices.discovery.k8s.io';

/** One service port with its endpoints, as the last sync knew it. Replaced whole, so that derived rules can be kept beside it. */
export interface PortState {
	readonly port: ServicePort;
	readonly endpoints: readonly Endpoint[];
}

export interface PortChange {
	readonly before?: PortState;
	readonly after?: PortState;
}

/**
 * What the proxier believes: Services and EndpointSlices up to the last sync, and which Services changed since. A change costs what it
 * touches, never a scan of the cluster.
 */
export interface ServiceMap {
	/** By `name/protocol`, in the order in which the ports appeared. */
	readonly ports: Table<PortState>;
	/** Marks of the shared chains that were written last (`shared-chains.ts`). */
	readonly marks: Table<string>;
	/** Endpoints of all ports together. */
	endpointCount(): number;
	/** Notes which Service an event is about. True when that may matter to this proxy. */
	note(event: WatchEvent): boolean;
	/** Reads what is dirty anew and returns what became of it. */
	apply(): PortChange[];
	/** Reads everything anew, as after a lost connection. */
	relist(): PortChange[];
	hasDirty(): boolean;
	clear(): void;
}

const serviceLabel = 'kubernetes.io/service-name';

export function serviceMap(state: State, reader: Reader, host: string, nodeName: string): ServiceMap {
	const table = <V>(name: string) => state.table<V>(`kube-proxy/${host}/${name}`);
	const ports = table<PortState>('ports');
	const portsOf = table<readonly string[]>('services');
	const slicesOf = table<readonly string[]>('slices');
	const dirty = table<true>('dirty');
	const counts = table<number>('counts');

	const update = (key: string): PortChange[] => {
		const [namespace, name] = key.split('/') as [string, string];
		const service = reader.find<KubeObject>(services, namespace, name);
		const found = (slicesOf.get(key) ?? [])
			.map(slice => reader.find<KubeObject>(slices, namespace, slice))
			.filter(slice => slice !== undefined);
		const wanted = service ? servicePorts(service) : [];
		const changes: PortChange[] = [];
		const keys = wanted.map(port => `${port.name}/${port.protocol}`);
		for (const gone of (portsOf.get(key) ?? []).filter(old => !keys.includes(old))) {
			const before = ports.get(gone)!;
			changes.push({before});
			ports.delete(gone);
			count(-before.endpoints.length);
		}

		wanted.forEach((port, i) => {
			const before = ports.get(keys[i]!);
			const after: PortState = {port, endpoints: endpointsOf(port, found, nodeName)};
			if (before && JSON.stringify(before) === JSON.stringify(after)) return;
			ports.set(keys[i]!, after);
			count(after.endpoints.length - (before?.endpoints.length ?? 0));
			changes.push({...(before && {before}), after});
		});
		if (keys.length > 0) portsOf.set(key, keys);
		else portsOf.delete(key);
		return changes;
	};

	const count = (change: number) => counts.set('endpoints', (counts.get('endpoints') ?? 0) + change);
	const fileSlice = (slice: KubeObject, there: boolean): string | undefined => {
		const service = slice.metadata.labels?.[serviceLabel];
		if (!service || isIgnored(slice)) return undefined;
		const key = `${slice.metadata.namespace}/${service}`;
		const names = (slicesOf.get(key) ?? []).filter(name => name !== slice.metadata.name);
		if (there) names.push(slice.metadata.name);
		if (names.length > 0) slicesOf.set(key, names.sort());
		else slicesOf.delete(key);
		return key;
	};

	return {
		ports,
		marks: table<string>('marks'),
		endpointCount: () => counts.get('endpoints') ?? 0,
		note({type, object, old}) {
			if (object.kind === 'Service') {
				if (type !== 'DELETED' && !portsOf.has(keyOf(object)) && servicePorts(object).length === 0) return false;
				dirty.set(keyOf(object), true);
				return true;
			}

			const left =
				old && old.metadata.labels?.[serviceLabel] !== object.metadata.labels?.[serviceLabel] ? fileSlice(old, false) : undefined;
			const key = fileSlice(object, type !== 'DELETED');
			for (const each of [left, key]) if (each) dirty.set(each, true);
			return left !== undefined || key !== undefined;
		},
		apply() {
			const keys = [...dirty.keys()];
			dirty.clear();
			return keys.flatMap(update);
		},
		relist() {
			slicesOf.clear();
			dirty.clear();
			for (const slice of reader.list<KubeObject>(slices)) fileSlice(slice, true);
			const keys = new Set([...portsOf.keys(), ...reader.list<KubeObject>(services).map(keyOf)]);
			return [...keys].flatMap(update);
		},
		hasDirty: () => dirty.size > 0,
		clear: () => state.drop(`kube-proxy/${host}/`),
	};
}
