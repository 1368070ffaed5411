import type {DnsRecord} from '../../../net/dns-message.js';
import {addressOfReverse, fqdn, isReverse, isSubdomain, isV4, isV6, matchZone} from '../names.js';
import {type Answer, emptyAnswer, type Next, type Query, type Serving} from '../plugin.js';
import {type Finding, findNames, findRecords} from './find.js';
import {nameServers} from './name-servers.js';
import type {KubernetesConfig} from './setup.js';

const schemaVersion = '1.1.0';
const aliasesMax = 7;

interface Section {
	readonly answers: readonly DnsRecord[];
	readonly additionals?: readonly DnsRecord[];
	readonly truncated?: boolean;
}

/** `nothing`: NXDOMAIN. No answers: NODATA. */
type Result = Section | 'nothing';

/** Models plugin/kubernetes/handler.go and plugin/backend_lookup.go. */
export function serveKubernetes(config: KubernetesConfig, query: Query, server: Serving, next: Next): Answer {
	const zone = matchZone(config.zones, query.name);
	if (zone === undefined) return next(query);
	if (query.type === 'AXFR' || query.type === 'IXFR') return emptyAnswer('REFUSED');
	const result: Result = server.synced ? answerFor(config, query, zone, server) : 'nothing';
	const soa = [soaRecord(config, shownZone(query, zone), server)];
	if (result === 'nothing') {
		if (config.fall && matchZone(config.fall, query.name)) return next(query);
		return emptyAnswer(server.synced ? 'NXDOMAIN' : 'SERVFAIL', {authoritative: true, authorities: soa});
	}

	if (result.answers.length === 0) return emptyAnswer('NOERROR', {authoritative: true, authorities: soa});
	const {answers, additionals = [], truncated = false} = result;
	return {rcode: 'NOERROR', authoritative: true, answers, additionals, authorities: [], truncated};
}

/** The zone as the client spelled it. */
const shownZone = ({originalName}: Query, zone: string) => originalName.slice(-zone.length);

const serial = (server: Serving) => Math.floor(server.startedMs / 1000);

function soaRecord(config: KubernetesConfig, zone: string, server: Serving): DnsRecord {
	const data = `ns.dns.${zone} hostmaster.${zone} ${serial(server)} 7200 1800 86400 ${config.ttl}`;
	return {name: zone, type: 'SOA', ttl: Math.min(300, config.ttl), data};
}

function answerFor(config: KubernetesConfig, query: Query, zone: string, server: Serving): Result {
	const lookup = (name: string): Finding =>
		name === `ns.dns.${zone}` ? ownAddresses(config, zone, server) : lookUp(config, query, name, zone, server);
	const {name, type} = query;
	switch (type) {
		case 'A':
		case 'AAAA':
			return addresses(query.originalName, name, type, zone, lookup, server, config.ttl, []);
		case 'SRV':
			return srvRecords(config, query, lookup(name));
		case 'PTR':
			return ptrRecords(config, query, lookup(name), server);
		case 'CNAME': {
			const found = lookup(name);
			const host = found === 'nothing' ? undefined : found[0]?.host;
			if (found === 'nothing') return 'nothing';
			return {answers: host && !isAddress(host) ? [{name: query.originalName, type, ttl: config.ttl, data: fqdn(host)}] : []};
		}

		case 'TXT': {
			if (name === `dns-version.${zone}`) return {answers: [{name: query.originalName, type, ttl: 28_800, data: `"${schemaVersion}"`}]};
			const found = lookup(name);
			return found === 'nothing' || found.length === 0 ? (name === zone ? {answers: []} : 'nothing') : {answers: []};
		}

		case 'SOA':
			if (name === zone) return {answers: [soaRecord(config, query.originalName, server)]};
			break;
		case 'NS':
			if (name === zone) return nsRecords(config, query, zone, server);
			break;
	}

	return lookup(name) === 'nothing' ? 'nothing' : {answers: []};
}

