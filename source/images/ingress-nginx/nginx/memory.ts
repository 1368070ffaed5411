import type {ProgramContext} from '../../../node/program/program.js';
import type {Partials} from '../../nginx/connection/partial.js';
import type {Configuration} from '../configuration.js';

/** All that a running nginx remembers; plain data under `nginx` of the controller program's memory. */
export interface NginxMemory {
	readonly configuration: Configuration;
	/** How often it has been reloaded: new workers each time. */
	readonly generation: number;
	/** lua's balancers by worker and backend: gone with the workers. */
	readonly balancers: Readonly<Record<string, BalancerState>>;
	/** Shared by the workers (lua_shared_dict balancer_ewma): endpoint to its moving average. */
	readonly ewma: Readonly<Record<string, {readonly score: number; readonly touchedMs: number}>>;
	/** limit_req_zone: `<zone> <address>` to its leaky bucket, in thousandths of a request. */
	readonly buckets: Readonly<Record<string, {readonly excess: number; readonly lastMs: number}>>;
	/** limit_conn_zone: `<zone> <address>` to the ends of the requests under way. */
	readonly busy: Readonly<Record<string, readonly number[]>>;
	/** Requests whose body has not come whole, by client. */
	readonly partial: Partials;
	/** Connections on which HTTP/2 was agreed upon: the last ones, since nobody tells when one closes. */
	readonly http2: readonly string[];
	/** stub_status. */
	readonly accepted: number;
	readonly requests: number;
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

export const emptyMemory = (configuration: Configuration): NginxMemory => ({
	configuration,
	generation: 0,
	balancers: {},
	ewma: {},
	buckets: {},
	busy: {},
	partial: {},
	http2: [],
	accepted: 0,
	requests: 0,
	counts: {},
});

/** Reads, changes and writes at once: nginx may be asked while it answers, since its own default backend is one of its upstreams. */
export function remember(context: NginxContext, change: (memory: NginxMemory) => Partial<NginxMemory>): void {
	const {memory} = context;
	if (memory.nginx) context.memory = {...memory, nginx: {...memory.nginx, ...change(memory.nginx)}};
}
