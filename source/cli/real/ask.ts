import {type Finding, together} from '../../checks/check.js';
import {type ConnectParams, expectation as connectExpectation, outcomeText, troubleOf} from '../../checks/connect.js';
import {answerFits, type DnsParams, expectation as dnsExpectation} from '../../checks/dns.js';
import {type CheckEntry, either, opposite} from '../../checks/entry.js';
import {matrix, type Pair} from '../../checks/reach.js';
import {findingOf, type ResourceParams, selectorText} from '../../checks/resource.js';
import {addressOf} from '../../checks/target.js';
import {fetchFromReal} from './fetch.js';
import {NotHere, type Probes, type RealPlace, realPlaces} from './places.js';
import type {RealCluster} from './real-cluster.js';

/** Answers one check about a real cluster. Throws `NotHere` for what only the simulation can be asked. */
export async function askReal(entry: CheckEntry, cluster: RealCluster, probes: Probes, title?: string): Promise<Finding> {
	const [name, params] = Object.entries(entry)[0]!;
	const each = async (entries: readonly CheckEntry[]) => {
		const findings: Finding[] = [];
		for (const one of entries) findings.push(await askReal(one, cluster, probes, title));
		return findings;
	};
	switch (name) {
		case 'all':
			return together(await each(params));
		case 'any':
			return either(await each(params));
		case 'not':
			return opposite(await askReal(params, cluster, probes));
		case 'afresh':
			// The pods of a real cluster are left alone.
			return together(await each(params.checks));
		case 'resource':
			return askResource(params, cluster, title);
		case 'connect':
			return askConnect(params, cluster, probes);
		case 'reach':
			return askReach(params, cluster, probes);
		case 'dns':
			return together(await Promise.all((await realPlaces(cluster, probes, params.from)).map(place => askDns(place, params))));
		case 'proxy':
			if (Object.keys(params).every(key => key === 'on' || key === 'mode')) return askMode(params, cluster, probes);
			throw new NotHere("it reads the tables of a node's kernel");
		default:
			throw new NotHere(`it asks for a ${name} on a host`);
	}
}

async function askResource(params: ResourceParams, cluster: RealCluster, title: string | undefined): Promise<Finding> {
	const namespaced = await cluster.isNamespaced(params.kind);
	const namespace = namespaced ? (params.namespace ?? 'default') : undefined;
	const objects = await cluster.list(
		params.kind,
		namespace,
		params.name === undefined && params.labels ? selectorText(params.labels) : undefined,
	);
	return findingOf(params, objects && {objects, namespaced}, title);
}

async function askConnect(params: ConnectParams, cluster: RealCluster, probes: Probes): Promise<Finding> {
	const expected = connectExpectation(params);
	const to = addressOf(params.to, await cluster.addressBook());
	if (typeof to === 'string') return {passed: false, found: to, expected, look: 'kubectl get svc -A'};
	const findings: Finding[] = [];
	for (const place of await realPlaces(cluster, probes, params.from)) {
		const headers = {...(params.host && {Host: params.host}), ...params.send};
		const fetched = [];
		for (let number = 0; number < (params.requests ?? 1); number++) fetched.push(await fetchFromReal(place, to, headers));
		const trouble = troubleOf(fetched, params, to.http);
		const found = `${place.label} -> ${to.label}: ${trouble ?? outcomeText(fetched[0]!)}`;
		findings.push({passed: trouble === undefined, found, expected, look: `curl -s -m 5 ${to.host}:${to.port}`});
	}
	return together(findings);
}

async function askReach({from, to, open}: any, cluster: RealCluster, probes: Probes): Promise<Finding> {
	const pairs: Pair[] = [];
	const wanted = new Set((open as string[]).map(pair => pair.replace(/\s*->\s*/, ' -> ').trim()));
	for (const [sender, places] of Object.entries<any>(from)) {
		for (const [name, target] of Object.entries<any>(to)) {
			const pair = `${sender} -> ${name}`;
			const answer = await askConnect({from: places, to: target}, cluster, probes);
			const isOpen = answer.passed || /HTTP status/.test(answer.found);
			pairs.push({...answer, pair, open: wanted.has(pair), passed: isOpen === wanted.has(pair), found: `${pair}: ${answer.found}`});
		}
	}
	return matrix(pairs);
}

/** nslookup of the pod: addresses stand below the name. */
async function askDns(place: RealPlace, params: DnsParams): Promise<Finding> {
	const {name, type = 'A', server} = params;
	if (type !== 'A') throw new NotHere(`it asks for ${type} records, which nslookup of a pod does not tell`);
	const {stdout, stderr} = await place.run(['nslookup', name, ...(server ? [server] : [])]);
	const text = `${stdout}\n${stderr}`;
	const below = text.slice(Math.max(0, text.search(/^Name:/m)));
	const data = /^Name:/m.test(text) ? [...below.matchAll(/^Address(?: \d+)?:\s*([\d.]+)/gm)].map(match => match[1]!) : [];
	const rcode = data.length > 0 ? 'NOERROR' : /NXDOMAIN|can't find|can't resolve/.test(text) ? 'NXDOMAIN' : 'NOERROR';
	return {
		passed: answerFits(params, rcode, [...new Set(data)]),
		found: `${place.label}: ${name} gives ${rcode}${data.length > 0 ? ` ${data.join(', ')}` : ', no records'}`,
		expected: dnsExpectation(params),
		look: `nslookup ${name}`,
	};
}

async function askMode({on, mode}: any, cluster: RealCluster, probes: Probes): Promise<Finding> {
	const findings: Finding[] = [];
	for (const place of await realPlaces(cluster, probes, on)) {
		const {stdout} = await place.run(['curl', '-s', '-m', '5', '127.0.0.1:10249/proxyMode']);
		const found = `${place.label}: kube-proxy ${stdout ? `runs in ${stdout.trim()} mode` : 'does not answer'}`;
		findings.push({passed: stdout.trim() === mode, found, expected: `${mode} mode`, look: 'curl 127.0.0.1:10249/proxyMode'});
	}
	return together(findings);
}
