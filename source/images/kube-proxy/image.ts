import type {Image} from '../../node/image/image.js';
import {kubeProxy} from './kube-proxy.js';

const variant = {
	sizeBytes: 31_889_765,
	entrypoint: ['/go-runner'],
	command: ['/usr/local/bin/kube-proxy'],
	files: {
		'/etc/os-release': 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nNAME="Debian GNU/Linux"\nVERSION_ID="12"\nID=debian\n',
	},
};

const image: Image = {
	repository: 'registry.k8s.io/kube-proxy',
	aliases: ['registry.aliyuncs.com/google_containers/kube-proxy', 'reg.timinglee.org/k8s/kube-proxy'],
	tags: {'v1.33.1': variant},
	program: kubeProxy,
	tools: ['iptables', 'iptables-save', 'iptables-restore', 'ip6tables', 'ip6tables-save', 'ip6tables-restore', 'ipset', 'conntrack', 'sh'],
};

export default image;
