import type {ClusterSpec, HostSpec} from '../host/host-spec.js';
import {authorityPair, kubeadmPair} from './pki.js';

interface Names {
	readonly cluster: string;
	readonly context: string;
	readonly user: string;
	readonly namespace?: string;
}

const embedded = (text: string) => Buffer.from(text).toString('base64');

function kubeconfig(
	{apiServer}: ClusterSpec,
	{cluster, context, user, namespace}: Names,
	credentials: Readonly<Record<string, string>>,
): string {
	const lines = Object.entries(credentials).map(([name, value]) => `    ${name}: ${value}\n`);
	return `apiVersion: v1
clusters:
- cluster:
    certificate-authority-data: ${embedded(authorityPair('ca').certificate)}
    server: https://${apiServer}
  name: ${cluster}
contexts:
- context:
    cluster: ${cluster}
${namespace ? `    namespace: ${namespace}\n` : ''}    user: ${user}
  name: ${context}
current-context: ${context}
kind: Config
preferences: {}
users:
- name: ${user}
  user:
${lines.join('')}`;
}

/** A kubeconfig with its certificate inside. Models cmd/kubeadm/app/phases/kubeconfig. */
export function componentKubeconfig(user: string, spec: HostSpec, cluster: ClusterSpec): string {
	const {certificate, key} = kubeadmPair(user, spec, cluster);
	return kubeconfig(
		cluster,
		{cluster: 'kubernetes', context: `${user}@kubernetes`, user},
		{'client-certificate-data': embedded(certificate), 'client-key-data': embedded(key)},
	);
}

/** A kubelet's points to the file whose certificate it renews; a joined node's was written by the kubelet itself. */
export function kubeletKubeconfig({name, role}: HostSpec, cluster: ClusterSpec): string {
	const file = '/var/lib/kubelet/pki/kubelet-client-current.pem';
	const user = `system:node:${name}`;
	const names =
		role === 'control-plane'
			? {cluster: 'kubernetes', context: `${user}@kubernetes`, user}
			: {cluster: 'default-cluster', context: 'default-context', user: 'default-auth', namespace: 'default'};
	return kubeconfig(cluster, names, {'client-certificate': file, 'client-key': file});
}

/** What calico-node leaves for its network plugin. */
export const calicoKubeconfig = (cluster: ClusterSpec): string =>
	kubeconfig(cluster, {cluster: 'local', context: 'calico-context', user: 'calico'}, {token: 'calico-cni-plugin'});
