import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import type {KubeObject} from '../../source/api/object.js';
import {CorefileError} from '../../source/images/coredns/corefile.js';
import {endpointHostname} from '../../source/images/coredns/kubernetes/objects.js';
import type {KubernetesConfig} from '../../source/images/coredns/kubernetes/setup.js';
import {fqdn, matchZone} from '../../source/images/coredns/names.js';
import type {Answer, Query, Serving} from '../../source/images/coredns/plugin.js';
import {answerQuery, compileCorefile, type DnsServer} from '../../source/images/coredns/server.js';
import {parseZone} from '../../source/images/coredns/zone-file.js';
import {type DnsMessage, decodeDns, encodeDns} from '../../source/net/dns-message.js';
import {createSim} from '../../source/sim/sim.js';
import {type Line, type Result, tally} from './case.js';
import {clientAddress, fixtureReader, mirrored, populated, serverAddress} from './dns-fixtures.js';

/** CoreDNS: what its Corefile means and what it answers for the objects of a fixture, which lies beside the cases. */
export function run(lines: readonly Line[], folder: string): Result {
	const worlds = JSON.parse(readFileSync(join(folder, 'dns.fixtures.json'), 'utf8'));
	return tally(lines, line => {
		if (line['kind'] === 'corefile') return judgeCorefile(line);
		if (line['kind'] === 'endpointHostname') return judgeHostname(line);
		return judgeQuery(line as Line & {query: any}, worlds[line.given.fixture].objects);
	});
}

function judgeHostname({given, expect}: Line): true | string {
	const found = endpointHostname(given.address, given.endpoint_pod_names);
	return found === expect.hostname || `${found}, not ${expect.hostname}`;
}

