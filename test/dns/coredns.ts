import test from 'ava';
import {coredns} from '../../source/images/coredns/coredns.js';
import {decodeDns, encodeDns} from '../../source/net/dns-message.js';
import {createHarness, type Harness} from '../helpers/program-harness.js';

const corefile = `.:53 {
    errors
    health {
       lameduck 5s
    }
    ready
    kubernetes cluster.local in-addr.arpa ip6.arpa {
       pods insecure
       fallthrough in-addr.arpa ip6.arpa
       ttl 30
    }
    prometheus :9153
    forward . /etc/resolv.conf {
       max_concurrent 1000
    }
    cache 30 {
       disable success cluster.local
       disable denial cluster.local
    }
    loop
    reload
    loadbalance
}
`;
const objects = [
	{apiVersion: 'v1', kind: 'Namespace', metadata: {name: 'default'}},
	{
		apiVersion: 'v1',
		kind: 'Service',
		metadata: {name: 'web', namespace: 'default'},
		spec: {clusterIP: '10.96.0.50', clusterIPs: ['10.96.0.50'], ports: [{name: 'http', port: 80, protocol: 'TCP'}]},
	},
];
const path = '/etc/coredns/Corefile';

function started(text: string): {harness: Harness; files: Record<string, string>} {
	const files: Record<string, string> = {[path]: text, '/etc/resolv.conf': 'nameserver 172.25.254.2\n'};
	const harness = createHarness(coredns, files, objects);
	harness.start(['/coredns', '-conf', path]);
	return {harness, files};
}

function ask(harness: Harness, name: string, type = 'A') {
	const query = encodeDns({
		id: 7,
		response: false,
		rcode: 'NOERROR',
		recursionDesired: true,
		question: {name, type},
		answers: [],
		authorities: [],
		additionals: [],
	});
	return decodeDns(harness.serve(53, query))!;
}

test('the log of a start is that of CoreDNS 1.12.0 with the Corefile of kubeadm 1.33, hash included', t => {
	t.deepEqual(started(corefile).harness.log.slice(1), [
		'.:53',
		'[INFO] plugin/reload: Running configuration SHA512 = 1b226df79860026c6a52e67daa10d7f0d57ec5b023288ec00c5e05f93523c894564e15b91770d3a07ae1cfbe861d15b37d4a0027e69c546ab112970993a3b03b',
		'CoreDNS-1.12.0',
		'linux/amd64, go1.23.3, 51e11f1',
	]);
});

test('answers travel as DNS messages', t => {
	const {harness} = started(corefile);
	const answer = ask(harness, 'web.default.svc.cluster.local.');
	t.deepEqual(answer.answers, [{name: 'web.default.svc.cluster.local.', type: 'A', ttl: 30, data: '10.96.0.50'}]);
	t.true(answer.authoritative);
	t.false(answer.recursionAvailable);
	const missing = ask(harness, 'nosuch.default.svc.cluster.local.');
	t.is(missing.rcode, 'NXDOMAIN');
	t.regex(missing.authorities[0]!.data, /^ns\.dns\.cluster\.local\. hostmaster\.cluster\.local\. \d+ 7200 1800 86400 30$/);
});

for (const [mistake, text, said] of [
	['an unknown directive', corefile.replace('errors', 'errorz'), `${path}:2 - Error during parsing: Unknown directive 'errorz'`],
	['a missing brace', corefile.slice(0, -2), `${path}:22 - Syntax error: Unexpected token 'loadbalance', expecting '}'`],
	[
		'a wrong value',
		corefile.replace('pods insecure', 'pods all'),
		`plugin/kubernetes: ${path}:8 - Error during parsing: wrong value for pods: all,  must be one of: disabled, verified, insecure`,
	],
] as const) {
	test(`${mistake} ends the process`, t => {
		const {harness} = started(text);
		t.is(harness.log.at(-1), said);
		t.is(harness.exitCode(), 1);
	});
}

test('a changed Corefile is taken over within its interval; a broken one is not', t => {
	const {harness, files} = started(corefile);
	files[path] = corefile.replace('ttl 30', 'ttl 9');
	harness.advance(30_000);
	t.is(ask(harness, 'web.default.svc.cluster.local.').answers[0]!.ttl, 9);
	t.true(harness.log.includes('[INFO] Reloading complete'));
	files[path] = corefile.replace('errors', 'errorz');
	harness.advance(90_000);
	t.is(ask(harness, 'web.default.svc.cluster.local.').answers[0]!.ttl, 9);
	const failed = `[ERROR] plugin/reload: Corefile changed but reload failed: ${path}:2 - Error during parsing: Unknown directive 'errorz'`;
	t.is(harness.log.filter(line => line === failed).length, 1);
	files[path] = corefile.slice(0, -2);
	harness.advance(30_000);
	t.regex(harness.log.at(-1)!, /^\[WARNING\] plugin\/reload: Corefile parse failed: /);
	t.is(harness.exitCode(), undefined);
});

