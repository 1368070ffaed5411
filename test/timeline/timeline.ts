import test from 'ava';
import {createCluster} from '../../source/cluster/cluster.js';
import {createPlayer} from '../../source/lab/player.js';
import {hashEverything} from '../../source/timeline/moment.js';
import {diffFields} from '../../source/timeline/object-diff.js';
import {createShelf} from '../../source/timeline/shelf.js';
import {randomLines} from '../helpers/random-lines.js';

const start = (profile = 'base', seed = 'timeline') => createPlayer(createCluster({profile, seed}));

test('undo takes back the world, the clock, the dice and the shell; redo brings them again', async t => {
	const player = start();
	await player.play('cd /tmp; mood=good; echo one > note');
	const before = player.timeline.hash();
	await player.play('kubectl create deployment web --image=nginx; cd /; mood=bad; rm /tmp/note; yum install -y ipvsadm');
	const after = player.timeline.hash();
	t.not(after, before);
	t.deepEqual(player.timeline.undo(), [
		'kubectl create deployment web --image=nginx; cd /; mood=bad; rm /tmp/note; yum install -y ipvsadm',
	]);
	t.is(player.timeline.hash(), before);
	t.is((await player.play('pwd; echo $mood $RANDOM; cat note; kubectl get deploy; history | tail -1')).stdout.split('\n')[0], '/tmp');
	player.timeline.undo();
	t.is(player.timeline.hash(), before);
	player.timeline.goTo('start');
	t.throws(() => player.timeline.undo(), {message: 'there is nothing to undo'});
});

test('what is typed again after an undo gives the same bytes', async t => {
	const player = start();
	const line = 'kubectl run a --image=nginx; kubectl get pods -o wide; echo $RANDOM $$; (echo $BASHPID)';
	const first = await player.play(line);
	const hash = player.timeline.hash();
	await player.play('lab undo');
	const second = await player.play(line);
	t.is(second.stdout, first.stdout);
	t.is(player.timeline.hash(), hash);
});

test('random commands, undone and redone: the same hash at every step, and however old what is kept of it', async t => {
	const cluster = createCluster({seed: 'timeline'});
	const player = createPlayer(cluster);
	const {timeline} = player;
	const everything = () => ({world: cluster.snapshot(), sessions: [player.session.save()]});
	const shelf = createShelf({atHand: 7, together: 3, chapter: 4});
	const kept = [shelf.put(everything())];
	const hashes = [timeline.hash()];
	for (const line of randomLines('timeline', 60)) {
		await player.play(line);
		hashes.push(timeline.hash());
		kept.push(shelf.put(everything()));
		// At first nobody has the time to tidy.
		if (kept.length > 30) shelf.tidy();
	}
	for (const [step, {get}] of kept.entries()) t.is(hashEverything(get()), hashes[step]!);
	for (let step = hashes.length - 2; step >= 0; step--) {
		timeline.undo();
		t.is(timeline.hash(), hashes[step]!);
	}
	for (let step = 1; step < hashes.length; step++) {
		timeline.redo();
		t.is(timeline.hash(), hashes[step]!);
	}
});

test('branches go their own ways', async t => {
	const player = start('empty');
	const {timeline} = player;
	await player.play('kubectl create ns both');
	await player.play('lab branch other; kubectl create ns only-other');
	const other = timeline.hash();
	t.is((await player.play('lab switch main')).stdout, 'at step 1 of main\n');
	t.notRegex((await player.play('kubectl get ns')).stdout, /only-other/);
	await player.play('lab switch other');
	t.is(timeline.hash(), other);
	const {stdout} = await player.play('lab diff main other');
	t.regex(stdout, /^from main to other: .*\n(.*\n)*\+ namespaces\/only-other\n/);
	t.is((await player.play('lab branch other')).stderr, 'lab branch: there is a branch or checkpoint "other" already\n');
});

