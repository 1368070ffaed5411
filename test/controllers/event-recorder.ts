import test from 'ava';
import {createRecorder} from '../../source/api/event-recorder.js';
import type {KubeObject} from '../../source/api/object.js';
import {createWorld, podOf} from './_world.js';

const setUp = (style: 'counted' | 'series' = 'counted') => {
	const world = createWorld();
	const pod = world.client.create(podOf('web', {schedulerName: 'nobody'}));
	const record = createRecorder({client: world.client, sim: world.sim, component: 'kubelet', host: 'k8s-node1', style});
	const events = () => world.client.list<KubeObject>('events').filter(({involvedObject}) => involvedObject.name === 'web');
	return {...world, pod, record, events};
};

test('the same event is counted, with its first and last time', t => {
	const {advance, pod, record, events} = setUp();
	const options = {fieldPath: 'spec.containers{web}'};
	record(pod, 'Normal', 'Started', 'Started container web', options);
	advance(5000);
	record(pod, 'Normal', 'Started', 'Started container web', options);
	const [event, ...others] = events();
	t.deepEqual(others, []);
	t.like(event, {
		count: 2,
		firstTimestamp: '2026-11-21T02:00:00Z',
		lastTimestamp: '2026-11-21T02:00:05Z',
		source: {component: 'kubelet', host: 'k8s-node1'},
		involvedObject: {kind: 'Pod', name: 'web', fieldPath: 'spec.containers{web}'},
	});
	t.regex(event!.metadata.name, /^web\.[0-9a-f]{16}$/);
});

test('the tenth message of one reason is combined with those that follow', t => {
	const {pod, record, events} = setUp();
	for (let i = 1; i <= 12; i++) record(pod, 'Warning', 'Failed', `try ${i}`);
	t.is(events().length, 10);
	t.like(events().at(-1), {count: 3, message: '(combined from similar events): try 12'});
});

test('more than 25 events about one object at once are held back, one more every five minutes', t => {
	const {advance, pod, record, events} = setUp();
	for (let i = 0; i < 40; i++) record(pod, 'Normal', `Reason${i}`, 'text');
	t.is(events().length, 25);
	advance(300_000);
	record(pod, 'Normal', 'Late', 'text');
	record(pod, 'Normal', 'Later', 'text');
	t.is(events().length, 26);
});

test('what no longer holds anything back or counts on is forgotten', t => {
	const {advance, pod, sim, record} = setUp();
	for (let round = 0; round < 5; round++) {
		for (let i = 0; i < 150; i++) record({...pod, metadata: {...pod.metadata, uid: `${round}-${i}`}}, 'Normal', 'Started', 'text');
		advance(7_200_000);
	}
	const {size} = sim.state.table('events/kubelet/k8s-node1');
	t.true(size < 1000, `${size}`);
});

test('an event is gone an hour after it was last written', t => {
	const {advance, pod, record, events} = setUp();
	const reasons = () => events().map(({reason}) => reason);
	for (const reason of ['Pulled', 'Started']) record(pod, 'Normal', reason, 'text');
	advance(1_800_000);
	record(pod, 'Normal', 'Started', 'text');
	advance(1_790_000);
	t.deepEqual(reasons(), ['Pulled', 'Started']);
	advance(100_000);
	t.deepEqual(reasons(), ['Started']);
	advance(1_800_000);
	t.deepEqual(reasons(), []);
});

test('events are listed in the order they happened', t => {
	const {pod, record, events} = setUp();
	for (const reason of ['Pulling', 'Pulled', 'Created', 'Started']) record(pod, 'Normal', reason, 'text');
	t.deepEqual(
		events().map(({reason}) => reason),
		['Pulling', 'Pulled', 'Created', 'Started'],
	);
});

test('a series has no count of its own', t => {
	const {pod, record, events} = setUp('series');
	for (let i = 0; i < 3; i++) record(pod, 'Warning', 'FailedScheduling', 'no room', {action: 'Scheduling'});
	t.is(events().length, 1);
	t.like(events()[0], {reportingComponent: 'kubelet', action: 'Scheduling', series: {count: 3}});
	t.is(events()[0]!['count'], undefined);
});

test('an event in a namespace that goes away is lost without a word', t => {
	const {client, record, pod} = setUp();
	const gone = {...pod, metadata: {...pod.metadata, namespace: 'nosuch'}};
	t.notThrows(() => record(gone, 'Normal', 'Killing', 'text'));
	t.is(client.list('events', {namespace: 'nosuch'}).length, 0);
});
