import type {Image} from '../../node/image/image.js';
import {birdcl} from './birdcl.js';
import {calicoNode} from './calico-node.js';

const image: Image = {
	repository: 'docker.io/calico/node',
	aliases: ['quay.io/calico/node', 'reg.timinglee.org/calico/node'],
	tags: {'v3.28.1': {sizeBytes: 118_259_121, entrypoint: [], command: ['/usr/bin/calico-node'], files: {}}},
	program: calicoNode,
	binaries: {birdcl},
	tools: [
		'sh',
		'bash',
		'cat',
		'ls',
		'grep',
		'head',
		'tail',
		'env',
		'/bin/calico-node',
		'/usr/bin/birdcl',
		'iptables',
		'iptables-save',
		'ip',
		'ipset',
		'conntrack',
	],
};

export default image;
