import test from 'ava';
import type {KubeObject} from '../../source/api/object.js';
import {snapshotToJson} from '../../source/sim/state.js';
import {boundPod, nodeWorld, statusOf} from '../helpers/node-world.js';

const one = (container: object, more: object = {}) => ({containers: [{name: 'c', ...container}], ...more});
type World = ReturnType<typeof nodeWorld>;

/** `[seconds since the pod was made, STATUS]` at each change. */
function timeline(world: World, pod: KubeObject, seconds: number): Array<[number, string]> {
	world.admin.create(pod);
	const start = world.sim.clock.uptime();
	const changes: Array<[number, string]> = [];
	while (world.sim.clock.uptime() - start < seconds * 1000) {
		world.sim.clock.advance(250);
		const status = statusOf(world.pod(pod.metadata.name));
		if (changes.at(-1)?.[1] !== status) changes.push([Math.round((world.sim.clock.uptime() - start) / 1000), status]);
	}

	return changes;
}

const events = (world: World, name: string) =>
	world.api.reader
		.list<KubeObject>('events', {namespace: 'default'})
		.filter(event => event['involvedObject'].name === name)
		.map(event => `${event['type']} ${event['reason']} ${event['message']}`);

const label = (world: World, name: string) => `${name}_default(${world.pod(name)!.metadata.uid})`;

test('a pod runs, answers its probe, and leaves with the events of a real one', t => {
	const world = nodeWorld();
	world.admin.create(boundPod('web', one({name: 'web', image: 'nginx:1.27', readinessProbe: {httpGet: {path: '/', port: 80}}})));
	world.settle();
	const {status} = world.pod('web')! as any;
	t.is(status.phase, 'Running');
	t.true(status.containerStatuses[0].ready);
	t.is(status.containerStatuses[0].image, 'docker.io/library/nginx:1.27');
	t.deepEqual(
		status.conditions.map((each: any) => `${each.type}=${each.status}`),
		['PodReadyToStartContainers=True', 'Initialized=True', 'Ready=True', 'ContainersReady=True', 'PodScheduled=True'],
	);
	world.admin.delete('pods', 'default', 'web');
	world.settle();
	t.is(world.pod('web'), undefined);
	t.deepEqual(
		events(world, 'web').map(each =>
			each.replace(/in \S+ \(\S+ including waiting\)\. Image size: \d+/, 'in T (T including waiting). Image size: N'),
		),
		[
			'Normal Pulling Pulling image "nginx:1.27"',
			'Normal Pulled Successfully pulled image "nginx:1.27" in T (T including waiting). Image size: N bytes.',
			'Normal Created Created container: web',
			'Normal Started Started container web',
			'Normal Killing Stopping container web',
		],
	);
});

test('a pod past its deadline has its grace period, runs until it ends, and hears of it four times', t => {
	const world = nodeWorld();
	const app = {name: 'app', image: 'busybox:1.36', command: ['sleep', '1000']};
	world.admin.create(boundPod('late', {activeDeadlineSeconds: 3, terminationGracePeriodSeconds: 4, containers: [app]}));
	world.sim.clock.advance(5000);
	t.like((world.pod('late') as any).status, {phase: 'Running', reason: undefined});
	world.sim.clock.advance(5000);
	const {status} = world.pod('late') as any;
	t.like(status, {phase: 'Failed', reason: 'DeadlineExceeded'});
	t.is(status.containerStatuses[0].state.terminated.exitCode, 137);
	const told = world.api.reader.list<KubeObject>('events', {namespace: 'default'}).find(event => event['reason'] === 'DeadlineExceeded');
	t.is(told?.['count'], 4);
});

test('a crashing container backs off 10, 20, 40 s as measured on a real node', t => {
	const world = nodeWorld();
	const changes = timeline(world, boundPod('crash', one({image: 'busybox:1.36', command: ['sh', '-c', 'exit 1']})), 66);
	t.deepEqual(changes.map(([, status]) => status).slice(0, 8), [
		'ContainerCreating 0',
		'Error 0',
		'Error 1',
		'CrashLoopBackOff 1',
		'Error 2',
		'CrashLoopBackOff 2',
		'Error 3',
		'CrashLoopBackOff 3',
	]);
	const at = (status: string) => changes.find(each => each[1] === status)![0];
	t.true(at('CrashLoopBackOff 1') - at('Error 1') <= 3);
	t.true(at('Error 2') >= 13 && at('Error 2') <= 24, `${at('Error 2')}`);
	t.true(at('Error 3') - at('Error 2') >= 20 && at('Error 3') - at('Error 2') <= 36);
	t.is(
		(world.pod('crash') as any).status.containerStatuses[0].state.waiting.message,
		`back-off 40s restarting failed container=c pod=${label(world, 'crash')}`,
	);
});

