import test from 'ava';
import type {KubeObject} from '../../source/api/object.js';
import type {Harness} from '../helpers/program-harness.js';
import {argv, comparable, config, objectsOf, read, saved, started} from '../helpers/proxy-recordings.js';

/** The recorded process was no root: it could not write its OOM score. What the clock, the kernel or a race decides is no part either. */
const lines = (text: string) =>
	text
		.split('\n')
		.filter(Boolean)
		.map(line =>
			line
				.replace(/^([IEW])\d{4} \S+ +\d+ /, '$1 ')
				.replace(/v1\.33\.\d+/, 'v1.33')
				.replace(/elapsed="[\d.]+m?s"/, 'elapsed')
				.replace(/at line: \d+/, 'at line: N'),
		)
		.filter(line => !/oom_linux|OOMScore/.test(line) && !line.startsWith('['));

/** Informers and their handlers run side by side: their lines count, not their order. */
const racing = /reflector\.go|shared_informer\.go|config\.go:|proxier\.go:793/;
const sequence = (all: readonly string[]) => all.filter(line => !racing.test(line));
const crowd = (all: readonly string[]) => all.filter(line => racing.test(line)).sort();

/** Whether Services or EndpointSlices came first decides how often the proxier was asked too early. */
const once = (all: readonly string[]) => [...new Set(crowd(all))];

const aloud = (objects: readonly KubeObject[]) => started(objects, config, () => {}, ['--v=2']);

function compare(t: {deepEqual(a: unknown, b: unknown, title?: string): unknown}, harness: Harness, file: string) {
	const [own, real] = [lines(harness.log.join('\n')), lines(read(file))];
	t.deepEqual(sequence(own), sequence(real), file);
	t.deepEqual(once(own), once(real), file);
}

test('the log of a start with --v=2', t => compare(t, aloud([]), 'startup/iptables-v2.log.txt'));

test('the log of 17-lifecycle with --v=2', t => {
	const named = (name: string, step = 'step-1-three') =>
		objectsOf(`17-lifecycle/${step}.objects.yaml`).filter(object => object.metadata.name.startsWith(name));
	const harness = aloud(named('stay'));
	t.deepEqual(comparable(saved(harness)), comparable(read('17-lifecycle/step-0-before.iptables-save.txt')));
	const cycle = () => {
		for (const object of named('cycle')) {
			harness.apply(object);
			harness.advance(50);
		}
		harness.advance(3000);
	};
	cycle();
	for (const step of ['step-2-one', 'step-3-zero', 'step-4-two']) {
		harness.apply(...named('cycle', step));
		harness.advance(3000);
	}
	harness.remove('EndpointSlice', 'default/cycle-1');
	harness.advance(3000);
	harness.remove('Service', 'default/cycle');
	harness.advance(3000);
	cycle();
	harness.remove('Service', 'default/cycle');
	harness.advance(3000);
	compare(t, harness, '17-lifecycle/kube-proxy-v2.log.txt');
	const before = harness.log.length;
	harness.start([...argv, '--cleanup']);
	t.deepEqual(
		lines(harness.log.slice(before).join('\n')),
		lines(read('17-lifecycle/step-10-after-cleanup.log.txt')).filter(line => !line.startsWith('time=')),
	);
});

