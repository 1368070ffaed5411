import {readdirSync} from 'node:fs';
import test from 'ava';
import {kubeletChains} from '../../source/images/kube-proxy/kubelet-chains.js';
import {kubeProxy} from '../../source/images/kube-proxy/kube-proxy.js';
import type {Namespace} from '../../source/net/namespace.js';
import {createHarness, type Harness} from '../helpers/program-harness.js';
import {argv, comparable, config, folder, logLines, objectsOf, read, saved, started} from '../helpers/proxy-recordings.js';

const scenarios = readdirSync(folder).filter(
	name => /^\d/.test(name) && readdirSync(new URL(`${name}/`, folder)).includes('iptables-save.txt'),
);

for (const scenario of scenarios) {
	test(`the tables of ${scenario}`, t => {
		const harness = started(objectsOf(`${scenario}/objects.yaml`));
		t.deepEqual(comparable(saved(harness)), comparable(read(`${scenario}/iptables-save.txt`)));
	});
}

test('IPv6 has the same chains, without services', t => {
	t.deepEqual(comparable(saved(started([]), 'ip6tables')), comparable(read('01-kubernetes-only/ip6tables-save.txt')));
});

const options: Record<string, (text: string) => string> = {
	'masquerade-all': text => text.replace('masqueradeAll: false', 'masqueradeAll: true'),
	'no-cluster-cidr': text => text.replace('clusterCIDR: 10.244.0.0/16', 'clusterCIDR: ""'),
	'nodeport-addresses-cidr': text => text.replace('nodePortAddresses: null', 'nodePortAddresses: ["172.25.254.0/24"]'),
	'nodeport-addresses-primary': text => text.replace('nodePortAddresses: null', 'nodePortAddresses: ["primary"]'),
	'localhost-nodeports-false': text => text.replace('localhostNodePorts: null', 'localhostNodePorts: false'),
};

for (const [name, change] of Object.entries(options)) {
	test(`with ${name}`, t => {
		const harness = started(objectsOf('20-options/objects.yaml'), change(config));
		t.deepEqual(comparable(saved(harness)), comparable(read(`20-options/${name}/iptables-save.txt`)));
		t.deepEqual(logLines(harness.log.join('\n')), logLines(read(`20-options/${name}/log.txt`)));
	});
}

test('the log of the first start', t => {
	t.deepEqual(logLines(started([]).log.join('\n')), logLines(read('startup/iptables-v0.log.txt')));
});

for (const mode of ['ipsv', 'userspace']) {
	test(`mode ${mode} is refused`, t => {
		const harness = started([], config.replace('mode: ""', `mode: ${mode}`));
		t.is(harness.exitCode(), 1);
		t.deepEqual(logLines(harness.log.join('\n')), logLines(read(`startup/mode-${mode}.txt`)));
	});
}

for (const mode of ['userspace', 'ipsv']) {
	test(`the flag --proxy-mode=${mode} is refused`, t => {
		const harness = createHarness(kubeProxy, {}, objectsOf('cluster.yaml'));
		harness.start(['/usr/local/bin/kube-proxy', `--proxy-mode=${mode}`, '--hostname-override=k8s-node1']);
		harness.advance(2000);
		t.is(harness.exitCode(), 1);
		t.deepEqual(logLines(harness.log.join('\n')), logLines(read(`startup/flag--proxy-mode-${mode}.txt`)));
	});
}

test('mode iptables, written out, is the mode that an empty one stands for', t => {
	const harness = started([], config.replace('mode: ""', 'mode: iptables'));
	t.deepEqual(logLines(harness.log.join('\n')), logLines(read('startup/mode-iptables.txt')));
});

test('a second start finds what the kernel was told by the first', t => {
	const first = started([]);
	const second = started([], config, ({stack}) => {
		for (const name of ['established', 'close_wait']) {
			const key = `net.netfilter.nf_conntrack_tcp_timeout_${name}`;
			stack.setSysctl(key, first.stack.sysctl(key)!);
		}
	});
	t.deepEqual(logLines(second.log.join('\n')), logLines(read('startup/iptables-v0-second-start-same-netns.log.txt')));
});

test('the metrics that there are have the names and words of the real ones', t => {
	const harness = started([]);
	const text = harness.serve(10_249, 'GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n');
	const real = read('startup/metrics-kubeproxy.txt');
	const heads = [...text.matchAll(/^# HELP (kubeproxy_\w+) (.*)$/gm)].map(([, name, words]) => `${name!.replace(/_count$/, '')} ${words}`);
	// The recorded proxy had no failure and no partial sync yet, so it had no such line.
	const later = /restore_failures|partial/;
	t.true(heads.length >= 10);
	for (const head of heads) t.true(later.test(head) || real.includes(`# HELP ${head}\n`), head);
});

const lineSet = (text: string) => text.split('\n').sort();
const listed = ({stack}: Harness) => lineSet((stack as Namespace).iptables.run(['-t', 'nat', '-L', '-n']));

test('beside kubelet, whoever comes first', t => {
	const first = started(objectsOf('23-with-kubelet/objects.yaml'), config, ({stack}) => kubeletChains(stack));
	t.deepEqual(comparable(saved(first)), comparable(read('23-with-kubelet/kubelet-first.iptables-save.txt')));
	t.deepEqual(listed(first), lineSet(read('23-with-kubelet/kubelet-first.nat-L-n.txt')));
	const second = started(objectsOf('23-with-kubelet/objects.yaml'));
	kubeletChains(second.stack);
	t.deepEqual(comparable(saved(second)), comparable(read('23-with-kubelet/kubelet-second.iptables-save.txt')));
	t.deepEqual(listed(second), lineSet(read('23-with-kubelet/kubelet-second.nat-L-n.txt')));
});

test('an API server that nobody has the address of: no route to host', t => {
	const files = {
		'/var/lib/kube-proxy/config.conf': config,
		'/var/lib/kube-proxy/kubeconfig.conf': 'clusters:\n- cluster:\n    server: https://172.25.254.100:6443\n',
	};
	const harness = createHarness(kubeProxy, files, objectsOf('cluster.yaml'));
	harness.setApi(false, {kind: 'unreachable', code: 'host', from: '172.25.254.10'});
	harness.start(argv);
	harness.advance(2000);
	t.deepEqual(logLines(harness.log.join('\n')), logLines(read('startup/api-unreachable.log.txt')));
});

test('without an API server: six tries, then on with the loopback address, listing for ever', t => {
	const files = {
		'/var/lib/kube-proxy/config.conf': config,
		'/var/lib/kube-proxy/kubeconfig.conf': 'clusters:\n- cluster:\n    server: https://172.25.254.10:6443\n',
	};
	const harness = createHarness(kubeProxy, files, objectsOf('cluster.yaml'));
	harness.setApi(false);
	harness.start(argv);
	harness.advance(40_000);
	const wanted = logLines(read('startup/api-connection-refused.log.txt')).filter(line => !line.includes('event_broadcaster'));
	t.deepEqual(logLines(harness.log.join('\n')).slice(0, 18), wanted.slice(0, 18));
	t.regex(harness.serve(10_256, 'GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n'), /^HTTP\/1\.1 200 OK/);
	t.deepEqual(
		harness.stack.iptables.tables().flatMap(table => table.chains.filter(chain => chain.policy === '-').map(chain => chain.name)),
		['KUBE-PROXY-CANARY', 'KUBE-PROXY-CANARY', 'KUBE-PROXY-CANARY'],
	);
	harness.setApi(true);
	harness.advance(40_000);
	t.true(saved(harness).includes('KUBE-SVC-NPX46M4PTMTKRN6Y'));
});
