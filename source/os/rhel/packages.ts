import type {Package} from '../packages.js';
import {basePackages} from './base-packages.js';
import {networkPackages} from './network-packages.js';
import {packageUnits} from './package-units.js';
import {systemPackages} from './system-packages.js';

/** What is there, and what a lab may need. */
export const rhelPackages: readonly Package[] = [...basePackages, ...networkPackages, ...systemPackages].map(
	([name, version, release, arch, repo, kib, summary, commands, extra]) => ({
		name,
		version,
		release,
		arch,
		repo,
		size: kib * 1024,
		installedSize: Math.floor(kib * 1024 * 2.6),
		summary,
		...(commands && commands.length > 0 && {commands}),
		...(packageUnits[name] && {units: packageUnits[name]}),
		...extra,
	}),
);

/** On every host from the start. */
export const preinstalled: readonly string[] = [
	...basePackages.map(([name]) => name),
	// The machines of the recordings had it.
	...['jq', 'oniguruma'],
	...[
		'iproute',
		'iproute-tc',
		'iputils',
		'curl',
		'openssl',
		'openssh',
		'openssh-clients',
		'procps-ng',
		'psmisc',
		'kmod',
		'vim-enhanced',
		'vim-common',
	],
	...[
		'vim-filesystem',
		'gpm-libs',
		'vim-minimal',
		'bash-completion',
		'wget',
		'chrony',
		'firewalld',
		'nftables',
		'dnf',
		'yum',
		'rpm',
		'iptables-nft',
		'iptables-libs',
		'unzip',
		'tree',
	],
];

/** And on the nodes of the cluster. */
export const preinstalledOnNodes: readonly string[] = [
	...['kubelet', 'kubeadm', 'kubectl', 'kubernetes-cni', 'cri-tools', 'containerd.io', 'conntrack-tools', 'libnetfilter_cthelper'],
	...['libnetfilter_cttimeout', 'libnetfilter_queue', 'socat', 'ethtool'],
];

/** The control plane's machine is also where the course handles images. */
export const preinstalledOnControlPlane: readonly string[] = ['docker-ce', 'docker-ce-cli'];

/** And on `reg`. */
export const preinstalledOutside: readonly string[] = ['containerd.io', 'docker-ce', 'docker-ce-cli'];
