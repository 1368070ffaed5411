import type {Sim} from '../sim/sim.js';
import type {Admission, AdmissionRequest} from './admission.js';
import {aggregate} from './aggregate.js';
import type {Authorizer} from './authorizer.js';
import {clientOf} from './client-of.js';
import {forgetOldEvents} from './event-ttl.js';
import {type Core, homeOf} from './core.js';
import {unknownResource} from './errors.js';
import {handle} from './verbs/handle.js';
import {KindRegistry} from './kind-registry.js';
import {groupResource, type Kind} from './kind.js';
import {managedFieldsOf} from './apply/managed-fields.js';
import type {KubeObject} from './object.js';
import {proxy} from './verbs/proxy.js';
import {addFieldIndexes, createReader, list} from './verbs/read.js';
import {isAllowed} from './verbs/requests.js';
import type {ApiServer} from './server.js';
import {Store} from './store.js';

export interface ApiServerSettings {
	readonly kinds: readonly Kind[];
	readonly admission: readonly Admission[];
	/** As on kube-apiserver's command line, without the dashes: `service-cluster-ip-range`. */
	readonly flags: Readonly<Record<string, string>>;
	/** Carries admission webhooks to what serves them. */
	readonly callWebhook?: AdmissionRequest['callWebhook'];
	/** Carries requests to the servers behind APIServices. */
	readonly callAggregated?: Core['callAggregated'];
	readonly callProxied?: Core['callProxied'];
	/** Absent: everybody may do everything. */
	readonly authorizer?: Authorizer;
}

/** Serves what objects such as CustomResourceDefinitions define, from the moment they are stored, also in a restored world. */
function keepDefined({sim, store, registry, reader}: Core): void {
	const definers = registry.all.filter(kind => kind.defines);
	const listed = new Map<Kind, readonly KubeObject[]>();
	const refresh = () => {
		const lists = definers.map(kind => [kind, reader.list(groupResource(kind))] as const);
		// A list stays the same one until something in it is written: most worlds that are restored define what they defined.
		if (lists.every(([kind, list]) => listed.get(kind) === list)) return;
		for (const [kind, list] of lists) listed.set(kind, list);
		registry.setCustom(lists.flatMap(([kind, list]) => list.flatMap(object => kind.defines!(object))));
	};
	for (const kind of definers) store.watch(homeOf(kind), refresh);
	sim.state.onRestore(refresh);
}

const apiserver = {name: 'system:apiserver', groups: ['system:masters', 'system:authenticated']};

/** kube-apiserver and etcd in one: all state lives in `sim.state`. */
export function createApiServer(
	sim: Sim,
	{kinds, admission, flags, authorizer, callWebhook, callAggregated, callProxied}: ApiServerSettings,
): ApiServer {
	const store = new Store(sim);
	const registry = new KindRegistry(kinds);
	const reader = createReader(store, registry);
	const core: Core = {
		sim,
		store,
		registry,
		admission,
		authorizer,
		flags,
		...(callWebhook && {callWebhook}),
		...(callAggregated && {callAggregated}),
		...(callProxied && {callProxied}),
		reader,
		uids: sim.random.fork('api/uid'),
		names: sim.random.fork('api/names'),
		ownClient: call => clientOf(core, apiserver, {onWarning: call.warn, fieldManager: call.fieldManager}),
	};
	const homeName = (resource: string) => {
		const kind = registry.resource(resource);
		return kind ? homeOf(kind) : resource;
	};
	for (const kind of registry.all) addFieldIndexes(store, kind);
	for (const plugin of admission)
		for (const {resource, index, keys} of plugin.indexes ?? []) store.shelf(homeName(resource)).addIndex(index, keys);
	keepDefined(core);
	forgetOldEvents(core);
	return {
		sim,
		reader,
		handle: request => aggregate(core, request) ?? handle(core, request),
		proxy: request => proxy(core, request),
		callAggregated: call => callAggregated?.(call) ?? {error: 'no way to it', url: call.path},
		client: (user, options) => clientOf(core, user, options),
		allows: attributes => isAllowed(core, attributes),
		watch: (resource, handler) => store.watch(homeName(resource), handler),
		addIndex: (resource, index, keys) => store.shelf(homeName(resource)).addIndex(index, keys),
		findKind: name => registry.find(name),
		kindOf: (apiVersion, kind) => registry.kindOf(apiVersion, kind),
		kinds: () => registry.all,
		resourceVersion: () => store.resourceVersion,
		list: (kind, options = {}) => list(store, kind, options),
		eventsSince: (resource, resourceVersion) => store.eventsSince(homeName(resource), resourceVersion).map(({event}) => event),
		setCustomKinds: custom => registry.setCustom(custom),
		managedFields(resource, object) {
			const kind = registry.resource(homeName(resource));
			if (!kind) throw unknownResource();
			return managedFieldsOf(core, kind, object);
		},
	};
}
