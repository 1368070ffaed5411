import type {Machine} from '../node/host/machine.js';
import type {VirtualServer} from '../net/ipvs/ipvs.js';
import type {World} from '../node/world.js';
import type {Check, Finding} from './check.js';
import {together} from './check.js';
import {expectedVirtualServers} from './expected-virtual-servers.js';
import {describeOutcome, fetchFrom} from './fetch.js';
import {findPlaces, type Places, places} from './places.js';
import {integer, list, object, optional, required, text} from './shape.js';

interface Params {
	readonly on: Places;
	readonly mode?: string;
	readonly virtualServers?: 'match-services';
	readonly scheduler?: string;
	readonly persistence?: {readonly address: string; readonly port: number; readonly seconds: number};
	readonly chains?: readonly string[];
}

/** What kube-proxy made of the Services on a node. */
const check: Check<Params> = {
	name: 'proxy',
	params: object('kube-proxy on one or more nodes', {
		on: required(places),
		mode: optional(text('mode that the running kube-proxy reports', {oneOf: ['iptables', 'ipvs', 'nftables']})),
		virtualServers: optional(
			text('`match-services`: on every node in ipvs mode, the IPVS table holds all Services and their ready endpoints', {
				oneOf: ['match-services'],
			}),
		),
		scheduler: optional(
			text('IPVS scheduler of every virtual server that kube-proxy made', {
				oneOf: ['rr', 'wrr', 'lc', 'wlc', 'sh', 'dh', 'sed', 'nq', 'mh'],
			}),
		),
		persistence: optional(
			object('a virtual server that keeps a client at one endpoint', {
				address: required(text('its address')),
				port: required(integer('its port', 1, 65_535)),
				seconds: required(integer('how long', 1)),
			}),
		),
		chains: optional(list('iptables chains that exist in table nat', text('a chain or how its name begins'), 1)),
	}),
	run: (params, {world}) =>
		together(
			findPlaces(world, params.on).flatMap(({label, machine, prefix}) =>
				machine
					? onNode(machine, prefix, params, world)
					: [{passed: false, found: `${label} is not there`, expected: 'a node', look: 'kubectl get nodes'}],
			),
		),
};
export default check;

function onNode(node: Machine, prefix: string, params: Params, world: World): Finding[] {
	const running = proxyMode(node);
	return [
		...(params.mode ? [modeFinding(node, prefix, params.mode, running, world)] : []),
		...(params.virtualServers ? [tableFinding(node, prefix, running, world)] : []),
		...(params.scheduler ? [schedulerFinding(node, prefix, params.scheduler)] : []),
		...(params.persistence ? [persistenceFinding(node, prefix, params.persistence)] : []),
		...(params.chains ?? []).map(chain => chainFinding(node, prefix, chain)),
	];
}

interface ProxyMode {
	readonly mode?: string;
	readonly trouble?: string;
}

/** Asks kube-proxy itself, as `curl 127.0.0.1:10249/proxyMode` does. */
function proxyMode(node: Machine): ProxyMode {
	const fetched = fetchFrom(node, {address: '127.0.0.1', port: 10_249, path: '/proxyMode', host: '127.0.0.1:10249'});
	if (fetched.status === 200) return {mode: fetched.body!.trim()};
	return {trouble: fetched.status ? `status ${fetched.status}` : describeOutcome(fetched.outcome)};
}

function modeFinding(node: Machine, prefix: string, mode: string, running: ProxyMode, world: World): Finding {
	const expected = `every kube-proxy to run in ${mode} mode`;
	const look = `${prefix}curl -s 127.0.0.1:10249/proxyMode`;
	if (running.mode === undefined) {
		const pod = world.api.reader
			.list('pods', {namespace: 'kube-system', labelSelector: 'k8s-app=kube-proxy'})
			.find(each => each['spec'].nodeName === node.hostname);
		const state = pod ? `its pod ${pod.metadata.name} is ${podState(pod['status'])}` : 'no kube-proxy pod is there';
		return {
			passed: false,
			found: `${node.name}: kube-proxy does not answer (${running.trouble}), ${state}`,
			expected,
			look: 'kubectl -n kube-system get pods -o wide',
		};
	}
	return {passed: running.mode === mode, found: `${node.name}: kube-proxy runs in ${running.mode} mode`, expected, look};
}

const podState = (status: any): string => status?.containerStatuses?.[0]?.state?.waiting?.reason ?? status?.phase ?? 'Unknown';

function tableFinding(node: Machine, prefix: string, running: ProxyMode, world: World): Finding {
	const expected = 'the virtual servers of all Services with their ready endpoints';
	const look = `${prefix}ipvsadm -Ln`;
	if (running.mode !== 'ipvs') return {passed: true, found: `${node.name}: not in ipvs mode`, expected, look};
	const table = new Map(node.stack.ipvs.services().map(each => [idOf(each), each]));
	const wrong = expectedVirtualServers(world.api.reader, node).flatMap(({id, service, servers}) => {
		const found = table.get(id);
		if (!found) return [`no virtual server ${id} (${service})`];
		const standing = found.servers.filter(each => each.weight > 0).map(each => `${each.address}:${each.port}`);
		return standing.sort().join() === servers.join()
			? []
			: [`${id} (${service}) leads to ${standing.join(', ') || 'nothing'} instead of ${servers.join(', ') || 'nothing'}`];
	});
	const found =
		wrong.length > 0
			? `${node.name}: ${wrong.slice(0, 3).join('; ')}${wrong.length > 3 ? ` and ${wrong.length - 3} more` : ''}`
			: `${node.name}: ${table.size} virtual servers`;
	return {passed: wrong.length === 0, found, expected, look};
}

const idOf = ({protocol, address, port}: VirtualServer) => `${protocol.toUpperCase()} ${address}:${port}`;

function schedulerFinding(node: Machine, prefix: string, scheduler: string): Finding {
	const services = node.stack.ipvs.services();
	const other = services.find(each => each.scheduler !== scheduler);
	const found = other ? `${idOf(other)} uses ${other.scheduler}` : services.length === 0 ? 'no virtual servers' : `all use ${scheduler}`;
	return {
		passed: !other && services.length > 0,
		found: `${node.name}: ${found}`,
		expected: `scheduler ${scheduler}`,
		look: `${prefix}ipvsadm -Ln`,
	};
}

function persistenceFinding(node: Machine, prefix: string, {address, port, seconds}: NonNullable<Params['persistence']>): Finding {
	const service = node.stack.ipvs.service({protocol: 'tcp', address, port});
	const found = service ? `persistent ${service.persistentSeconds ?? 'not at all'}` : 'no such virtual server';
	return {
		passed: service?.persistentSeconds === seconds,
		found: `${node.name}: ${address}:${port}: ${found}`,
		expected: `persistent ${seconds}`,
		look: `${prefix}ipvsadm -Ln`,
	};
}

function chainFinding(node: Machine, prefix: string, chain: string): Finding {
	const passed = node.stack.iptables.table('nat')?.chains.some(each => each.name.startsWith(chain)) ?? false;
	return {
		passed,
		found: `${node.name}: ${passed ? '' : 'no '}chain ${chain} in table nat`,
		expected: `chain ${chain}`,
		look: `${prefix}iptables-save -t nat`,
	};
}
