import {mkdtempSync, readFileSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import test from 'ava';
import {bookmarkFile} from '../../source/cli/journal/bookmark-file.js';
import {createCluster} from '../../source/cluster/cluster.js';
import type {AnswerStep} from '../../source/lab/answers.js';
import {bookmarkOf, openBookmark} from '../../source/lab/bookmark.js';
import {createPlayer} from '../../source/lab/player.js';

const lines = [
	'cd /tmp; export GREETING=hello',
	'kubectl create deployment web --image=nginx --replicas=2',
	'kubectl expose deployment web --port 80',
	'echo $GREETING > note',
	'curl -s $(kubectl get svc web -o jsonpath={.spec.clusterIP}) | head -1',
	'kubectl delete pod -l app=web; cat note; history 2',
];
const heading = {lab: 'lab', seed: 'seed'};
const newFile = () => path.join(mkdtempSync(path.join(tmpdir(), 'kubelab-bookmark-')), 'lab.world');

function newPlay() {
	const cluster = createCluster();
	const player = createPlayer(cluster);
	const steps: AnswerStep[] = [];
	const type = async (run: string) => {
		const {stdout} = await player.session.run(run);
		steps.push({run, hash: player.timeline.hash()});
		return stdout;
	};
	return {cluster, player, steps, type};
}

test('a kept world goes on as the one that it was taken from, also through a file', async t => {
	const first = newPlay();
	for (const line of lines.slice(0, 4)) await first.type(line);
	await first.player.time.advance(1234);
	const file = bookmarkFile(newFile(), heading, 'build');
	file.write(bookmarkOf(first.cluster, first.player, first.steps, {goal: 1})!);
	const wanted = [];
	for (const line of lines.slice(4)) wanted.push(await first.type(line));

	const second = newPlay();
	const kept = file.read()!;
	t.is(kept.steps, 4);
	t.deepEqual(kept.hints, {goal: 1});
	t.true(openBookmark(kept, second.cluster, second.player, first.steps));
	const found = [];
	for (const line of lines.slice(4)) found.push(await second.type(line));
	t.deepEqual(found, wanted);
	t.regex(found.at(-1)!, /hello/);
	t.deepEqual(
		second.steps.map(step => step.hash),
		first.steps.slice(4).map(step => step.hash),
	);
});

test('one of other commands, or with another world in it, changes nothing', async t => {
	const first = newPlay();
	for (const line of lines.slice(0, 2)) await first.type(line);
	const kept = bookmarkOf(first.cluster, first.player, first.steps, {})!;
	const second = newPlay();
	const before = second.player.timeline.hash();
	t.false(openBookmark(kept, second.cluster, second.player, []));
	t.false(openBookmark(kept, second.cluster, second.player, [first.steps[0]!, {run: 'other', hash: 'other'}]));
	const changed = {
		...kept,
		world: kept.world.map(([name, rows]) => [name, name === 'sim/clock/now' ? [['', 0]] : rows]) as typeof kept.world,
	};
	t.false(openBookmark(changed, second.cluster, second.player, first.steps));
	t.false(openBookmark({...kept, world: 1 as never}, second.cluster, second.player, first.steps));
	t.is(second.player.timeline.hash(), before);
});

test('none is taken while something goes on that it could not say', async t => {
	const {cluster, player, steps, type} = newPlay();
	t.is(bookmarkOf(cluster, player, steps, {}), undefined);
	await type('sleep 600 &');
	t.is(bookmarkOf(cluster, player, steps, {}), undefined);
	await type('kill %1; wait');
	await player.settle();
	await type('true');
	t.not(bookmarkOf(cluster, player, steps, {}), undefined);
	await type('lab checkpoint here');
	t.is(bookmarkOf(cluster, player, steps, {}), undefined);
});

test('a file of another build or session, or a damaged one, is none', async t => {
	const {cluster, player, steps, type} = newPlay();
	await type('true');
	const name = newFile();
	const file = bookmarkFile(name, heading, 'build');
	t.is(file.read(), undefined);
	file.write(bookmarkOf(cluster, player, steps, {})!);
	t.truthy(file.read());
	t.is(bookmarkFile(name, heading, 'later').read(), undefined);
	t.is(bookmarkFile(name, {...heading, seed: 'other'}, 'build').read(), undefined);
	t.is(bookmarkFile(name, heading).read(), undefined, 'run from the sources nobody knows the build');
	const bytes = readFileSync(name);
	for (const end of [0, 10, bytes.length - 1]) {
		writeFileSync(name, bytes.subarray(0, end));
		t.is(file.read(), undefined);
	}
	file.remove();
	file.remove();
});

test('a second terminal is kept too: its shell goes on where it stood', async t => {
	const open = () => {
		const {cluster, player, steps} = newPlay();
		let beside: ReturnType<typeof createPlayer> | undefined;
		const at = (host: string) => (beside ??= createPlayer(cluster, {host, time: player.time, timeline: player.timeline}));
		const type = async (run: string, tab?: string) => {
			const {stdout} = await (tab ? at(tab) : player).session.run(run);
			steps.push({run, hash: player.timeline.hash(), ...(tab && {tab})});
			return stdout;
		};
		return {cluster, player, steps, at, type};
	};
	const first = open();
	await first.type('cd /tmp');
	await first.type('cd /etc; x=there', 'k8s-node1');
	const kept = bookmarkOf(first.cluster, first.player, first.steps, {}, first.at)!;
	const second = open();
	t.true(openBookmark(kept, second.cluster, second.player, first.steps, second.at));
	t.is(await second.type('pwd; echo $x; hostname', 'k8s-node1'), await first.type('pwd; echo $x; hostname', 'k8s-node1'));
	t.is(await second.type('pwd'), '/tmp\n');
	await first.type('pwd');
	t.is(second.player.timeline.hash(), first.player.timeline.hash());
});
