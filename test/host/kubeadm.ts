import test from 'ava';
import {createCluster} from '../../source/cluster/cluster.js';
import {createPlayer} from '../../source/lab/player.js';

const player = createPlayer(createCluster());

const refusals: ReadonlyArray<readonly [line: string, stderr: RegExp, exitCode: number]> = [
	[
		'kubeadm init',
		/^error execution phase preflight: \[preflight\] Some fatal errors occurred:\n\t\[ERROR Port-6443\]: Port 6443 is in use\n(?:\t.*\n)+\t\[ERROR DirAvailable--var-lib-etcd\]: \/var\/lib\/etcd is not empty\n\[preflight\] If you know/,
		1,
	],
	['ssh k8s-node1 kubeadm init', /occurred:\n\t\[ERROR Port-10250\]: Port 10250 is in use\n\[preflight\]/, 1],
	['kubeadm init --ignore-preflight-errors=all', /^(?:\t\[WARNING .*\n)+kubelab: not simulated: kubeadm init of a second cluster\n$/, 125],
	['kubeadm init phase certs all', /^kubelab: not simulated: kubeadm init phase certs all\n$/, 125],
	['kubeadm upgrade plan', /^kubelab: not simulated: kubeadm upgrade plan\n$/, 125],
	['kubeadm foo', /^unknown command "foo" for "kubeadm"\nTo see the stack trace/, 1],
	['kubeadm token foo', /^invalid subcommand "foo"\n/, 1],
	['kubeadm token create bad', /^the bootstrap token "bad" was not of the form "\\\\A\(\[a-z0-9\]\{6\}\)/, 1],
	['kubeadm token delete', /^missing argument; 'token delete' is missing token of form "[^"]+" or "[^"]+"\n/, 1],
	['kubeadm token delete bad', /^given token didn't match pattern "[^"]+" or "[^"]+"\n/, 1],
	['kubeadm config foo', /^invalid subcommand "foo"\n/, 1],
];

for (const [line, stderr, exitCode] of refusals) {
	test.serial(line, async t => {
		const result = await player.play(line);
		t.regex(result.stderr, stderr);
		t.is(result.exitCode, exitCode);
	});
}

/** What a cluster's hosts and containers answer. */
const answers: ReadonlyArray<readonly [line: string, stdout: RegExp]> = [
	[
		'kubeadm config print init-defaults | grep -c kubeadm.k8s.io/v1beta4; kubeadm config print join-defaults',
		/^2\napiVersion: [\s\S]*\n {2}name: k8s-master\n/,
	],
	['kubeadm config images pull', /^\[config\/images\] Pulled registry\.k8s\.io\/kube-apiserver:v1\.33\.1\n/],
	['crictl ps -q --name "^etcd" | xargs crictl inspect -o go-template --template "{{.info.pid}}"', /^\d+\n$/],
	['crictl pods --name kube-scheduler -o json | jq -r ".items[].state"', /^SANDBOX_READY\n$/],
	['cat /var/log/containers/kube-scheduler-*.log | head -1', /^2026-11-21T02:00:0\d\.\d{9}Z stderr F I1121 /],
	[
		'k="kubectl -n kube-system exec etcd-k8s-master -- etcdctl --endpoints=https://127.0.0.1:2379 --cacert=/etc/kubernetes/pki/etcd/ca.crt --cert=/etc/kubernetes/pki/etcd/server.crt --key=/etc/kubernetes/pki/etcd/server.key"; $k get /registry/services/ --prefix --keys-only; $k member list',
		/^\/registry\/services\/endpoints\/default\/kubernetes\n\n[\s\S]*\/registry\/services\/specs\/kube-system\/kube-dns\n\n\w{16}, started, k8s-master, /,
	],
	['kubectl -n kube-system exec etcd-k8s-master -- etcdctl get a 2>&1 | tail -2', /^Error: context deadline exceeded\n/],
	[
		'cd /etc/kubernetes/manifests; sed "s/^metadata:/metadata;/" kube-scheduler.yaml > x.bak; sleep 2; rm x.bak; journalctl -u kubelet -o cat | grep "manifest file"',
		/^E1121 .* file\.go:187\] "Could not process manifest file" err="\/etc\/kubernetes\/manifests\/x\.bak: couldn't parse as pod\(yaml: line 4: could not find expected ':'\), please check config file" path=/,
	],
];

for (const [line, stdout] of answers) test.serial(line, async t => t.regex((await player.play(line)).stdout, stdout));

test.serial('the images of a release, also of a mirror', async t => {
	const {stdout} = await player.play('kubeadm config images list');
	t.is(stdout.split('\n').length, 8);
	t.regex(stdout, /^registry\.k8s\.io\/coredns\/coredns:v1\.12\.0$/m);
	const running = await player.play('kubectl get pods -A -o jsonpath={..image}');
	for (const image of stdout.split('\n').filter(each => each.includes('kube-'))) t.true(running.stdout.includes(image), image);
	t.regex(
		(await player.play('kubeadm config images list --image-repository reg.lilee.org/k8s')).stdout,
		/^reg\.lilee\.org\/k8s\/coredns:v1\.12\.0$/m,
	);
});