test('a failing liveness probe kills at 30, 60, 90, 120 s, then backs off 40 s', t => {
	const world = nodeWorld();
	const changes = timeline(world, boundPod('live', one({image: 'nginx:1.27', livenessProbe: {httpGet: {path: '/x', port: 80}}})), 155);
	t.deepEqual(changes.slice(-5), [
		[30, 'Running 1'],
		[60, 'Running 2'],
		[90, 'Running 3'],
		[120, 'Running 4'],
		[150, 'CrashLoopBackOff 4'],
	]);
	t.true(events(world, 'live').includes('Normal Killing Container c failed liveness probe, will be restarted'));
	t.true(events(world, 'live').includes('Warning Unhealthy Liveness probe failed: HTTP probe failed with statuscode: 404'));
});

test('an image that is not there: ErrImagePull, then ImagePullBackOff', t => {
	const world = nodeWorld();
	const changes = timeline(world, boundPod('bad', one({image: 'nginx:nope'})), 20);
	t.deepEqual(
		changes.map(([, status]) => status),
		['ContainerCreating 0', 'ErrImagePull 0', 'ImagePullBackOff 0'],
	);
	const pull =
		'rpc error: code = NotFound desc = failed to pull and unpack image "docker.io/library/nginx:nope": failed to resolve reference "docker.io/library/nginx:nope": docker.io/library/nginx:nope: not found';
	t.is(
		(world.pod('bad') as any).status.containerStatuses[0].state.waiting.message,
		`Back-off pulling image "nginx:nope": ErrImagePull: ${pull}`,
	);
});

const waiting = test.macro((t, image: string, reason: string, message: string) => {
	const world = nodeWorld();
	world.admin.create(boundPod('p', one({image})));
	world.sim.clock.advance(8000);
	const {state} = (world.pod('p') as any).status.containerStatuses[0];
	t.deepEqual(state.waiting, {reason, message});
});
test(
	'private or missing repository',
	waiting,
	'ngnix',
	'ErrImagePull',
	'failed to pull and unpack image "docker.io/library/ngnix:latest": failed to resolve reference "docker.io/library/ngnix:latest": pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed',
);
test(
	'unknown registry',
	waiting,
	'registry.example.com/team/app:1.0',
	'ErrImagePull',
	'failed to pull and unpack image "registry.example.com/team/app:1.0": failed to resolve reference "registry.example.com/team/app:1.0": failed to do request: Head "https://registry.example.com/v2/team/app/manifests/1.0": dial tcp: lookup registry.example.com on 172.25.254.2:53: no such host',
);
test(
	'invalid name',
	waiting,
	'NGINX:latest',
	'InvalidImageName',
	'Failed to apply default image tag "NGINX:latest": couldn\'t parse image name "NGINX:latest": invalid reference format: repository name (library/NGINX) must be lowercase',
);

test('sleep as first process ignores SIGTERM and takes the whole grace period; a trap does not', t => {
	const world = nodeWorld();
	world.admin.create(boundPod('sleepy', one({image: 'busybox:1.36', args: ['sleep', '3600']})));
	world.admin.create(
		boundPod('trap', one({image: 'busybox:1.36', command: ['sh', '-c', 'trap "echo bye; exit 0" TERM; while true; do sleep 1; done']})),
	);
	world.settle();
	for (const name of ['sleepy', 'trap']) world.admin.delete('pods', 'default', name, {gracePeriodSeconds: 30});
	world.sim.clock.advance(3000);
	t.is(world.pod('trap'), undefined);
	world.sim.clock.advance(25_000);
	t.is(statusOf(world.pod('sleepy')), 'Terminating');
	world.sim.clock.advance(4000);
	t.is(world.pod('sleepy'), undefined);
});

test('a preStop hook runs in the container, and only then the signal is sent', t => {
	const world = nodeWorld();
	const lifecycle = {preStop: {exec: {command: ['sh', '-c', 'sleep 6; nginx -s quit']}}};
	world.admin.create(boundPod('slow', one({image: 'nginx:1.26', lifecycle}, {terminationGracePeriodSeconds: 12})));
	world.settle();
	world.admin.delete('pods', 'default', 'slow', {gracePeriodSeconds: 12});
	world.sim.clock.advance(5500);
	t.is(statusOf(world.pod('slow')), 'Terminating');
	world.sim.clock.advance(2500);
	t.is(world.pod('slow'), undefined);
	t.false(events(world, 'slow').some(each => each.includes('FailedPreStopHook')));
});

