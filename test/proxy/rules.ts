import {readFileSync} from 'node:fs';
import test from 'ava';
import type {Reader} from '../../source/api/client.js';
import type {KubeObject} from '../../source/api/object.js';
import {keyOf} from '../../source/api/object.js';
import {syncIptables} from '../../source/images/kube-proxy/iptables.js';
import {ipvsRules} from '../../source/images/kube-proxy/ipvs-rules.js';
import {ipSets} from '../../source/images/kube-proxy/ipvs-sets.js';
import {wantedOf} from '../../source/images/kube-proxy/ipvs-wanted.js';
import {serviceMap, slices} from '../../source/images/kube-proxy/service-map.js';
import type {Settings} from '../../source/images/kube-proxy/settings.js';
import {createSim} from '../../source/sim/sim.js';
import {objectsOf} from '../helpers/proxy-objects.js';

const data = (name: string) => readFileSync(new URL(`../data/proxy/${name}`, import.meta.url), 'utf8');

function readerOf(objects: readonly KubeObject[]): Reader {
	const of = (resource: string) => objects.filter(object => object.kind === (resource === slices ? 'EndpointSlice' : 'Service'));
	const find = (resource: string, namespace: string | undefined, name: string) =>
		of(resource).find(object => keyOf(object) === `${namespace}/${name}`) as any;
	return {find, get: find, list: (resource: string) => of(resource) as any, indexed: () => []};
}

function mapOf(given: any) {
	const map = serviceMap(createSim('1').state, readerOf(objectsOf(given.services)), 'node', given.nodeName);
	map.relist();
	return map;
}

const settingsOf = (given: any): Settings => ({
	nodeName: given.nodeName,
	nodeIp: given.nodeIP,
	zone: '',
	masqueradeAll: false,
	mark: '0x4000',
	ifLocal: `-s ${given.clusterCIDR}`,
	ifNotLocal: `! -s ${given.clusterCIDR}`,
	localhostNodePorts: true,
	conntrackTcpLiberal: false,
});

function restoreText(given: any): string {
	let text = '';
	const iptables: any = {table: () => undefined, check: () => true, command() {}, restore: (given: string) => (text = given)};
	const map = mapOf(given);
	syncIptables(iptables, map, settingsOf(given), [], true);
	return text;
}

/** Chain by chain; the order of chains and of services in a shared chain says nothing. */
const sorted = (text: string) =>
	text
		.split(/^\*/m)
		.map(table => table.split('\n').filter(Boolean).sort().join('\n'))
		.sort()
		.join('\n');

test('the rules of the upstream unit test', t => {
	const given = JSON.parse(data('overall.json'));
	// Its fake iptables is too old for --random-fully.
	const expected = data('TestOverallIPTablesRules.expected.txt').replace('-j MASQUERADE\n', '-j MASQUERADE --random-fully\n');
	t.is(sorted(restoreText(given)), sorted(expected));
});

test('the rules of a kubeadm cluster with every feature', t => {
	t.is(sorted(restoreText(JSON.parse(data('kubeadm.json')))), sorted(data('kubeadm.restore')));
});

test('ipvs: virtual servers, sets, addresses and rules of the same cluster', t => {
	const given = JSON.parse(data('ipvs-kubeadm.json'));
	const settings = settingsOf(given);
	const foreign = new Set<string>(given.nodeIPs);
	const map = mapOf(given);
	// The golden lists the services in the order of the file.
	const order = given.services.map((row: any) => `${row.namespace}/${row.name}`);
	const ports = [...map.ports.values()].sort((a, b) => order.indexOf(a.port.service) - order.indexOf(b.port.service));
	const wanted = wantedOf(ports, {settings, scheduler: 'rr', nodeIps: given.nodeIPs, foreign});
	t.is([...wanted.addresses].join('\n'), data('kubeadm.addrs').trim());
	t.is(
		sets(wanted.members),
		data('kubeadm.ipset')
			.replaceAll(/ (family|range) .*$/gm, '')
			.trim(),
	);
	t.deepEqual(servers(wanted.servers), data('kubeadm.ipvsadm').trim().split('\n'));
	t.is(ipvsRules(wanted.members, settings, wanted.forbidden, ''), data('kubeadm.ipvs.restore'));
});

const sets = (members: ReadonlyMap<string, ReadonlySet<string>>) =>
	ipSets
		.flatMap(({name, type}) => [`create ${name} ${type}`, ...[...(members.get(name) ?? [])].map(entry => `add ${name} ${entry}`)])
		.join('\n');

function servers(wanted: ReturnType<typeof wantedOf>['servers']): string[] {
	return wanted.flatMap(({id, options, endpoints}) => {
		const flag = `-${id.protocol[0]} ${id.address}:${id.port}`;
		const persistence = options.persistentSeconds ? ` -p ${options.persistentSeconds}` : '';
		return [`-A ${flag} -s ${options.scheduler}${persistence}`, ...endpoints.map(endpoint => `-a ${flag} -r ${endpoint.address} -m -w 1`)];
	});
}
