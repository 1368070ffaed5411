import type {Image} from '../../node/image/image.js';
import {calicoKubeControllers} from './kube-controllers.js';

const image: Image = {
	repository: 'docker.io/calico/kube-controllers',
	aliases: ['quay.io/calico/kube-controllers', 'reg.timinglee.org/calico/kube-controllers'],
	tags: {'v3.28.1': {sizeBytes: 33_500_000, entrypoint: [], command: ['/usr/bin/kube-controllers'], files: {}}},
	program: calicoKubeControllers,
	tools: [],
};

export default image;