test('the logs of 22-hand-damage with --v=2', t => {
	const objects = objectsOf('22-hand-damage/objects.yaml');
	const sliceOf = (name: string) => objects.find(object => object.kind === 'EndpointSlice' && object.metadata.name === `${name}-1`)!;
	const run = (lines: readonly string[], {stack}: Harness) => {
		for (const line of lines) stack.iptables.command(line.split(' '));
	};
	/** One endpoint more than the objects have, or as many again. */
	const turn = (harness: Harness, name: string, more: boolean) => {
		const slice = structuredClone(sliceOf(name));
		if (more) slice['endpoints'].push({addresses: ['10.244.2.50'], conditions: {ready: true}, nodeName: 'k8s-node2'});
		harness.apply(slice);
		harness.advance(3000);
	};

	const first = aloud(objects);
	const changes = [
		['-t nat -D KUBE-SVC-EZMR7DVP2V3AK63W 2', 'other', true],
		['', 'fix', true],
		['', 'fix', false],
		['-t nat -D KUBE-SERVICES 2', 'other', false],
		['-t nat -D PREROUTING 1', 'other', true],
		['-t nat -F', 'other', false],
	] as const;
	for (const [damage, name, more] of changes) {
		run(damage ? [damage] : [], first);
		first.advance(33_000);
		turn(first, name, more);
	}
	compare(t, first, '22-hand-damage/kube-proxy-v2.A.log.txt');

	t.deepEqual(comparable(first.stack.iptables.save('nat')), comparable(read('22-hand-damage/after-F-and-other-change.nat.txt')));

	const second = aloud(objects);
	run(['-t nat -F', '-t nat -X'], second);
	second.advance(3000);
	turn(second, 'other', true);
	t.deepEqual(comparable(second.stack.iptables.save('nat')), comparable(read('22-hand-damage/after-F-X-45s-later.nat.txt')));
	second.advance(35_000);
	run(
		['filter', 'nat', 'mangle'].flatMap(table => [`-t ${table} -F`, `-t ${table} -X`]),
		second,
	);
	second.advance(30_000);
	run(['-t nat -F', '-t mangle -X KUBE-PROXY-CANARY'], second);
	second.advance(40_000);
	compare(t, second, '22-hand-damage/kube-proxy-v2.B.log.txt');
});

test('the rules of 26-large-cluster', t => {
	for (const count of [999, 1000]) {
		const text = read(`26-large-cluster/big-${count}-endpoints.excerpt.txt`);
		const harness = aloud([
			{
				apiVersion: 'v1',
				kind: 'Service',
				metadata: {name: 'big', namespace: 'default'},
				spec: {type: 'NodePort', clusterIP: '10.96.20.170', ports: [{name: 'http', port: 80, targetPort: 8080, nodePort: 30_900}]},
			},
			{
				apiVersion: 'discovery.k8s.io/v1',
				kind: 'EndpointSlice',
				metadata: {name: 'big-1', namespace: 'default', labels: {'kubernetes.io/service-name': 'big'}},
				addressType: 'IPv4',
				ports: [{name: 'http', port: 8080, protocol: 'TCP'}],
				endpoints: Array.from({length: count}, (_, i) => ({
					addresses: [`10.244.${10 + Math.floor(i / 250)}.${1 + (i % 250)}`],
					conditions: {ready: true},
				})),
			},
		]);
		const [whole, ...samples] = text.split(/^\[.*\]$/m);
		const own = comparable(harness.stack.iptables.save('nat'));
		const head = own.filter(line => !/^:|-A KUBE-SEP|^-A KUBE-SVC.* -j KUBE-SEP/.test(line));
		t.deepEqual(head, comparable(whole!), `${count}`);
		const all = new Set(own);
		for (const line of samples.join('\n').split('\n')) if (line.startsWith('-A')) t.true(all.has(line), line);
		const told = lines(text).filter(line => line.includes('Reloading'));
		t.deepEqual(
			lines(harness.log.join('\n')).filter(line => line.includes('Reloading')),
			told,
		);
	}
});

test('the log of 24-udp-conntrack with --v=2', t => {
	const objects = objectsOf('24-udp-conntrack/objects.yaml');
	const slice = objects.find(object => object.kind === 'EndpointSlice')!;
	const [first, second] = slice['endpoints'];
	const harness = aloud(objects);
	for (const endpoints of [[first], [], [first, second], [], [{...first, addresses: ['10.244.0.9']}]]) {
		harness.apply({...slice, endpoints} as KubeObject);
		harness.advance(3000);
	}
	compare(t, harness, '24-udp-conntrack/kube-proxy-v2.log.txt');
});
