import type {Image} from '../../node/image/image.js';
import {coredns} from './coredns.js';

/** Distroless: no shell, no tools. */
const image: Image = {
	repository: 'registry.k8s.io/coredns/coredns',
	aliases: ['registry.aliyuncs.com/google_containers/coredns', 'reg.timinglee.org/k8s/coredns', 'docker.io/coredns/coredns'],
	tags: {
		'v1.12.0': {
			sizeBytes: 20_939_036,
			entrypoint: ['/coredns'],
			command: [],
			workingDir: '/',
			user: 'nonroot:nonroot',
			ports: ['53/tcp', '53/udp'],
			files: {'/etc/passwd': 'root:x:0:0:root:/root:/sbin/nologin\nnonroot:x:65532:65532:nonroot:/home/nonroot:/sbin/nologin\n'},
		},
	},
	program: coredns,
	tools: [],
};

export default image;
