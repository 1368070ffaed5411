import type {Machine} from '../../../node/host/machine.js';
import type {Io} from '../../../shell/command.js';
import {notSimulated, parseArguments} from '../arguments.js';
import {failed, fileAbsent, folderEmpty, portFree, preflight} from './preflight.js';

const values = [
	...['apiserver-advertise-address', 'apiserver-bind-port', 'apiserver-cert-extra-sans', 'cert-dir', 'certificate-key', 'config'],
	...['control-plane-endpoint', 'cri-socket', 'feature-gates', 'ignore-preflight-errors', 'image-repository', 'kubernetes-version'],
	...['node-name', 'patches', 'pod-network-cidr', 'service-cidr', 'service-dns-domain', 'skip-phases', 'token', 'token-ttl', 'v'],
];
const flags = ['dry-run', 'skip-certificate-key-print', 'skip-token-print', 'upload-certs'];
const components = ['kube-apiserver', 'kube-controller-manager', 'kube-scheduler', 'etcd'];

/** On a host that is a node already it gets no further than its checks; a second cluster is not simulated. Models cmd/kubeadm/app/cmd/init.go. */
export function init(io: Io<Machine>): number {
	const args = parseArguments(io.argv.slice(2), {
		long: Object.fromEntries([...values.map(name => [name, 'value']), ...flags.map(name => [name, 'flag'])]),
	});
	if (args.problem || args.operands.length > 0 || args.has('config') || args.has('dry-run')) return notSimulated(io, io.argv.join(' '));
	const {machine} = io;
	const version = args.value('kubernetes-version')?.replace(/^v?/, 'v') ?? 'v1.33.1';
	io.out(`[init] Using Kubernetes version: ${version}\n[preflight] Running pre-flight checks\n`);
	const blocked = preflight(
		io,
		[
			...[Number(args.value('apiserver-bind-port') ?? 6443), 10_259, 10_257].map(port => portFree(machine, port)),
			...components.map(name => fileAbsent(machine, `/etc/kubernetes/manifests/${name}.yaml`)),
			...[10_250, 2379, 2380].map(port => portFree(machine, port)),
			folderEmpty(machine, '/var/lib/etcd'),
		],
		args.value('ignore-preflight-errors'),
	);
	return blocked ? failed(io, blocked) : notSimulated(io, 'kubeadm init of a second cluster');
}
