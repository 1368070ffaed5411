import test from 'ava';
import {createCluster} from '../../source/cluster/cluster.js';
import {createPlayer} from '../../source/lab/player.js';

/** One world for all: each image runs as a pod (`a` ... ), and its tutorial's lines are typed. */
const player = createPlayer(createCluster());
const type = async (line: string) => {
	const {stdout, stderr, exitCode} = await player.play(line);
	return {said: stdout + stderr, exitCode};
};

const agnhost = 'registry.k8s.io/e2e-test-images/agnhost:2.53';

test.before(async () => {
	for (const line of [
		`kubectl create deploy net --image=${agnhost} --replicas=2 -- /agnhost netexec`,
		'kubectl expose deploy net --port=80 --target-port=8080',
		'kubectl expose deploy net --name=netu --port=81 --target-port=8081 --protocol=UDP',
		`kubectl run client --image=${agnhost}`,
		'kubectl run who --image=traefik/whoami --port=80 --expose',
		'kubectl wait --for=condition=Ready pod --all',
	])
		await player.play(line);
});

const lines: ReadonlyArray<readonly [line: string, said: RegExp | string, exitCode?: number]> = [
	// A server is told the port of who asks, too.
	[
		'curl -s $(kubectl get pod who -o jsonpath={.status.podIP})',
		/^Hostname: who\n(IP: \S+\n)+RemoteAddr: \d+\.\d+\.\d+\.\d+:[1-9]\d+\nGET \/ HTTP\/1.1\r\nHost: /,
	],
	['kubectl exec client -- curl -s net/clientip', /^10\.244\.\d+\.\d+:[1-9]\d+$/],
	// A program of an image does what its own words say, beside the container's process.
	['kubectl exec client -- /agnhost connect net:80', ''],
	['kubectl exec client -- /agnhost connect net:81 --timeout=2s', 'TIMEOUT\ncommand terminated with exit code 1\n', 1],
	['kubectl exec client -- /agnhost connect who:80 --timeout=2s', ''],
	[
		'kubectl exec client -- /agnhost connect $(kubectl get pod who -o jsonpath={.status.podIP}):81',
		'REFUSED\ncommand terminated with exit code 1\n',
		1,
	],
	[
		'kubectl exec client -- /agnhost connect nosuch:80',
		'DNS: lookup nosuch on 10.96.0.10:53: no such host\ncommand terminated with exit code 1\n',
		1,
	],
	['kubectl exec client -- /agnhost connect --protocol=udp netu:81', ''],
	['kubectl exec client -- /agnhost dns-suffix', 'default.svc.cluster.local,svc.cluster.local,cluster.local\n'],
	['kubectl exec client -- /agnhost dns-server-list', '10.96.0.10\n'],
	['kubectl exec client -- /agnhost guestbook', 'kubelab: not simulated: agnhost guestbook\ncommand terminated with exit code 125\n', 125],
	[
		'kubectl exec client -- /agnhost serve-hostname',
		/kubelab: not simulated: agnhost serve-hostname beside the container's own process\n/,
		125,
	],
	['kubectl logs client', 'Paused\n'],
	[
		'kubectl exec client -- curl -s "net/dial?host=netu&port=81&protocol=udp&request=hostname&tries=2"',
		/^\{"responses":\["net-[^"]+","net-[^"]+"\]\}$/,
	],
	['kubectl exec client -- curl -s "net/dial?host=net&port=80&request=echo%3Fmsg=hi"', '{"responses":["hi"]}'],
	[
		'kubectl exec client -- curl -s "net/dial?host=nosuch&port=80&request=hostname"',
		/^host and\/or port param are invalid. lookup nosuch on 10.96.0.10:53: no such host\n$/,
	],
	['kubectl exec client -- curl -s "net/shell?cmd=echo%20hi;exit%202"', '{"error":"exit status 2","output":"hi\\n"}'],
	[
		'kubectl exec client -- curl -si "net/redirect?location=/echo&code=307"',
		/^HTTP\/1.1 307 Temporary Redirect\r\nContent-Type: text\/html; charset=utf-8\r\nLocation: \/echo\r\n/,
	],
	['kubectl exec client -- curl -s net/nothing', /^NOW: 2026-11-21 \d\d:\d\d:\d\d\S* \+0000 UTC m=\+\d+\.\d{9}$/],
	['kubectl exec client -- curl -s net/exit?code=3', 'command terminated with exit code 52\n', 52],
];

for (const [line, said, exitCode = 0] of lines) {
	test.serial(line, async t => {
		const result = await type(line);
		if (typeof said === 'string') t.is(result.said, said);
		else t.regex(result.said, said);
		t.is(result.exitCode, exitCode);
	});
}
