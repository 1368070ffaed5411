import type {Alive, Greetings, Partials} from './connection/partial.js';

/** All that a running nginx remembers of its clients, plain data. */
export interface NginxMemory {
	/** Requests that have not come whole yet, by connection. */
	readonly partial: Partials;
	/** Handshakes, by connection: the last ones. */
	readonly greeted: Greetings;
	/** Connections that stay open, the last ones: their number, and how many requests they have brought. */
	readonly alive: Alive;
	/** Where the rounds of the upstream groups stand: how far each server is from its turn. */
	readonly turns: Readonly<Record<string, readonly number[]>>;
	/** `<group> <server>` of upstreams that have failed: how often, and when last. */
	readonly failures: Readonly<Record<string, {readonly fails: number; readonly lastMs: number}>>;
	/** limit_req_zone: `<zone> <key>` to its leaky bucket, in thousandths of a request. */
	readonly buckets: Readonly<Record<string, {readonly excess: number; readonly lastMs: number}>>;
	/** limit_conn_zone: `<zone> <key>` to the ends of the requests under way. */
	readonly busy: Readonly<Record<string, readonly number[]>>;
	/** stub_status. */
	readonly accepted: number;
	readonly requests: number;
	/** Hosts of the configuration, as they were found when it was read: nginx asks again at a reload only. */
	readonly addresses: Readonly<Record<string, string>>;
	/** Where logs lead, as they were when nginx opened them: streams of the container, or files. */
	readonly logs: Readonly<Record<string, string>>;
}

export const emptyMemory: NginxMemory = {
	partial: {},
	greeted: {},
	alive: {},
	turns: {},
	failures: {},
	buckets: {},
	busy: {},
	accepted: 0,
	requests: 0,
	addresses: {},
	logs: {},
};
