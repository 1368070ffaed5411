import {readFileSync} from 'node:fs';
import path from 'node:path';
import test from 'ava';
import {createCluster} from '../../source/cluster/cluster.js';
import {createPlayer} from '../../source/lab/player.js';
import {root} from '../helpers/source-files.js';

/** What a process in a container sees, as real ones print it. */
const seen: ReadonlyArray<readonly [command: string, output: string]> = [
	['own -- id', 'uid=1000 gid=3000 groups=2000,3000,4000\n'],
	['own -- grep -c -E "^kubernetes.io/config.(seen=.20|source=.api)" /info/notes', '2\n'],
	['own -- whoami', 'whoami: unknown uid 1000\ncommand terminated with exit code 1\n'],
	['own -- hostname -f', 'named.sub.default.svc.cluster.local\n'],
	['root -- hostname -f', 'root\n'],
	[
		'own -- sh -c "ls -ld /etc/cm /etc/sec /data /mem /sub | cut -c1-41"',
		[
			'drwxrwsrwx    3 root     2000          40',
			'drwxrwsrwx    3 root     2000          40',
			'drwxrwsrwt    3 root     2000          40',
			'drwxrwsrwt    2 root     2000            ',
			'drwxrwsrwx    2 root     2000          40',
			'',
		].join('\n'),
	],
	[
		'root -- sh -c "ls -ld /etc/cm /etc/sec /data | cut -c1-25"',
		['drwxrwxrwx    2 root     ', 'drwxrwxrwx    3 root     ', 'drwxrwxrwt    3 root     ', ''].join('\n'),
	],
	[
		'root -- sh -c "ls -la /etc/sec/ | cut -c1-11,58-64"',
		'total 0\ndrwxrwxrwt .\ndrwxr-xr-x ..\ndrwxr-xr-x ..2026_\nlrwxrwxrwx ..data \nlrwxrwxrwx user ->\n',
	],
	['own -- sh -c "cat /etc/sec/user; ls -lL /etc/sec/user | cut -c1-33"', 'admin-r--r-----    1 root     2000    \n'],
	['own -- touch /x', 'touch: /x: Permission denied\ncommand terminated with exit code 1\n'],
	[
		'own -- sh -c "touch /data/x /tmp/x; ls -n /data/x /tmp/x | cut -c1-32"',
		'-rw-r--r--    1 1000     2000   \n-rw-r--r--    1 1000     3000   \n',
	],
	[
		'own -- sh -c "echo hi > /etc/sec/user"',
		"sh: can't create /etc/sec/user: Read-only file system\ncommand terminated with exit code 1\n",
	],
	['own -- ls /root', "ls: can't open '/root': Permission denied\ncommand terminated with exit code 1\n"],
	['own -- sh -c "cd /sys/fs/cgroup; cat memory.max cpu.max cpu.weight"', '67108864\n50000 100000\n4\n'],
	['root -- sh -c "cd /sys/fs/cgroup; cat memory.max cpu.max cpu.weight"', 'max\nmax 100000\n1\n'],
	[
		'own -- sh -c "df /etc/sec /mem | tail -2"',
		[
			'tmpfs                    65536         4     65532   1% /etc/sec',
			'tmpfs                    16384         0     16384   0% /mem',
			'',
		].join('\n'),
	],
	[
		'own -- sh -c "dd if=/dev/zero of=/mem/f bs=1M count=20; echo x > /mem/g; ls -l /mem | grep -c 16777216; rm /mem/f"',
		"1\ndd: error writing '/mem/f': No space left on device\n17+0 records in\n16+0 records out\n16777216 bytes (16.0MB) copied, 0.011185 seconds, 1.4GB/s\nsh: write error: No space left on device\n",
	],
	['own -- sh -c "mount | grep -c tmpfs.*size=65536k"', '9\n'],
	['root -- ps', 'PID   USER     TIME  COMMAND\n    1 root      0:00 sleep 3600\n   36 root      0:00 ps\n'],
	[
		'root -- ps -o pid,nope',
		"ps: bad -o argument 'nope', supported arguments: user,group,comm,args,pid,ppid,pgid,tty,vsz,rss,stat,time,nice,etime\ncommand terminated with exit code 1\n",
	],
	[
		'own -- grep -E "Uid|Groups|CapEff|CapBnd" /proc/1/status',
		'Uid:\t1000\t1000\t1000\t1000\nGroups:\t2000 3000 4000 \nCapEff:\t0000000000000000\nCapBnd:\t00000000a80425fb\n',
	],
	['root -- grep CapEff /proc/1/status', 'CapEff:\t00000000a80425fb\n'],
	['root -- ip link add dummy0 type dummy', 'ip: RTNETLINK answers: Operation not permitted\ncommand terminated with exit code 2\n'],
	[
		'root -- sysctl -w net.ipv4.ip_forward=1',
		"sysctl: error setting key 'net.ipv4.ip_forward': Read-only file system\ncommand terminated with exit code 1\n",
	],
	[
		'root -- date -s 2020-01-01',
		"Wed Jan  1 00:00:00 UTC 2020\ndate: can't set date: Operation not permitted\ncommand terminated with exit code 1\n",
	],
	['root -- sh -c "env | grep app"', 'command terminated with exit code 1\n'],
	['root -- sh -c "env | grep COLOR"', 'COLOR=blue\n'],
];

