import type {Image} from '../../node/image/image.js';
import {metricsServer} from './server.js';

const variant = {sizeBytes: 19_494_617, entrypoint: ['/metrics-server'], command: [], workingDir: '/', files: {}};

/** Distroless: no shell, no tools. */
export default {
	repository: 'registry.k8s.io/metrics-server/metrics-server',
	aliases: ['registry.aliyuncs.com/google_containers/metrics-server', 'docker.io/bitnami/metrics-server'],
	tags: {'v0.7.2': variant, 'v0.7.1': variant, 'v0.8.0': variant},
	program: metricsServer,
	tools: [],
} satisfies Image;
