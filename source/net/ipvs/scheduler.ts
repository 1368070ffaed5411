import {parseIpv4} from '../address.js';
import type {RealServerSpec} from './ipvs.js';

export interface Candidate extends RealServerSpec {
	readonly key: string;
	readonly activeConnections: number;
	readonly inactiveConnections: number;
	/** Has more connections than its upper threshold. */
	readonly overloaded: boolean;
}

/** What a scheduler remembers between two connections. */
export interface Cursor {
	/** Chosen last; absent: start at the head of the list. */
	readonly last?: string;
	/** Of wrr. */
	readonly currentWeight?: number;
}

export interface Asked {
	readonly client: string;
	readonly clientPort: number;
	readonly virtual: string;
	readonly flags: readonly string[];
}

export interface Choice {
	readonly server?: Candidate;
	readonly cursor?: Cursor;
}

/** Servers come in the kernel's order: the one added last stands first (`list_add`). */
type Scheduler = (servers: readonly Candidate[], cursor: Cursor, asked: Asked) => Choice;

const usable = (server: Candidate) => server.weight > 0 && !server.overloaded;

/** net/netfilter/ipvs/ip_vs_rr.c: the next usable one after the last. */
const roundRobin: Scheduler = (servers, cursor) => {
	const from = servers.findIndex(server => server.key === cursor.last);
	for (let step = 1; step <= servers.length; step++) {
		const server = servers[(from + step) % servers.length]!;
		if (usable(server)) return {server, cursor: {last: server.key}};
	}
	return {};
};

const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));

/** ip_vs_wrr.c: a falling weight limit; in each pass those that reach it, in list order. */
const weightedRoundRobin: Scheduler = (servers, cursor) => {
	const weights = servers.map(server => server.weight).filter(weight => weight > 0);
	if (weights.length === 0) return {};
	const step = weights.reduce(gcd);
	const top = Math.max(...weights) - (step - 1);
	let limit = cursor.currentWeight !== undefined && cursor.currentWeight <= top && cursor.currentWeight > 0 ? cursor.currentWeight : top;
	let at = servers.findIndex(server => server.key === cursor.last);
	// At most one pass for each weight limit, and one more to come back to where it began.
	for (let looked = 0; looked < servers.length * (top / step + 3); looked++) {
		at++;
		if (at >= servers.length) {
			at = 0;
			limit -= step;
			if (limit <= 0) limit = top;
		}
		const server = servers[at]!;
		if (usable(server) && server.weight >= limit) return {server, cursor: {last: server.key, currentWeight: limit}};
	}
	return {};
};

/** The first one with the least cost; `cost` is compared as a fraction of the weight where `weighted`. */
const least =
	(cost: (server: Candidate) => number, weighted: boolean): Scheduler =>
	servers => {
		let best: Candidate | undefined;
		for (const server of servers) {
			if (!usable(server)) continue;
			if (!best || (weighted ? cost(best) * server.weight > cost(server) * best.weight : cost(server) < cost(best))) best = server;
		}
		return {server: best};
	};

/** ip_vs.h: one active connection weighs as much as 256 inactive ones. */
const overhead = (server: Candidate) => server.activeConnections * 256 + server.inactiveConnections;
const shortest = least(server => server.activeConnections + 1, true);

/** ip_vs_nq.c: the first idle server, else the shortest expected delay. */
const neverQueue: Scheduler = (servers, cursor, asked) => {
	const idle = servers.find(server => usable(server) && server.activeConnections === 0);
	return idle ? {server: idle} : shortest(servers, cursor, asked);
};

const buckets = 256;

/** hash_32 of the kernel, 8 bits. */
const hash8 = (value: number) => Math.imul(value, 0x61_c8_86_47) >>> 24;

/** ip_vs_sh.c: each server fills as many buckets in a row as it has weight. */
const sourceHash: Scheduler = (servers, _cursor, {client, clientPort, flags}) => {
	const pick = (offset: number): Candidate => {
		const slots = servers.flatMap(server => Array.from<Candidate>({length: Math.max(1, Math.min(server.weight, buckets))}).fill(server));
		const port = flags.includes('sh-port') ? clientPort : 0;
		return slots[((offset + hash8((port + (parseIpv4(client) ?? 0)) | 0)) % buckets) % slots.length]!;
	};
	const server = servers.length > 0 ? pick(0) : undefined;
	if (!server || usable(server)) return {server};
	if (!flags.includes('sh-fallback')) return {};
	for (let offset = 1; offset < buckets; offset++) {
		const other = pick(offset);
		if (usable(other)) return {server: other};
	}
	return {};
};

/** ip_vs_dh.c: buckets are dealt out in turn, whatever the weights. */
const destinationHash: Scheduler = (servers, _cursor, {virtual}) => {
	const server = servers[hash8(parseIpv4(virtual) ?? 0) % servers.length];
	return server && usable(server) ? {server} : {};
};

/** ip_vs_fo.c: the heaviest. */
const failover: Scheduler = servers => ({
	server: servers
		.filter(usable)
		.reduce<Candidate | undefined>((best, server) => (!best || server.weight > best.weight ? server : best), undefined),
});

/** ip_vs_ovf.c: the heaviest that has fewer active connections than its weight. */
const overflow: Scheduler = (servers, cursor, asked) =>
	failover(
		servers.filter(server => server.activeConnections <= server.weight),
		cursor,
		asked,
	);

export const schedulers: Readonly<Record<string, Scheduler>> = {
	rr: roundRobin,
	wrr: weightedRoundRobin,
	lc: least(overhead, false),
	wlc: least(overhead, true),
	sed: shortest,
	nq: neverQueue,
	sh: sourceHash,
	dh: destinationHash,
	fo: failover,
	ovf: overflow,
};

/** Known to the kernel; asking for them is said to be not simulated. */
export const unsimulatedSchedulers: readonly string[] = ['lblc', 'lblcr', 'mh'];
