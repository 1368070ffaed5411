import type {Image} from '../node/image/image.js';
import {parseReference} from '../node/image/image-reference.js';
import {dockerDaemon} from '../node/engine/daemon.js';
import {dockerProxy} from '../node/engine/proxy.js';
import {kubeletDaemon} from '../node/kubelet/daemon.js';
import {portForwarder} from '../node/net/port-forward.js';
import type {Program} from '../node/program/program.js';
import {sshd} from '../node/host/sshd.js';
import type {Registries} from '../node/registry/registries.js';
import {kubectlProxy} from './control-plane/kubectl-proxy.js';
import {harbor} from './registry/harbor.js';
import {script} from './script/program.js';
import type {ResolvedImage} from '../node/registry/manifest.js';

/** Every program that a process of this world may run, by name. */
export function programsOf(images: readonly Image[]): ReadonlyMap<string, Program> {
	const all = [
		kubeletDaemon,
		dockerDaemon,
		dockerProxy,
		portForwarder,
		kubectlProxy,
		sshd,
		harbor,
		script,
		...images.flatMap(image => [...(image.program ? [image.program] : []), ...Object.values(image.binaries ?? {})]),
	];
	return new Map(all.map(program => [program.name, program]));
}

const preloadedNames: readonly string[] = [
	'registry.k8s.io/pause:3.10',
	'registry.k8s.io/etcd:3.5.21-0',
	'registry.k8s.io/kube-apiserver:v1.33.1',
	'registry.k8s.io/kube-controller-manager:v1.33.1',
	'registry.k8s.io/kube-scheduler:v1.33.1',
	'registry.k8s.io/kube-proxy:v1.33.1',
	'registry.k8s.io/coredns/coredns:v1.12.0',
	'docker.io/calico/node:v3.28.1',
	'docker.io/calico/cni:v3.28.1',
	'docker.io/calico/kube-controllers:v3.28.1',
];

/** What `kubeadm config images pull` and the pod network have left on every node. */
export function preloadedImages(registries: Registries): ReadonlyMap<string, ResolvedImage> {
	const result = new Map<string, ResolvedImage>();
	for (const name of preloadedNames) {
		const reference = parseReference(name);
		const found = 'error' in reference ? undefined : registries.resolve(reference);
		if (found && !('code' in found)) result.set(name, found);
	}

	return result;
}
