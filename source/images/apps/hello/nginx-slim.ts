import type {Image} from '../../../node/image/image.js';
import {tagsOf} from '../../base/tags.js';
import {debianSlimTools, osRelease} from '../../base/tools.js';
import {nginxFiles} from '../../nginx/image-files.js';
import {nginx} from '../../nginx/program.js';

const versions: Readonly<Record<string, string>> = {
	'0.8': '1.11.1',
	'0.9': '1.11.1',
	'0.21': '1.21.6',
	'0.24': '1.23.3',
	'0.26': '1.25.2',
	'0.27': '1.25.3',
};

/** What the tutorial about StatefulSets serves the name of its pods with. */
export default {
	repository: 'registry.k8s.io/nginx-slim',
	aliases: ['k8s.gcr.io/nginx-slim', 'gcr.io/google_containers/nginx-slim', 'gcr.io/google-containers/nginx-slim'],
	tags: tagsOf({'0.8': 41, '0.9': 41, '0.21': 40, '0.24': 40, '0.26': 40, '0.27': 40}, tag => ({
		entrypoint: [],
		command: ['nginx', '-g', 'daemon off;'],
		env: {NGINX_VERSION: versions[tag]!},
		ports: ['80/tcp', '443/tcp'],
		files: {...nginxFiles(Number(versions[tag]!.split('.')[1])), '/etc/os-release': osRelease.debian},
	})),
	program: nginx,
	tools: [...debianSlimTools, 'curl', '/usr/sbin/nginx'],
} satisfies Image;
