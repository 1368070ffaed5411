import type {Reader} from '../../api/client.js';
import type {DnsRecord, Rcode} from '../../net/dns-message.js';
import type {Random} from '../../sim/random.js';
import type {Table} from '../../sim/state.js';
import type {Directive} from './corefile.js';

/** One part of a server block. A query goes down the chain in the order of `plugins/index.ts`; each answers or passes on. */
export interface Plugin<C = any> {
	readonly name: string;
	/** Reads its directives (all of them in one block); throws a CorefileError. */
	setup(directives: readonly Directive[], setup: Setup): C;
	/** Absent: it takes no part in answering. */
	serve?(config: C, query: Query, server: Serving, next: Next): Answer;
}

export interface Setup {
	readonly file: string;
	/** Zones of the server block. */
	readonly zones: readonly string[];
	/** Whether this plugin may be listed twice. */
	error(line: number, text: string): never;
}

export interface Query {
	/** Lower case, absolute. */
	readonly name: string;
	readonly type: string;
	/** As the client wrote it. */
	readonly originalName: string;
	readonly client: string;
	readonly clientPort: number;
	readonly protocol: 'udp' | 'tcp';
	readonly id: number;
	readonly size: number;
	readonly bufferSize: number;
}

export interface Answer {
	readonly rcode: Rcode;
	readonly authoritative?: boolean;
	readonly recursionAvailable?: boolean;
	readonly truncated?: boolean;
	readonly answers: readonly DnsRecord[];
	readonly authorities: readonly DnsRecord[];
	readonly additionals: readonly DnsRecord[];
	/** What the errors plugin logs. */
	readonly error?: string;
	readonly delayMs?: number;
}

export type Next = (query: Query) => Answer;

/** What a running server offers to its plugins. */
export interface Serving {
	readonly reader: Reader;
	/** Whether the API has been read once. */
	readonly synced: boolean;
	readonly nowMs: number;
	readonly startedMs: number;
	/** Addresses of the pod itself. */
	readonly localAddresses: readonly string[];
	readFile(path: string): string | undefined;
	/** One datagram to an upstream and its answer; `error` in Go's words. */
	exchange(address: string, port: number, payload: string): {payload?: string; error?: string; delayMs: number};
	log(text: string): void;
	readonly random: Random;
	readonly cache: Table<CacheEntry>;
	/** Asks the whole chain again, as for the target of a CNAME. */
	lookup(name: string, type: string): Answer;
}

export interface CacheEntry {
	readonly answer: Answer;
	readonly storedMs: number;
	readonly ttl: number;
}

export const emptyAnswer = (rcode: Rcode, more: Partial<Answer> = {}): Answer => ({
	rcode,
	answers: [],
	authorities: [],
	additionals: [],
	...more,
});
