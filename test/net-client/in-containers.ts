import test from 'ava';
import {createCluster} from '../../source/cluster/cluster.js';
import {createPlayer} from '../../source/lab/player.js';

/** Tools as the first process of a container are those that are typed with `kubectl exec`. */
const setup = [
	'kubectl create deployment web --image=nginx --port=80',
	'kubectl expose deployment web --port=80',
	'kubectl run box --image=busybox --command -- sleep 3600',
];

const run = (name: string, image: string, command: string) =>
	`kubectl run ${name} --image=${image} --restart=Never --command -- ${command}; sleep 20; kubectl logs ${name}`;

test('a name is looked up as at a prompt, from the first moment of a pod', async t => {
	const player = createPlayer(createCluster());
	for (const line of setup) await player.play(line);
	const typed = await player.play('kubectl exec box -- nslookup web');
	const main = await player.play(run('asks', 'busybox', 'nslookup web'));
	t.regex(typed.stdout, /^Name:\tweb\.default\.svc\.cluster\.local\nAddress: 10\.\d+\.\d+\.\d+$/m);
	t.is(main.stdout, `pod/asks created\n${typed.stdout}`);
	const short = await player.play(run('digs', 'nicolaka/netshoot', 'dig +short web.default.svc.cluster.local'));
	t.regex(short.stdout, /\n10\.\d+\.\d+\.\d+\n$/);
});

test('a failing wget says what BusyBox says, when it says it', async t => {
	const player = createPlayer(createCluster());
	await player.play('kubectl run late --image=busybox --restart=Never --command -- wget -T 3 -qO- 10.244.7.7');
	t.is((await player.play('kubectl logs late')).stdout, 'wget: download timed out\n');
	const nobody = await player.play(run('lost', 'busybox', 'wget -qO- nosuch'));
	t.is(nobody.stdout, "pod/lost created\nwget: bad address 'nosuch'\n");
});

test('an endless ping goes on over a snapshot, and sees what changes', async t => {
	const cluster = createCluster();
	const player = createPlayer(cluster);
	await player.play('kubectl run web --image=nginx');
	const address = (cluster.api.reader.get<any>('pods', 'default', 'web') as any).status.podIP;
	await player.play(`kubectl run pings --image=busybox --command -- ping ${address}`);
	await player.play('sleep 5');
	const half = cluster.snapshot();
	const later = async () => {
		await player.play('kubectl delete pod web --now');
		await player.play('sleep 5');
		return (await player.play('kubectl logs pings')).stdout;
	};
	const first = await later();
	cluster.restore(half);
	t.is(await later(), first);
	const sequences = [...first.matchAll(/seq=(\d+) /g)].map(match => Number(match[1]));
	t.true(sequences.length > 5);
	t.deepEqual(
		sequences,
		sequences.map((_, i) => i),
	);
	t.notRegex(first, /statistics/);
});