test('files, groups, mounts and limits of a container', async t => {
	const player = createPlayer(createCluster());
	const say = async (line: string) => {
		const {stdout, stderr} = await player.play(line);
		return stdout + stderr;
	};
	await say(`cat > p.yaml <<'Y'\n${readFileSync(path.join(root, 'test/data/kubelet/inside.yaml'), 'utf8')}Y`);
	await say('kubectl apply -f p.yaml; sleep 3');
	for (const [command, output] of seen) t.is(await say(`kubectl exec ${command}`), output, command);
	// A session's processes have numbers of the container: six further with each exec, one further for each child.
	t.is(
		await say(`kubectl exec root -- sh -c 'echo $$ $PPID; (echo $$); sh -c "echo \\$\\$ \\$PPID"; ps | tail -1'`),
		'88 0\n88\n90 88\n   92 root      0:00 tail -1\n',
	);
	t.regex(await say('kubectl exec root -- env'), /^app\.conf=a=1$/m);
	t.notRegex(await say('kubectl exec root -- env'), /^(?:PWD|SHLVL)=/m);
	t.regex(await say('kubectl get pod first'), /Init:1\/2/);
	t.is(await say("kubectl get pod first -o jsonpath='{.status.initContainerStatuses[*].ready}'"), 'true false');
	t.is(await say("kubectl get pod first -o jsonpath='{.status.containerStatuses[0].state.waiting.reason}'"), 'PodInitializing');
});

test('what keeps a container from starting, or from staying', async t => {
	const player = createPlayer(createCluster());
	const say = async (line: string) => (await player.play(line)).stdout;
	const spec = (name: string, more: object) =>
		`kubectl run ${name} --image=x --overrides='${JSON.stringify({spec: {restartPolicy: 'Never', ...more}})}' >/dev/null`;
	const nginx = (securityContext: object) => ({containers: [{name: 'c', image: 'nginx:1.27', securityContext}]});
	await say(spec('ro', nginx({readOnlyRootFilesystem: true})));
	await say(spec('user', nginx({runAsUser: 1000})));
	await say(spec('dropped', nginx({capabilities: {drop: ['ALL']}})));
	await say(spec('unbound', nginx({capabilities: {drop: ['ALL'], add: ['CHOWN', 'SETUID', 'SETGID']}})));
	await say(spec('start', {containers: [{name: 'c', image: 'busybox:1.36', command: ['/bin/nosuch']}]}));
	const volumes = [{name: 'v', emptyDir: {}}];
	await say(
		spec('sub', {
			containers: [{name: 'c', image: 'busybox:1.36', volumeMounts: [{name: 'v', mountPath: '/v', subPathExpr: '$(NO)/$(ABC)'}]}],
			volumes,
		}),
	);
	await say('kubectl create configmap cm --from-literal=a=1');
	const onFile = [{name: 'v', mountPath: '/etc/nginx/nginx.conf', subPath: 'nginx.conf'}];
	await say(
		spec('onfile', {containers: [{name: 'c', image: 'nginx:1.27', volumeMounts: onFile}], volumes: [{name: 'v', configMap: {name: 'cm'}}]}),
	);
	const fill = ['sh', '-c', 'dd if=/dev/zero of=/f bs=1M count=20; sleep 3600'];
	const limits = {'ephemeral-storage': '10Mi'};
	await say(
		spec('full', {terminationGracePeriodSeconds: 1, containers: [{name: 'c', image: 'busybox:1.36', command: fill, resources: {limits}}]}),
	);
	await say('sleep 3');
	t.regex(
		await say("kubectl get pod onfile -o jsonpath='{.status.containerStatuses[0].state.terminated.message}'"),
		/volume-subpaths\/v\/c\/0" to rootfs at "\/etc\/nginx\/nginx.conf": mount \S+ \(via \/proc\/self\/fd\/6\), flags: 0x5001: not a directory: unknown$/,
	);
	t.is(
		await say("sleep 90; kubectl get pod full -o jsonpath='{.status.reason} {.status.message}'"),
		'Evicted Pod ephemeral local storage usage exceeds the total limit of containers 10Mi. ',
	);
	t.is(
		await say('kubectl logs dropped --tail=1; kubectl logs unbound --tail=1'),
		'nginx: [emerg] chown("/var/cache/nginx/client_temp", 101) failed (1: Operation not permitted)\nnginx: [emerg] bind() to 0.0.0.0:80 failed (13: Permission denied)\n',
	);
	await say('kubectl delete pod onfile full dropped unbound >/dev/null');
	t.regex(
		await say('kubectl logs ro | tail -1'),
		/^nginx: \[emerg\] mkdir\(\) "\/var\/cache\/nginx\/client_temp" failed \(30: Read-only file system\)\n$/,
	);
	t.regex(
		await say('kubectl logs user | tail -3'),
		/^nginx: \[warn\] the "user" directive .* ignored in \/etc\/nginx\/nginx.conf:2\n.*\n.*client_temp" failed \(13: Permission denied\)\n$/,
	);
	t.is(
		await say(
			"kubectl get pods -o jsonpath='{range .items[*]}{.metadata.name} {.status.phase} {.status.containerStatuses[0].state.*.reason}\n{end}'",
		),
		'ro Failed Error\nstart Failed StartError\nsub Pending CreateContainerConfigError\nuser Failed Error\n',
	);
	t.is(await say("kubectl get pod sub -o jsonpath='{.status.containerStatuses[0].state.waiting.message}'"), 'missing value for ABC, NO');
});

