import type {Machine} from '../../node/host/machine.js';
import type {Io} from '../../shell/command.js';
import {notSimulated, parseArguments} from './arguments.js';
import {failed} from './kubeadm-preflight.js';

const release = 'v1.33.1';
const images = [
	...['kube-apiserver', 'kube-controller-manager', 'kube-scheduler', 'kube-proxy'].map(name => `${name}:${release}`),
	...['coredns/coredns:v1.12.0', 'pause:3.10', 'etcd:3.5.21-0'],
];

/** `kubeadm config images list`: what this release of kubeadm runs. */
export function config(io: Io<Machine>): number {
	const args = parseArguments(io.argv.slice(2), {long: {'image-repository': 'value', 'kubernetes-version': 'value'}});
	const [what, verb, ...more] = args.operands;
	if (what !== undefined && !['images', 'print', 'migrate', 'validate'].includes(what))
		return failed(io, `invalid subcommand "${what}"`, '');
	const version = args.value('kubernetes-version')?.replace(/^v?/, 'v') ?? release;
	if (args.problem || what !== 'images' || verb !== 'list' || more.length > 0 || version !== release)
		return notSimulated(io, io.argv.join(' '));
	const repository = args.value('image-repository');
	// Only the default registry has CoreDNS in a folder of its own.
	for (const image of images)
		io.out(`${repository === undefined ? `registry.k8s.io/${image}` : `${repository}/${image.replace('coredns/', '')}`}\n`);
	return 0;
}
