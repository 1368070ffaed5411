import test from 'ava';
import type {KubeObject} from '../../source/api/object.js';
import {objectsOf, read, started} from '../helpers/proxy-recordings.js';
import type {Harness} from '../helpers/program-harness.js';

const get = (harness: Harness, port: number, path: string) => harness.serve(port, `GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`);

/** An answer without its date, clock times and the length they give it. */
const plain = (text: string) =>
	text
		.replaceAll('\r', '')
		.replace(/Date: .*\n/, '')
		.replace(/Content-Length: .*\n/, '')
		.replaceAll(/"\d{4}-[^"]*Z"/g, '"T"')
		.trim();

/** Answers of a recording by its `curl` line. */
function recorded(path: string): Map<string, string> {
	const parts = read(path)
		.split(/^\$ curl -s?i? ?(?:-m2 )?(?:-si )?/m)
		.slice(1);
	// The same line again is of a tainted node: the first one counts.
	return new Map(
		parts.toReversed().map(part => [
			part.slice(0, part.indexOf('\n')).replace(/;.*/, '').trim(),
			part
				.slice(part.indexOf('\n') + 1)
				.replace(/\[curl exit \d\]/, '')
				.trim(),
		]),
	);
}

test('service health checks answer as recorded', t => {
	const harness = started(objectsOf('09-lb-local-healthcheck/objects.yaml'));
	for (const [port, text] of [
		[32_000, '"localEndpoints": 2'],
		[32_001, '"localEndpoints": 0'],
		[32_002, '"localEndpoints": 0'],
	] as const) {
		const wanted = [...recorded('09-lb-local-healthcheck/http.txt')].find(([line]) => line.endsWith(`:${port}`))![1];
		t.is(plain(get(harness, port, '/')), plain(wanted));
		t.true(wanted.includes(text));
		t.true(harness.stack.sockets.listeners().some(listener => listener.port === port));
	}

	harness.remove('Service', 'default/edge');
	harness.advance(2000);
	t.false(harness.stack.sockets.listeners().some(listener => listener.port === 32_000));
});

test('the health and metrics ports answer as recorded', t => {
	const harness = started([]);
	const answers = recorded('startup/http.txt');
	for (const [port, path] of [
		[10_249, '/proxyMode'],
		[10_249, '/healthz'],
		[10_256, '/healthz'],
		[10_256, '/livez'],
		[10_256, '/'],
	] as const) {
		t.is(plain(get(harness, port, path)), plain(answers.get(`127.0.0.1:${port}${path}`)!), `${port}${path}`);
	}
});

test('a node that the autoscaler takes away is not eligible, but live', t => {
	const harness = started([]);
	const node = structuredClone(objectsOf('cluster.yaml').find(object => object.metadata.name === 'k8s-node1')!) as KubeObject;
	node['spec'].taints = [{key: 'ToBeDeletedByClusterAutoscaler', effect: 'NoSchedule'}];
	harness.apply(node);
	t.regex(get(harness, 10_256, '/healthz'), /^HTTP\/1\.1 503 [\s\S]*"nodeEligible":false,"healthy":true/);
	t.regex(get(harness, 10_256, '/livez'), /^HTTP\/1\.1 200 /);
});

test('UDP flows to an endpoint that stopped serving are forgotten; those of a port without any are not', t => {
	const harness = started(objectsOf('24-udp-conntrack/objects.yaml'));
	const {stack} = harness;
	stack.links.add({name: 'pods', type: 'dummy', mac: '02:00:00:00:02:01', mtu: 1500, up: true, carrier: true});
	stack.routes.add({destination: '10.244.0.0/24', dev: 'pods', scope: 'link'});
	const slice = objectsOf('24-udp-conntrack/objects.yaml').find(object => object.kind === 'EndpointSlice')!;
	const addresses: string[] = slice['endpoints'].map((endpoint: any) => endpoint.addresses[0]);
	const flows = () =>
		stack.conntrack
			.entries()
			.filter(entry => entry.protocol === 'udp')
			.map(entry => entry.reply.source);
	const send = () => {
		for (let i = 0; i < 40; i++) stack.exchange('10.96.0.10', 53, 'x');
	};

	const keep = (count: number) => {
		harness.apply({...slice, endpoints: slice['endpoints'].slice(0, count)} as KubeObject);
		harness.advance(1500);
	};

	send();
	t.deepEqual([...new Set(flows())].sort(), [...addresses].sort());
	keep(1);
	t.deepEqual([...new Set(flows())], [addresses[0]]);
	keep(0);
	t.deepEqual([...new Set(flows())], [addresses[0]]);
});
