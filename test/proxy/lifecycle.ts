import test from 'ava';
import {snapshotFromJson, snapshotToJson} from '../../source/sim/state.js';
import {argv, comparable, objectsOf, read, saved, started} from '../helpers/proxy-recordings.js';
import type {Harness} from '../helpers/program-harness.js';

const chain = ({stack}: Harness, name: string, table: 'nat' | 'filter' | 'mangle' = 'nat') =>
	stack.iptables
		.table(table)
		?.chains.find(each => each.name === name)
		?.rules.map(rule => rule.text);

test('endpoints and services come and go: the recorded tables at each step', t => {
	const harness = started(objectsOf('17-lifecycle/step-1-three.objects.yaml'));
	const at = (step: string) => t.deepEqual(comparable(saved(harness)), comparable(read(`17-lifecycle/${step}.iptables-save.txt`)), step);
	at('step-1-three');
	for (const step of ['step-2-one', 'step-3-zero', 'step-4-two']) {
		harness.apply(...objectsOf(`17-lifecycle/${step}.objects.yaml`));
		harness.advance(3000);
		at(step);
	}

	const [service, slice] = objectsOf('17-lifecycle/step-1-three.objects.yaml');
	harness.remove('EndpointSlice', 'default/cycle-1');
	harness.advance(3000);
	at('step-5-slice-deleted');
	harness.remove('Service', 'default/cycle');
	harness.advance(3000);
	at('step-6-service-deleted');
	harness.apply(service!, slice!);
	harness.advance(3000);
	at('step-7-created-again');
	harness.remove('Service', 'default/cycle');
	harness.advance(3000);
	at('step-8-only-service-deleted');
	harness.signal('SIGTERM');
	t.is(harness.exitCode(), 143);
	at('step-9-kube-proxy-stopped');
	harness.start([...argv, '--cleanup']);
	t.is(harness.exitCode(), 0);
	at('step-10-after-cleanup');
});

const objects = () => objectsOf('22-hand-damage/objects.yaml');
const svc = 'KUBE-SVC-EZMR7DVP2V3AK63W';

/** A change of a service: another endpoint port. */
function touch(harness: Harness, name: string, port: number): void {
	const slice = structuredClone(objects().find(object => object.kind === 'EndpointSlice' && object.metadata.name === `${name}-1`)!);
	slice['endpoints'].push({addresses: [`10.244.2.${port}`], conditions: {ready: true}, nodeName: 'k8s-node2'});
	harness.apply(slice);
	harness.advance(2000);
}

test('a deleted rule of a service chain comes back with the next change of that service only', t => {
	const harness = started(objects());
	const whole = chain(harness, svc)!;
	harness.stack.iptables.command(['-t', 'nat', '-D', svc, '2']);
	harness.advance(33_000);
	t.is(chain(harness, svc)!.length, 2);
	touch(harness, 'other', 50);
	t.is(chain(harness, svc)!.length, 2);
	touch(harness, 'fix', 51);
	t.is(chain(harness, svc)!.length, 4);
	harness.apply(objects().find(object => object.metadata.name === 'fix-1')!);
	harness.advance(2000);
	t.deepEqual(chain(harness, svc), whole);
});

test('a deleted rule of KUBE-SERVICES comes back with the next change of any service', t => {
	const harness = started(objects());
	const whole = chain(harness, 'KUBE-SERVICES')!;
	harness.stack.iptables.command(['-t', 'nat', '-D', 'KUBE-SERVICES', '1']);
	harness.advance(33_000);
	t.is(chain(harness, 'KUBE-SERVICES')!.length, whole.length - 1);
	touch(harness, 'other', 50);
	t.deepEqual(chain(harness, 'KUBE-SERVICES'), whole);
});

test('a deleted jump comes back with a full sync only: an hour at the latest', t => {
	const harness = started(objects());
	harness.stack.iptables.command(['-t', 'nat', '-D', 'PREROUTING', '1']);
	touch(harness, 'other', 50);
	harness.advance(33_000);
	t.is(chain(harness, 'PREROUTING')!.length, 0);
	harness.advance(3_700_000);
	t.is(chain(harness, 'PREROUTING')!.length, 1);
});

test('nat flushed and emptied: the next change fails, and half a minute later all is whole', t => {
	const harness = started(objects());
	const whole = saved(harness);
	const {iptables} = harness.stack;
	iptables.command(['-t', 'nat', '-F']);
	iptables.command(['-t', 'nat', '-X']);
	harness.advance(45_000);
	t.is(chain(harness, svc), undefined);
	touch(harness, 'other', 50);
	t.is(chain(harness, svc), undefined);
	t.true(harness.log.some(line => line.includes('"Sync failed" ipFamily="IPv4" retryingTime="30s"')));
	harness.advance(30_000);
	t.is(chain(harness, svc)!.length, 3);
	t.is(chain(harness, 'PREROUTING')!.length, 1);
	t.true(whole.includes(svc));
});

test('all three tables emptied: the canary is missed within half a minute', t => {
	const harness = started(objects());
	const whole = comparable(saved(harness));
	for (const table of ['filter', 'nat', 'mangle']) {
		harness.stack.iptables.command(['-t', table, '-F']);
		harness.stack.iptables.command(['-t', table, '-X']);
	}

	harness.advance(30_000);
	t.deepEqual(comparable(saved(harness)), whole);
});

test("only mangle's canary gone: five seconds of doubt, then a full sync", t => {
	const harness = started(objects());
	harness.stack.iptables.command(['-t', 'nat', '-F']);
	harness.stack.iptables.command(['-t', 'mangle', '-X', 'KUBE-PROXY-CANARY']);
	harness.advance(28_500);
	t.is(chain(harness, svc)!.length, 0);
	harness.advance(5500);
	t.is(chain(harness, svc)!.length, 3);
	t.deepEqual(chain(harness, 'KUBE-PROXY-CANARY', 'mangle'), []);
});

test('a world saved half-way goes on with identical bytes', t => {
	const run = (interrupt: boolean) => {
		const harness = started(objects());
		touch(harness, 'other', 50);
		if (interrupt) {
			const saved = JSON.stringify(snapshotToJson(harness.sim.state.snapshot()));
			touch(harness, 'fix', 60);
			harness.sim.state.restore(snapshotFromJson(JSON.parse(saved)));
		}

		touch(harness, 'fix', 51);
		harness.apply({
			apiVersion: 'v1',
			kind: 'Service',
			metadata: {name: 'late', namespace: 'default'},
			spec: {clusterIP: '10.96.20.99', ports: [{port: 80}]},
		});
		harness.advance(40_000);
		return JSON.stringify(snapshotToJson(harness.sim.state.snapshot()));
	};

	t.is(run(true), run(false));
});
