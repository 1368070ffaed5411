import test from 'ava';
import {createCluster} from '../../source/cluster/cluster.js';
import {createPlayer} from '../../source/lab/player.js';

test('what systemd keeps alive comes back after RestartSec, unless it was stopped', async t => {
	const cluster = createCluster();
	const player = createPlayer(cluster);
	const out = async (line: string) => (await player.play(line)).stdout;
	t.regex(
		await out('pkill -9 kubelet; sleep 1; systemctl is-active kubelet; systemctl status kubelet'),
		/^activating\n[\s\S]*\n {5}Active: activating \(auto-restart\) \(Result: signal\) since .*; 1s ago\n[\s\S]*\n {3}Main PID: 1187 \(code=killed, signal=KILL\)\n/,
	);
	t.is(await out('sleep 10; systemctl is-active kubelet'), 'active\n');
	t.is(
		await out("journalctl -u kubelet --no-pager | sed -n 's/.*systemd.1.: //p'"),
		`kubelet.service: Main process exited, code=killed, status=9/KILL
kubelet.service: Failed with result 'signal'.
kubelet.service: Scheduled restart job, restart counter is at 1.
Stopped kubelet: The Kubernetes Node Agent.
Started kubelet: The Kubernetes Node Agent.
`,
	);
	t.is(await out('pkill kubelet; sleep 1; systemctl stop kubelet; sleep 30; systemctl is-active kubelet'), 'inactive\n');
	t.is(await out('systemctl start kubelet; systemctl is-active kubelet'), 'active\n');
});

test('a machine without power starts nothing', async t => {
	const cluster = createCluster();
	await createPlayer(cluster).play('ssh k8s-node1 pkill -9 containerd; ssh k8s-node1 poweroff; sleep 20');
	t.is(cluster.host('k8s-node1')!.units!.get('containerd')!.activeState, 'activating');
});