/** The lines of one plugin stand in a server block of their own. */
const inBlock = (corefile: string) => (/^\S*:\d+ \{|^\. \{/.test(corefile) ? corefile : `.:53 {\n${corefile}\n}\n`);

function judgeCorefile({given, expect}: Line): true | string {
	let server: DnsServer;
	try {
		server = compileCorefile('Corefile', inBlock(given.corefile));
	} catch (error) {
		if (!(error instanceof CorefileError)) throw error;
		if (!expect.error) return `refused: ${error.message}`;
		return error.message.includes(expect.errorContains ?? '') || `${error.message} lacks ${expect.errorContains}`;
	}

	if (expect.error) return 'accepted';
	const config = server.blocks[0]!.chain.find(({plugin}) => plugin.name === 'kubernetes')!.config as KubernetesConfig;
	const found: Record<string, unknown> = {
		zones: config.zones.length,
		namespaces: config.namespaces.length,
		labelSelector: config.labelSelector,
		namespaceLabelSelector: config.namespaceLabelSelector,
		podMode: config.podMode,
		endpointPodNames: config.endpointPodNames,
		ignoreEmptyService: config.ignoreEmptyService,
		endpointsCacheOn: config.endpoints,
	};
	const wrong = Object.keys(found).filter(key => key in expect && found[key] !== expect[key]);
	return wrong.length === 0 || wrong.map(key => `${key}: ${found[key]}, not ${expect[key]}`).join('; ');
}

function judgeQuery({given, query, expect}: Line & {query: any}, base: readonly KubeObject[]): true | string {
	const upstream = '192.0.2.53';
	const objects = populated(mirrored([...base, ...(given.applyBeforeQuery ?? [])]), query.clientNamespace);
	const server = compileCorefile('/etc/coredns/Corefile', inBlock(given.corefile.replaceAll('${upstream}', upstream)));
	const sim = createSim('conformance');
	const serving: Omit<Serving, 'lookup'> = {
		reader: fixtureReader(objects),
		synced: given.apiSynced ?? true,
		nowMs: sim.clock.now(),
		startedMs: sim.clock.now(),
		localAddresses: given.serverIPs ?? [serverAddress],
		readFile: path => given.zoneFiles?.[path],
		exchange: (_, __, payload) => ({payload: upstreamAnswer(given, payload), delayMs: 0}),
		log() {},
		random: sim.random,
		cache: sim.state.table('cache'),
	};
	const names = query.searchList ? searched(query.name, query.clientNamespace) : [query.name];
	let answer: Answer | undefined;
	for (const name of names) {
		const sender = {client: clientAddress, clientPort: 40_000, protocol: 'udp', id: 1, size: 40, bufferSize: 512} as const;
		const asked: Query = {name: name.toLowerCase(), originalName: name, type: query.type, ...sender};
		answer = answerQuery(withUpstreamReply(server, given), asked, serving);
		if (answer.rcode === 'NOERROR' && answer.answers.length > 0) break;
	}

	return compare(answer!, expect, query);
}

const searched = (name: string, namespace: string): string[] => [
	...[`${namespace}.svc.cluster.local.`, 'svc.cluster.local.', 'cluster.local.'].map(suffix => `${name}.${suffix}`),
	fqdn(name),
];

/** Handler tests answer look-ups of names outside the zone with a fixed reply: as if a forward plugin stood at the end. */
function withUpstreamReply(server: DnsServer, given: any): DnsServer {
	if (!given.upstream?.reply) return server;
	const {reply} = given.upstream;
	const answer = {rcode: reply.rcode, truncated: reply.truncated, answers: reply.answer, authorities: [], additionals: []};
	const plugin = {name: 'stub', setup: () => null, serve: () => answer};
	return {...server, blocks: server.blocks.map(block => ({...block, chain: [...block.chain, {plugin, config: null}]}))};
}

function upstreamAnswer(given: any, payload: string): string {
	const {id, question} = decodeDns(payload)!;
	const empty = {answers: [], authorities: [], additionals: []};
	const base: DnsMessage = {id, response: true, rcode: 'NOERROR', recursionDesired: true, recursionAvailable: true, question, ...empty};
	const zones: Record<string, string> = given.upstreamZones ?? {};
	const zone = matchZone(Object.keys(zones), question.name.toLowerCase());
	if (zone === undefined) return encodeDns({...base, rcode: 'NXDOMAIN'});
	const records = parseZone(zones[zone]!, zone).filter(record => record.name === question.name.toLowerCase());
	const answers = records.filter(record => record.type === question.type);
	return encodeDns({...base, authoritative: true, rcode: records.length > 0 ? 'NOERROR' : 'NXDOMAIN', answers});
}

function compare(answer: Answer, expect: any, query: any): true | string {
	const wrong: string[] = [];
	if (answer.rcode !== expect.rcode) wrong.push(`rcode ${answer.rcode}, not ${expect.rcode}`);
	if (expect.truncated !== undefined && Boolean(answer.truncated) !== expect.truncated) wrong.push('truncated');
	for (const [section, records] of [
		['answer', answer.answers],
		['authority', answer.authorities],
		['additional', answer.additionals],
	] as const) {
		if (!(section in expect)) continue;
		const found = records.map(record => recordText(record, undefined)).sort();
		const wanted = expect[section].map((record: any) => recordText(record, record.ttl)).sort();
		const matches =
			found.length === wanted.length &&
			wanted.every((text: string) => found.some(own => own === text || own.replace(/ \d+ /, ' * ') === text));
		if (!matches) wrong.push(`${section} ${JSON.stringify(found)}, not ${JSON.stringify(wanted)}`);
	}

	if (expect.answerCount !== undefined && answer.answers.length !== expect.answerCount) wrong.push(`${answer.answers.length} answers`);
	if (expect.additionalCount !== undefined && answer.additionals.length !== expect.additionalCount)
		wrong.push(`${answer.additionals.length} additionals`);
	if (expect.srvTargetRegex && !answer.answers.every(record => new RegExp(expect.srvTargetRegex).test(record.data.split(' ')[3]!)))
		wrong.push('SRV target');
	if (expect.additionalNameRegex && !answer.additionals.every(record => new RegExp(expect.additionalNameRegex).test(record.name)))
		wrong.push('additional name');
	return wrong.length === 0 || `${query.name} ${query.type}: ${wrong.join('; ')}`;
}

function recordText(record: any, ttl: number | null | undefined): string {
	const data =
		record.type === 'SOA'
			? typeof record.data === 'string'
				? record.data.split(' ')[0]
				: record.data.mname
			: String(record.data).replace(/^"|"$/g, '');
	return `${record.name.toLowerCase()} ${ttl === null ? '*' : (ttl ?? record.ttl)} ${record.type} ${data}`;
}
