import test from 'ava';
import {kubeProxy} from '../../source/images/kube-proxy/kube-proxy.js';
import {createHarness, type Harness} from '../helpers/program-harness.js';
import {argv, config, objectsOf, started} from '../helpers/proxy-recordings.js';

const ipvsConfig = config.replace('mode: ""', 'mode: ipvs');
const objects = () => objectsOf('22-hand-damage/objects.yaml');
const servers = ({stack}: Harness) =>
	stack.ipvs
		.services()
		.map(({protocol, address, port, scheduler, servers: real}) => {
			const texts = real.map(each => `${each.address}:${each.port}/${each.weight}`).sort();
			return [`${protocol} ${address}:${port} ${scheduler}`, ...texts].join(' ');
		})
		.sort();

test('virtual servers, the dummy device and its addresses', t => {
	const harness = started(objects(), ipvsConfig);
	t.deepEqual(servers(harness), [
		'tcp 10.96.0.1:443 rr 172.25.254.100:6443/1',
		'tcp 10.96.20.150:80 rr 10.244.1.11:8080/1 10.244.2.11:8080/1',
		'tcp 10.96.20.151:80 rr 10.244.1.11:8080/1 10.244.2.11:8080/1',
		'tcp 172.25.254.10:30750 rr 10.244.1.11:8080/1 10.244.2.11:8080/1',
	]);
	const device = harness.stack.links.get('kube-ipvs0')!;
	t.false(device.up);
	t.deepEqual(device.addresses.map(({address, prefix}) => `${address}/${prefix}`).sort(), [
		'10.96.0.1/32',
		'10.96.20.150/32',
		'10.96.20.151/32',
	]);
	t.is(harness.stack.sysctl('net.ipv4.vs.conntrack'), '1');
	t.true(harness.log.some(line => line.includes('"Using ipvs Proxier"')));
	t.is(harness.log.filter(line => line.includes('IPVS scheduler not specified, use rr by default')).length, 2);
});

test('what is changed by hand is mended within the sync period of 30 s', t => {
	const harness = started(objects(), ipvsConfig);
	const whole = servers(harness);
	const {stack} = harness;
	stack.ipvs.deleteServer({protocol: 'tcp', address: '10.96.20.150', port: 80}, {address: '10.244.1.11', port: 8080});
	stack.ipvs.deleteService({protocol: 'tcp', address: '10.96.0.1', port: 443});
	stack.ipvs.addService({protocol: 'tcp', address: '10.9.9.9', port: 80}, {scheduler: 'wlc'});
	stack.links.removeAddress('kube-ipvs0', '10.96.20.150');
	stack.iptables.command(['-t', 'nat', '-F']);
	stack.ipsets.remove('KUBE-CLUSTER-IP', '10.96.0.1,tcp:443');
	t.notDeepEqual(servers(harness), whole);
	harness.advance(30_000);
	t.deepEqual(servers(harness), whole);
	t.true(stack.ipsets.contains('KUBE-CLUSTER-IP', '10.96.0.1,tcp:443'));
	t.true(stack.iptables.check('nat', 'PREROUTING', '-m comment --comment "kubernetes service portals" -j KUBE-SERVICES'));
	t.is(stack.links.get('kube-ipvs0')!.addresses.length, 3);
});

test('excludeCIDRs leaves virtual servers of others alone', t => {
	const harness = started(objects(), ipvsConfig.replace('excludeCIDRs: null', 'excludeCIDRs: ["10.9.0.0/16"]'));
	harness.stack.ipvs.addService({protocol: 'tcp', address: '10.9.9.9', port: 80}, {scheduler: 'wlc'});
	harness.advance(31_000);
	t.truthy(harness.stack.ipvs.service({protocol: 'tcp', address: '10.9.9.9', port: 80}));
});

test('the scheduler of the configuration; one that ipvs has not is refused', t => {
	const harness = started(objects(), ipvsConfig.replace('scheduler: ""', 'scheduler: lc'));
	t.true(harness.stack.ipvs.services().every(server => server.scheduler === 'lc'));
	const refused = started(objects(), ipvsConfig.replace('scheduler: ""', 'scheduler: fast'));
	t.is(refused.exitCode(), 1);
	t.regex(
		refused.log.at(-1)!,
		/must be in \[rr wrr lc wlc lblc lblcr sh dh sed nq \], blank means the default algorithm method \(currently rr\)"$/,
	);
});

test('from iptables to ipvs: the chains of services stay, and the old jumps of the filter table', t => {
	const files = {'/var/lib/kube-proxy/config.conf': config};
	const harness = createHarness(kubeProxy, files, [...objectsOf('cluster.yaml'), ...objects()]);
	harness.start(argv);
	harness.advance(2000);
	const chains = (table: 'nat' | 'filter') => harness.stack.iptables.table(table)!.chains.map(({name}) => name);
	const before = chains('nat').filter(name => name.startsWith('KUBE-SVC-'));
	harness.signal('SIGTERM');
	files['/var/lib/kube-proxy/config.conf'] = ipvsConfig;
	harness.start(argv);
	harness.advance(2000);
	t.deepEqual(
		chains('nat').filter(name => name.startsWith('KUBE-SVC-')),
		before,
	);
	t.true(chains('nat').includes('KUBE-NODEPORTS'));
	const input = harness.stack.iptables.table('filter')!.chains[0]!.rules.map(({text}) => text.replace(/.*-j /, ''));
	t.deepEqual(input, [
		'KUBE-IPVS-FILTER',
		'KUBE-PROXY-FIREWALL',
		'KUBE-NODE-PORT',
		'KUBE-FIREWALL',
		'KUBE-PROXY-FIREWALL',
		'KUBE-NODEPORTS',
		'KUBE-EXTERNAL-SERVICES',
	]);
	t.is(harness.serve(10_249, 'GET /proxyMode HTTP/1.1\r\nHost: x\r\n\r\n').split('\r\n\r\n')[1], 'ipvs');
});
