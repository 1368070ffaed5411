import {matchZone, zonesOf} from '../names.js';
import type {Answer, Plugin, Query} from '../plugin.js';

interface CacheConfig {
	readonly zones: readonly string[];
	readonly successTtl: number;
	readonly denialTtl: number;
	/** Zones whose answers are not kept. */
	readonly disabledSuccess: readonly string[];
	readonly disabledDenial: readonly string[];
}

const entriesMax = 9984;

/** Keeps answers for at most the configured seconds, with their TTL counting down (plugin/cache). */
const cache: Plugin<CacheConfig> = {
	name: 'cache',
	setup([directive], setup) {
		const args = [...directive!.args];
		const config = {successTtl: 3600, denialTtl: 1800, disabledSuccess: [] as string[], disabledDenial: [] as string[]};
		if (/^\d+$/.test(args[0] ?? '')) {
			const ttl = Number(args.shift());
			if (ttl <= 0) setup.error(directive!.line, `cache TTL can not be zero or negative: ${ttl}`);
			config.successTtl = config.denialTtl = ttl;
		}

		const zones = args.length > 0 ? args.flatMap(zonesOf) : setup.zones;
		for (const {words, line} of directive!.block ?? []) readLine(config, words, zones, text => setup.error(line, text));
		return {...config, zones};
	},
	serve(config, query, server, next) {
		if (!matchZone(config.zones, query.name)) return next(query);
		const key = `${query.name} ${query.type}`;
		const kept = server.cache.get(key);
		const age = kept ? Math.floor((server.nowMs - kept.storedMs) / 1000) : 0;
		if (kept && age < kept.ttl) return aged(kept.answer, kept.ttl - age, query);
		const answer = next(query);
		const ttl = ttlOf(config, query, answer);
		if (ttl === 0) return answer;
		if (server.cache.size >= entriesMax) server.cache.clear();
		const {delayMs: _delay, ...lasting} = capped(answer, ttl);
		server.cache.set(key, {answer: lasting, storedMs: server.nowMs, ttl});
		return answer.delayMs ? {...lasting, delayMs: answer.delayMs} : lasting;
	},
};

function readLine(
	config: {successTtl: number; denialTtl: number; disabledSuccess: string[]; disabledDenial: string[]},
	words: readonly string[],
	zones: readonly string[],
	fail: (text: string) => never,
): void {
	const [name = '', ...args] = words;
	if (name === 'success' && args.length > 0) config.successTtl = Number(args[1] ?? config.successTtl);
	else if (name === 'denial' && args.length > 0) config.denialTtl = Number(args[1] ?? config.denialTtl);
	else if (name === 'disable') {
		const disabled = args.length > 1 ? args.slice(1).flatMap(zonesOf) : zones;
		if (args[0] === 'success') config.disabledSuccess.push(...disabled);
		else if (args[0] === 'denial') config.disabledDenial.push(...disabled);
		else fail(`cache type for disable must be "success" or "denial"`);
	} else if (!['prefetch', 'serve_stale', 'servfail', 'keepttl'].includes(name))
		fail(`Wrong argument count or unexpected line ending after '${name}'`);
}

/** Seconds to keep it; 0: not at all. */
function ttlOf(config: CacheConfig, query: Query, {rcode, answers, authorities, truncated}: Answer): number {
	if (truncated || (rcode !== 'NOERROR' && rcode !== 'NXDOMAIN')) return 0;
	const denial = rcode === 'NXDOMAIN' || answers.length === 0;
	const records = denial ? authorities : answers;
	if (records.length === 0) return 0;
	const disabled = denial ? config.disabledDenial : config.disabledSuccess;
	if (matchZone(disabled, query.name)) return 0;
	return Math.min(denial ? config.denialTtl : config.successTtl, ...records.map(record => record.ttl));
}

const withTtl = (answer: Answer, change: (ttl: number) => number): Answer => {
	const records = (list: Answer['answers']) => list.map(record => ({...record, ttl: change(record.ttl)}));
	return {...answer, answers: records(answer.answers), authorities: records(answer.authorities), additionals: records(answer.additionals)};
};

const capped = (answer: Answer, ttl: number) => withTtl(answer, own => Math.min(own, ttl));

/** Names come back in the client's spelling. */
function aged(answer: Answer, ttl: number, query: Query): Answer {
	const counted = withTtl(answer, () => ttl);
	return {
		...counted,
		answers: counted.answers.map(record => (record.name.toLowerCase() === query.name ? {...record, name: query.originalName} : record)),
	};
}

export default cache;