function lookUp(config: KubernetesConfig, query: Query, name: string, zone: string, server: Serving): Finding {
	if (isReverse(name)) return name === zone ? [] : 'nothing';
	return findRecords(server.reader, config, name, zone, shownZone(query, zone));
}

const isAddress = (host: string) => isV4(host) || isV6(host);

/** A or AAAA, following ExternalName services: inside the zone here, elsewhere by asking the whole server again. */
function addresses(
	owner: string,
	name: string,
	type: 'A' | 'AAAA',
	zone: string,
	lookup: (name: string) => Finding,
	server: Serving,
	ttl: number,
	previous: readonly string[],
): Result {
	const found = lookup(name);
	if (found === 'nothing') return 'nothing';
	const answers: DnsRecord[] = [];
	const seen = new Set<string>();
	let truncated = false;
	for (const {host} of found) {
		if (isAddress(host)) {
			if ((type === 'A') !== isV4(host) || seen.has(host)) continue;
			seen.add(host);
			answers.push({name: owner, type, ttl, data: host});
			continue;
		}

		const target = fqdn(host.toLowerCase());
		if (target === name || previous.includes(target) || previous.length > aliasesMax) continue;
		const alias: DnsRecord = {name: owner, type: 'CNAME', ttl, data: fqdn(host)};
		if (isSubdomain(zone, target)) {
			const more = addresses(fqdn(host), target, type, zone, lookup, server, ttl, [...previous, name]);
			if (more !== 'nothing' && more.answers.length > 0) answers.push(alias, ...more.answers);
			continue;
		}

		const more = server.lookup(target, type);
		truncated ||= more.truncated ?? false;
		answers.push(alias, ...more.answers.filter(record => record.name !== alias.name || record.type !== 'CNAME'));
	}

	return {answers, truncated};
}

function srvRecords(config: KubernetesConfig, query: Query, found: Finding): Result {
	if (found === 'nothing') return 'nothing';
	const internal = found.filter(({host}) => isAddress(host));
	const weight = Math.max(1, Math.floor(100 / Math.max(1, internal.length)));
	const answers = new Map<string, DnsRecord>();
	const additionals = new Map<string, DnsRecord>();
	for (const {host, port, target} of internal) {
		if (port === -1) continue;
		const data = `0 ${weight} ${port} ${target}`;
		answers.set(`${port} ${target}`, {name: query.originalName, type: 'SRV', ttl: config.ttl, data});
		additionals.set(`${target} ${host}`, {name: target, type: isV4(host) ? 'A' : 'AAAA', ttl: config.ttl, data: host});
	}

	return {answers: [...answers.values()], additionals: [...additionals.values()]};
}

function ptrRecords(config: KubernetesConfig, query: Query, found: Finding, server: Serving): Result {
	const address = addressOfReverse(query.name);
	if (address === undefined) return found === 'nothing' ? 'nothing' : {answers: []};
	const names = findNames(server.reader, config, address.length === 32 ? address.replaceAll(/(.{4})(?=.)/g, '$1:') : address);
	if (names.length === 0) return 'nothing';
	return {answers: names.map(data => ({name: query.originalName, type: 'PTR', ttl: config.ttl, data}))};
}

function ownAddresses(config: KubernetesConfig, zone: string, server: Serving): Finding {
	return nameServers(config, zone, server).map(({name, address}) => ({host: address, port: -1, target: name}));
}

function nsRecords(config: KubernetesConfig, query: Query, zone: string, server: Serving): Section {
	const servers = nameServers(config, zone, server);
	const names = [...new Set(servers.map(({name}) => name))];
	return {
		answers: names.map(data => ({name: query.originalName, type: 'NS', ttl: config.ttl, data})),
		additionals: servers.map(({name, address}) => ({name, type: isV4(address) ? 'A' : 'AAAA', ttl: config.ttl, data: address})),
	};
}