test('a checkpoint stays what it was, and is what a difference is told from', async t => {
	const player = start();
	await player.play('kubectl create deployment web --image=nginx; kubectl expose deployment web --port 80');
	await player.play('lab checkpoint exposed');
	await player.play('kubectl scale deployment web --replicas=0; echo hello > note');
	const diff = player.timeline.diff();
	t.is(diff.from, 'exposed');
	t.deepEqual(
		diff.objects.find(each => each.resource === 'deployments.apps')?.fields.find(each => each.path === 'spec.replicas'),
		{path: 'spec.replicas', before: 1, after: 0},
	);
	t.deepEqual(diff.files, [{host: 'k8s-master', path: '/root/note', change: 'created', lines: [{sign: '+', text: 'hello'}]}]);
	t.true(diff.rules.some(({host, table, lines}) => host === 'k8s-node1' && table === 'iptables filter' && lines.length > 0));
	t.deepEqual(
		diff.reach.map(({service, from, before, after}) => ({service, from, before, after})),
		[{service: 'default/web', from: 'k8s-master', before: 'answered', after: 'unreachable (port)'}],
	);
	const {stdout} = await player.play('lab diff exposed exposed');
	t.is(stdout, 'from exposed to exposed: 0 s\nno difference\n');
});

test('fields are named by what stands in a list, not by where, and when something was written is no difference', t => {
	const condition = (type: string, status: string, at: string) => ({type, status, lastTransitionTime: at});
	const before = {status: {conditions: [condition('Ready', 'False', '1'), condition('Initialized', 'True', '1')], observedGeneration: 1}};
	const after = {status: {conditions: [condition('Initialized', 'True', '2'), condition('Ready', 'True', '2')], observedGeneration: 2}};
	t.deepEqual(diffFields(before, after), [{path: 'status.conditions[Ready].status', before: 'False', after: 'True'}]);
	t.deepEqual(diffFields({ports: [{port: 80}]}, {ports: [{port: 81}]}), [{path: 'ports[0].port', before: 80, after: 81}]);
});

test('what the learner did stands before what the system did about it', async t => {
	const player = start();
	await player.play('kubectl create deployment web --image=nginx; kubectl cordon k8s-node1');
	await player.play(
		'kubectl label node k8s-node1 a=b; kubectl scale deployment web --replicas=2; kubectl -n kube-system delete cm kube-proxy',
	);
	const names = player.timeline.diff('1', '2').objects.map(({resource, namespace}) => `${resource} ${namespace}`);
	t.true(names.indexOf('pods default') < names.indexOf('nodes undefined'), names.join('\n'));
	t.true(names.indexOf('nodes undefined') < names.indexOf('configmaps kube-system'), names.join('\n'));
});

test('looking at a difference leaves nothing behind', async t => {
	const player = start();
	await player.play('kubectl create deployment web --image=nginx; kubectl expose deployment web --port 80');
	const before = player.timeline.hash();
	player.timeline.diff('start');
	t.is(player.timeline.hash(), before);
});

test('background jobs end when the world is put back', async t => {
	const player = start('empty');
	await player.play('sleep 1');
	await player.play('sleep 500 &');
	await player.play('lab undo 1');
	t.is((await player.play('jobs; sleep 1; echo here')).stdout, 'here\n');
});

test('wrong words are told', async t => {
	const player = start('empty');
	for (const [line, exitCode, said] of [
		['lab', 2, /^Usage: lab WORD\n/],
		['lab fly', 2, /^lab: there is no word "fly"\n/],
		['lab undo', 1, /^lab undo: there is nothing to undo\n$/],
		['lab undo x', 2, /^Usage: lab undo \[N\]\n$/],
		['lab switch moon', 1, /^lab switch: there is no branch, checkpoint or step "moon"/],
		['lab checkpoint now', 1, /cannot name a checkpoint/],
	] as const) {
		const result = await player.play(line);
		t.is(result.exitCode, exitCode, line);
		t.regex(result.stderr, said);
	}
	t.is(player.timeline.canUndo, 0);
});
