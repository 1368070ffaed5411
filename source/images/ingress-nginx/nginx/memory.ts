import type {ProgramContext} from '../../../node/program/program.js';
import {emptyMemory, type NginxMemory as EngineMemory} from '../../nginx/memory.js';
import type {Configuration} from '../configuration.js';

/** nginx.conf in force. */
export interface Conf {
	readonly text: string;
}

/** All that a running nginx remembers; plain data under `nginx` of the controller program's memory. */
export interface NginxMemory extends EngineMemory {
	/** What lua was told: backends and certificates; and what the file was made from. */
	readonly configuration: Configuration;
	readonly conf: Conf;
	/** `address:port` */
	readonly listens: readonly string[];
	/** How often it has been reloaded: new workers each time. */
	readonly generation: number;
	/** lua's balancers by worker and backend: gone with the workers. */
	readonly balancers: Readonly<Record<string, BalancerState>>;
	/** Shared by the workers (lua_shared_dict balancer_ewma): endpoint to its moving average. */
	readonly ewma: Readonly<Record<string, {readonly score: number; readonly touchedMs: number}>>;
	/** nginx_ingress_controller_*: by the labels' values joined with blanks, see `metrics.ts`. */
	readonly counts: Readonly<Record<string, RequestCount>>;
}

export interface BalancerState {
	/** `address:port` of the endpoints that it was made from. */
	readonly nodes: readonly string[];
	/** Round robin: which one was last. */
	readonly last?: number;
}

export interface RequestCount {
	readonly requests: number;
	readonly bytesSent: number;
	readonly requestBytes: number;
	readonly durationMs: number;
	readonly upstreamMs: number;
}

export interface WithNginx {
	readonly nginx?: NginxMemory;
}

export type NginxContext = ProgramContext<WithNginx>;

export const emptyIngressMemory = (configuration: Configuration, conf: Conf): NginxMemory => ({
	...emptyMemory,
	configuration,
	conf,
	listens: [],
	generation: 0,
	balancers: {},
	ewma: {},
	counts: {},
});

/** Reads, changes and writes at once: nginx may be asked while it answers, since its own default backend is one of its upstreams. */
export function remember(context: NginxContext, change: (memory: NginxMemory) => Partial<NginxMemory>): void {
	const {memory} = context;
	if (memory.nginx) context.memory = {...memory, nginx: {...memory.nginx, ...change(memory.nginx)}};
}
