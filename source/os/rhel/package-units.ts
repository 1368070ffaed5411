import {epochMs} from '../../sim/sim.js';
import type {UnitFile} from '../units.js';

const folder = '/usr/lib/systemd/system';
const unit = (name: string, description: string, rest: Partial<UnitFile> = {}): UnitFile => ({
	name: `${name}.service`,
	description,
	path: `${folder}/${name}.service`,
	...rest,
});

/** The units that come with a package, by package name. */
export const packageUnits: Readonly<Record<string, readonly UnitFile[]>> = {
	ipvsadm: [unit('ipvsadm', 'Initialise the Linux Virtual Server', {argv: undefined, oneShot: true})],
	ipset: [],
	'iptables-nft-services': [
		unit('iptables', 'IPv4 firewall with iptables', {oneShot: true, unsimulated: 'rules of /etc/sysconfig/iptables'}),
		unit('ip6tables', 'IPv6 firewall with ip6tables', {oneShot: true, unsimulated: 'rules of /etc/sysconfig/ip6tables'}),
	],
	httpd: [
		unit('httpd', 'The Apache HTTP Server', {
			argv: ['/usr/sbin/httpd', '-DFOREGROUND'],
			program: 'httpd',
			documentation: ['man:httpd.service(8)'],
		}),
	],
	nginx: [unit('nginx', 'The nginx HTTP and reverse proxy server', {argv: ['nginx: master process /usr/sbin/nginx'], program: 'nginx'})],
	kubelet: [
		unit('kubelet', 'kubelet: The Kubernetes Node Agent', {
			dropIns: [`${folder}/kubelet.service.d/10-kubeadm.conf`],
			documentation: ['https://kubernetes.io/docs/'],
			program: 'kubelet',
			active: true,
			enabled: 'enabled',
			pid: 1187,
			// kubeadm starts it anew when it has written its configuration.
			startedMs: epochMs,
			restart: {when: 'always', afterMs: 10_000},
			argv: [
				'/usr/bin/kubelet',
				'--bootstrap-kubeconfig=/etc/kubernetes/bootstrap-kubelet.conf',
				'--kubeconfig=/etc/kubernetes/kubelet.conf',
				'--config=/var/lib/kubelet/config.yaml',
				'--container-runtime-endpoint=unix:///var/run/containerd/containerd.sock',
				'--pod-infra-container-image=registry.k8s.io/pause:3.10',
			],
		}),
	],
	'containerd.io': [
		unit('containerd', 'containerd container runtime', {
			documentation: ['https://containerd.io'],
			argv: ['/usr/bin/containerd'],
			active: true,
			enabled: 'enabled',
			pid: 842,
			restart: {when: 'always', afterMs: 5000},
		}),
	],
	'docker-ce': [
		unit('docker', 'Docker Application Container Engine', {
			documentation: ['https://docs.docker.com'],
			argv: ['/usr/bin/dockerd', '-H', 'fd://', '--containerd=/run/containerd/containerd.sock'],
			program: 'dockerd',
			restart: {when: 'always', afterMs: 2000},
		}),
		{name: 'docker.socket', description: 'Docker Socket for the API', path: `${folder}/docker.socket`},
	],
	'nfs-utils': [unit('nfs-server', 'NFS server and services', {oneShot: true})],
	rpcbind: [unit('rpcbind', 'RPC Bind', {argv: ['/usr/bin/rpcbind', '-w', '-f'], user: 'rpc'})],
	chrony: [
		unit('chronyd', 'NTP client/server', {
			argv: ['/usr/sbin/chronyd', '-F', '2'],
			user: 'chrony',
			active: true,
			enabled: 'enabled',
			pid: 789,
		}),
	],
	firewalld: [
		unit('firewalld', 'firewalld - dynamic firewall daemon', {
			unsimulated: 'its zones and rules',
			argv: ['/usr/bin/python3', '-s', '/usr/sbin/firewalld', '--nofork', '--nopid'],
		}),
	],
};