test('a pod that mounts the root of its host can become the host', async t => {
	const player = createPlayer(createCluster());
	const say = async (line: string) => {
		const {stdout, stderr} = await player.play(line);
		return stdout + stderr;
	};
	const container = {name: 'c', image: 'busybox:1.36', command: ['sleep', '999'], volumeMounts: [{name: 'root', mountPath: '/host'}]};
	const spec = {nodeName: 'k8s-node1', hostPID: true, containers: [container], volumes: [{name: 'root', hostPath: {path: '/'}}]};
	await say(`kubectl run in --image=busybox:1.36 --overrides='${JSON.stringify({spec})}'; sleep 3`);
	t.is(await say('kubectl exec in -- chroot /host hostname'), 'k8s-node1\n');
	t.regex(
		await say('kubectl exec in -- nsenter -t 1 -m -u -n -i systemctl is-active kubelet'),
		/^nsenter: can't open '\/proc\/1\/ns\/ipc': Permission denied\n/,
	);
	const privileged = {...spec, containers: [{...container, securityContext: {privileged: true}}]};
	await say(`kubectl run all --image=busybox:1.36 --overrides='${JSON.stringify({spec: privileged})}'; sleep 3`);
	t.is(await say('kubectl exec all -- nsenter -t 1 -m -u -n -i systemctl is-active kubelet'), 'active\n');
	t.regex(await say('kubectl exec in -- chroot /nope ls'), /^chroot: .* '\/nope': No such file or directory\n.*exit code 125\n$/);
	t.regex(await say('kubectl exec in -- chroot /tmp ls'), /^kubelab: not simulated: chroot \/tmp/);
});

test('a pod is resized in place, or waits; gates hold it back', async t => {
	const player = createPlayer(createCluster());
	const say = async (line: string) => {
		const {stdout, stderr} = await player.play(line);
		return stdout + stderr;
	};
	const resize = (requests: object) =>
		`kubectl patch pod r --subresource resize -p '${JSON.stringify({spec: {containers: [{name: 'c', resources: {requests}}]}})}'`;
	const container = {
		name: 'c',
		image: 'nginx:1.27',
		resizePolicy: [{resourceName: 'memory', restartPolicy: 'RestartContainer'}],
		resources: {requests: {cpu: '100m', memory: '20Mi'}},
	};
	await say(`kubectl run r --image=x --overrides='${JSON.stringify({spec: {containers: [container]}})}'; sleep 3`);
	const status =
		"kubectl get pod r -o jsonpath='{.status.containerStatuses[0].resources.requests.*} {.status.containerStatuses[0].restartCount}'";
	t.is(await say(resize({cpu: '150m'})), 'pod/r patched\n');
	t.is(await say(status), '150m 20Mi 0');
	t.is(await say(resize({cpu: '64'})), 'pod/r patched\n');
	t.is(
		await say(`${status}; kubectl get pod r -o jsonpath='{.status.conditions[?(@.type=="PodResizePending")].message}'`),
		"150m 20Mi 0Node didn't have enough capacity: cpu, requested: 64000, capacity: 2000",
	);
	await say(resize({cpu: '150m', memory: '30Mi'}));
	t.is(await say(status), '150m 30Mi 1');
	t.is(
		await say(
			'kubectl patch pod r --subresource resize -p \'{"spec":{"containers":[{"name":"c","resources":{"requests":null}}]}}\' 2>&1 | head -1',
		),
		'The Pod "r" is invalid: \n',
	);
	await say(
		`kubectl run g --image=x --overrides='${JSON.stringify({spec: {schedulingGates: [{name: 'a.b/c'}], containers: [container]}})}'`,
	);
	t.regex(await say('kubectl get pod g'), /^g +0\/1 +SchedulingGated +0 /m);
	await say('kubectl patch pod g --type=json -p \'[{"op":"remove","path":"/spec/schedulingGates"}]\'; sleep 3');
	t.regex(await say('kubectl get pod g'), /^g +1\/1 +Running +0 /m);
});