test('init containers one after the other, sidecars beside them', t => {
	const world = nodeWorld();
	const w = [{name: 'w', mountPath: '/w'}];
	const initContainers = [
		{name: 'first', image: 'busybox:1.36', command: ['sh', '-c', 'sleep 2; echo done > /w/x'], volumeMounts: w},
		{name: 'side', image: 'busybox:1.36', restartPolicy: 'Always', command: ['sleep', '3600']},
	];
	world.admin.create(
		boundPod('init', {
			initContainers,
			...one(
				{image: 'busybox:1.36', command: ['sh', '-c', 'cat /w/x'], volumeMounts: w},
				{restartPolicy: 'Never', volumes: [{name: 'w', emptyDir: {}}]},
			),
		}),
	);
	world.settle();
	const {status} = world.pod('init') as any;
	t.is(status.phase, 'Succeeded');
	const {containerd} = world.hosts.get('k8s-node1')!;
	t.deepEqual(
		containerd.logs(containerd.containers().find(each => each.name === 'c')!.id).map(line => line.text),
		['done'],
	);
});

test('configuration reaches a pod as variables and files; a changed ConfigMap reaches the file, never the variable or a subPath', t => {
	const world = nodeWorld();
	const config = {apiVersion: 'v1', kind: 'ConfigMap', metadata: {name: 'cm', namespace: 'default'}, data: {COLOR: 'blue'}};
	world.admin.create(config);
	const env = [
		{name: 'PLAIN', value: 'hello $(COLOR)-$(NOPE)'},
		{name: 'IP', valueFrom: {fieldRef: {fieldPath: 'status.podIP'}}},
	];
	const volumeMounts = [
		{name: 'v', mountPath: '/etc/config'},
		{name: 'v', mountPath: '/etc/one', subPath: 'COLOR'},
	];
	world.admin.create(
		boundPod(
			'conf',
			one(
				{image: 'busybox:1.36', command: ['sleep', '3600'], envFrom: [{configMapRef: {name: 'cm'}}], env, volumeMounts},
				{volumes: [{name: 'v', configMap: {name: 'cm'}}]},
			),
		),
	);
	world.settle();
	const {containerd} = world.hosts.get('k8s-node1')!;
	const {id} = containerd.containers().find(each => each.podName === 'conf')!;
	const run = (line: string) => containerd.execNow(id, ['sh', '-c', line]).stdout;
	t.is(run('echo $PLAIN $IP'), `hello blue-$(NOPE) ${(world.pod('conf') as any).status.podIP}\n`);
	t.is(run('cat /etc/config/COLOR /etc/one; readlink /etc/config/COLOR'), 'blueblue..data/COLOR\n');
	t.regex(containerd.execNow(id, ['sh', '-c', 'echo x > /etc/config/COLOR']).stderr, /Read-only file system/);
	const stored = world.api.reader.find<KubeObject>('configmaps', 'default', 'cm')!;
	world.admin.update({...stored, data: {COLOR: 'green'}} as KubeObject);
	world.sim.clock.advance(100_000);
	t.is(run('cat /etc/config/COLOR; echo; cat /etc/one; echo; echo $COLOR'), 'green\nblue\nblue\n');
});

test('a changed manifest restarts a static pod by itself; a broken one keeps it down until it is mended', t => {
	const world = nodeWorld();
	const {machine} = world.hosts.get('k8s-master')!;
	const path = '/etc/kubernetes/manifests/kube-apiserver.yaml';
	const text = machine.files.readText(path);
	const up = () => machine.stack.sockets.listeners().some(each => each.port === 6443);
	const flag = (value: string) =>
		text.replace('    - --service-account-issuer', `    - --service-node-port-range=${value}\n    - --service-account-issuer`);
	machine.files.write(path, flag('30000-40000'));
	world.sim.clock.advance(600);
	t.false(up());
	world.settle();
	t.true(up());
	t.true(machine.processes.list().some(each => each.argv.includes('--service-node-port-range=30000-40000')));
	machine.files.write(path, flag('many'));
	world.sim.clock.advance(40_000);
	t.false(up());
	machine.files.write(path, text);
	world.sim.clock.advance(30_000);
	t.true(up());
});

test('a world restored half-way goes on with the same bytes', t => {
	const world = nodeWorld();
	world.admin.create(boundPod('web', one({image: 'nginx:1.27', readinessProbe: {httpGet: {path: '/', port: 80}}})));
	world.admin.create(
		boundPod(
			'loop',
			one({
				image: 'busybox:1.36',
				command: ['sh', '-c', 'i=0; while true; do i=$((i+1)); echo $i | cat; sleep 2; [ $i = 6 ] && exit 3; done'],
			}),
		),
	);
	world.sim.clock.advance(7300);
	const snapshot = world.sim.state.snapshot();
	const finish = () => {
		world.sim.clock.advance(60_000);
		return JSON.stringify(snapshotToJson(world.sim.state.snapshot()));
	};
	const once = finish();
	world.sim.state.restore(snapshot);
	t.true(finish() === once);
});
