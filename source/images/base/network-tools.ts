import type {Image} from '../../node/image/image.js';
import {tagsOf} from './tags.js';
import {busyboxTools, debianSlimTools, osRelease} from './tools.js';

const dns = ['/usr/bin/dig', '/usr/bin/host', '/usr/bin/nslookup'];

/** nicolaka/netshoot: every network tool there is. Its shell is zsh; bash stands for it. */
export const netshoot: Image = {
	repository: 'docker.io/nicolaka/netshoot',
	aliases: ['ghcr.io/nicolaka/netshoot'],
	tags: tagsOf({latest: 195, 'v0.14': 195, 'v0.13': 195, 'v0.12': 190, 'v0.11': 180, 'v0.8': 150}, () => ({
		entrypoint: [],
		command: ['bash'],
		files: {'/etc/os-release': osRelease.alpine('3.21.3'), '/etc/alpine-release': '3.21.3\n'},
	})),
	tools: [
		...busyboxTools,
		...dns,
		...[
			'bash',
			'conntrack',
			'curl',
			'ethtool',
			'httpd',
			'ip',
			'iperf',
			'iperf3',
			'iptables',
			'ipset',
			'ipvsadm',
			'jq',
			'mtr',
			'nft',
			'nmap',
			'openssl',
			'socat',
			'ss',
		],
		...['/bin/zsh', 'tcpdump', 'tcptraceroute', 'traceroute'],
	],
};

/** Debian with the tools of DNS: of "Debugging DNS Resolution". */
export const dnsutils: Image = {
	repository: 'registry.k8s.io/e2e-test-images/jessie-dnsutils',
	aliases: [
		'gcr.io/kubernetes-e2e-test-images/dnsutils',
		'gcr.io/kubernetes-e2e-test-images/jessie-dnsutils',
		'k8s.gcr.io/e2e-test-images/jessie-dnsutils',
		'docker.io/mydlqclub/dnsutils',
	],
	tags: tagsOf({'1.1': 85, '1.2': 85, '1.3': 85, '1.4': 85, '1.5': 85, '1.7': 85}, () => ({
		entrypoint: [],
		command: ['sleep', '3600'],
		files: {'/etc/os-release': osRelease.debian},
	})),
	tools: [...debianSlimTools, ...dns, 'ping', 'curl', 'nc'],
};

export const tutumDnsutils: Image = {
	repository: 'docker.io/tutum/dnsutils',
	tags: tagsOf({latest: 73}, () => ({entrypoint: [], command: ['/bin/bash'], files: {'/etc/os-release': osRelease.ubuntu('14.04')}})),
	tools: [...debianSlimTools, ...dns, 'ping', 'ps'],
};

export const dnstools: Image = {
	repository: 'docker.io/infoblox/dnstools',
	tags: tagsOf({latest: 9.9, v2: 9.9, v3: 9.9}, () => ({
		entrypoint: ['/bin/sh'],
		command: [],
		env: {PS1: 'dnstools# '},
		files: {'/etc/os-release': osRelease.alpine('3.8.0')},
	})),
	tools: [...busyboxTools, ...dns, 'curl', 'jq', 'tcpdump'],
};

/** The client of iKubernetes' courses. */
export const adminBox: Image = {
	repository: 'docker.io/ikubernetes/admin-box',
	aliases: ['docker.io/ikubernetes/admin-toolbox'],
	tags: tagsOf({latest: 60, 'v1.0': 60, 'v1.1': 60, 'v1.2': 60}, () => ({
		entrypoint: [],
		command: ['/bin/sh'],
		files: {'/etc/os-release': osRelease.alpine('3.13.1')},
	})),
	tools: [
		...busyboxTools,
		...dns,
		'bash',
		'curl',
		'ip',
		'iptables',
		'ipvsadm',
		'ipset',
		'jq',
		'ss',
		'tcpdump',
		'openssl',
		'nmap',
		'socat',
		'redis-cli',
		'mysql',
	],
};
