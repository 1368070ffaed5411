import type {Image} from '../../../node/image/image.js';
import {tagsOf} from '../../base/tags.js';
import {serveHostnameProgram} from '../agnhost/serve-hostname.js';

/** The image of the task "Debug Services". */
export default {
	repository: 'registry.k8s.io/serve_hostname',
	aliases: [
		'k8s.gcr.io/serve_hostname',
		'gcr.io/google_containers/serve_hostname',
		'gcr.io/google-containers/serve_hostname',
		'gcr.io/kubernetes-e2e-test-images/serve-hostname',
	],
	tags: tagsOf({latest: 2.7, '1.1': 2.7, '1.2': 2.7, '1.3': 2.7, '1.4': 2.7}, () => ({
		entrypoint: ['/serve_hostname'],
		command: [],
		ports: ['9376/tcp'],
		files: {},
	})),
	program: serveHostnameProgram,
	tools: [],
} satisfies Image;
