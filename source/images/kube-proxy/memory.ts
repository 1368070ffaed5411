import type {ProgramContext} from '../../node/program/program.js';
import type {ProxyConfig} from './config.js';
import {type Klog, klog} from './klog.js';
import {type ServiceMap, serviceMap} from './service-map.js';
import type {Settings} from './settings.js';

/** All that a kube-proxy process remembers besides its tables (`service-map.ts`). Plain data, replaced whole. */
export interface ProxyMemory {
	readonly config: ProxyConfig;
	readonly nodeName: string;
	/** Address and port of the API server, from the kubeconfig. */
	readonly apiServer: {readonly host: string; readonly port: number};
	/** When it was last seen to answer. */
	readonly reachedMs?: number;
	/** Tries to read its Node so far. */
	readonly nodeTries: number;
	/** Absent until it knows its node. */
	readonly settings?: Settings;
	/** Tries to list everything that failed in a row. */
	readonly listTries: number;
	/** True once Services and EndpointSlices have been listed. */
	readonly synced: boolean;
	readonly needFull: boolean;
	/** Whether the next sync must read everything anew: the watch was cut. */
	readonly needRelist: boolean;
	readonly lastFullMs: number;
	/** The same of the IPv6 tables, which another proxier looks after; 0: it wants one. */
	readonly lastFull6Ms: number;
	readonly lastSyncMs: number;
	/** When the oldest change not yet synced came in; 0: none waits. */
	readonly queuedMs: number;
	/** Times of the last syncs, for the rate limit. */
	readonly recentSyncsMs: readonly number[];
	/** Port of each service health check that listens, by Service. */
	readonly healthPorts: Readonly<Record<string, number>>;
	readonly counters: Readonly<Record<string, number>>;
}

export type ProxyContext = ProgramContext<ProxyMemory>;

/** A process and what its parts need, rebuilt for each reaction. */
export interface Proxier {
	readonly context: ProxyContext;
	readonly log: Klog;
	readonly map: ServiceMap;
	readonly nowMs: number;
}

export function proxyOf(context: ProxyContext): Proxier {
	const {machine, memory} = context;
	const {state, clock} = machine.sim;
	const reader = context.client ?? machine.world.api.reader;
	return {
		context,
		log: klog(context, memory.config.verbosity),
		map: serviceMap(state, reader, machine.host, memory.nodeName),
		nowMs: clock.now(),
	};
}

export function remember(context: ProxyContext, change: Partial<ProxyMemory>): void {
	context.memory = {...context.memory, ...change};
}

export function countUp(context: ProxyContext, name: string, by = 1): void {
	const {counters} = context.memory;
	remember(context, {counters: {...counters, [name]: (counters[name] ?? 0) + by}});
}
