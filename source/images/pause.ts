import type {Image} from '../node/image/image.js';
import type {Program} from '../node/program/program.js';

/** Holds a pod's namespaces open and does nothing. */
const pause: Program = {
	name: 'pause',
	start() {},
	signal(context, signal) {
		if (signal === 'SIGTERM' || signal === 'SIGINT') context.exit(0);
	},
};

const image: Image = {
	repository: 'registry.k8s.io/pause',
	aliases: ['registry.aliyuncs.com/google_containers/pause', 'k8s.gcr.io/pause', 'reg.timinglee.org/k8s/pause'],
	tags: Object.fromEntries(
		['3.10', '3.9', '3.8', '3.6', 'latest'].map(tag => [
			tag,
			{sizeBytes: 320_368, entrypoint: ['/pause'], command: [], user: '65535:65535', files: {}},
		]),
	),
	program: pause,
	tools: [],
};

export default image;