test('an upstream that is itself is a loop', t => {
	const {harness} = started(corefile.replace('/etc/resolv.conf', '127.0.0.1'));
	t.regex(harness.log.at(-1)!, /^\[FATAL\] plugin\/loop: Loop \(127\.0\.0\.1:\d+ -> :53\) detected for zone "\."/);
	t.is(harness.exitCode(), 1);
});

test('without a name server that answers, SERVFAIL and a line from the errors plugin', t => {
	const {harness} = started(corefile);
	t.is(ask(harness, 'example.com.').rcode, 'SERVFAIL');
	t.regex(harness.log.at(-1)!, /^\[ERROR\] plugin\/errors: 2 example\.com\. A: read udp /);
});

test('SIGTERM: lameduck, then the end', t => {
	const {harness} = started(corefile);
	harness.signal('SIGTERM');
	t.is(harness.exitCode(), undefined);
	harness.advance(5000);
	t.is(harness.exitCode(), 0);
});

test('hosts, rewrite and log in one server block, stub domains in another', t => {
	const text = `example.org:53 {
    hosts {
        10.0.0.1 a.example.org b.example.org
        fallthrough
    }
}
.:53 {
    log
    rewrite name web.local web.default.svc.cluster.local
    rewrite name suffix .lab. .default.svc.cluster.local.
    hosts {
        10.0.0.2 reg.lab.internal
        fallthrough
    }
    kubernetes cluster.local
}
`;
	const {harness} = started(text);
	t.is(ask(harness, 'b.example.org.').answers[0]!.data, '10.0.0.1');
	t.is(ask(harness, 'reg.lab.internal.').answers[0]!.data, '10.0.0.2');
	t.deepEqual(ask(harness, 'web.local.').answers, [{name: 'web.local.', type: 'A', ttl: 5, data: '10.96.0.50'}]);
	t.is(ask(harness, 'web.lab.').answers[0]!.data, '10.96.0.50');
	t.regex(harness.log.at(-1)!, /^\[INFO\] 127\.0\.0\.1:40000 - 7 "A IN web\.lab\. udp 25 false 512" NOERROR qr,aa,rd \d+ 0\.000\d{6}s$/);
});

test('the addresses of an answer are shuffled', t => {
	const headless = {apiVersion: 'v1', kind: 'Service', metadata: {name: 'db', namespace: 'default'}, spec: {clusterIP: 'None', ports: []}};
	const slice = {
		apiVersion: 'discovery.k8s.io/v1',
		kind: 'EndpointSlice',
		metadata: {name: 'db-1', namespace: 'default', labels: {'kubernetes.io/service-name': 'db'}},
		addressType: 'IPv4',
		endpoints: ['10.244.1.1', '10.244.1.2', '10.244.1.3'].map(address => ({addresses: [address], conditions: {ready: true}})),
	};
	const {harness} = started(corefile);
	harness.apply(headless, slice);
	const orders = new Set(
		Array.from({length: 30}, () =>
			ask(harness, 'db.default.svc.cluster.local.')
				.answers.map(record => record.data)
				.join(' '),
		),
	);
	t.true(orders.size > 2);
});

test('health, readiness and metrics each on their port', t => {
	const {harness} = started(corefile);
	const page = (port: number, path: string) => harness.serve(port, `GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`);
	t.regex(page(8080, '/health'), /^HTTP\/1\.1 200 OK\r\n[\s\S]*\r\n\r\nOK$/);
	t.regex(page(8181, '/ready'), /\r\n\r\nOK$/);
	ask(harness, 'nosuch.default.svc.cluster.local.');
	t.regex(page(9153, '/metrics'), /coredns_dns_responses_total\{plugin="",rcode="NXDOMAIN",server="dns:\/\/:53",view="",zone="\."\} 1\n/);
	t.regex(page(8080, '/ready'), /^HTTP\/1\.1 404 /);
});

test('a port that somebody else has ends it', t => {
	const harness = createHarness(coredns, {[path]: corefile, '/etc/resolv.conf': ''}, objects);
	harness.stack.sockets.listen({
		protocol: 'tcp',
		address: '0.0.0.0',
		port: 53,
		handler: 'other',
		owner: 'other/1',
		process: {name: 'dnsmasq', pid: 9},
	});
	harness.start(['/coredns', '-conf', path]);
	t.is(harness.log.at(-1), 'Listen: listen tcp :53: bind: address already in use');
	t.is(harness.exitCode(), 1);
});
