import type {Image, ImageVariant} from '../../node/image/image.js';
import {debianSlimTools, busyboxTools, mirrors, osRelease} from '../base/tools.js';
import {tagsOf} from '../base/tags.js';
import {nginxFiles} from './image-files.js';
import {nginx} from './program.js';

const full: Readonly<Record<string, string>> = {
	latest: '1.27.5',
	stable: '1.28.0',
	mainline: '1.27.5',
	'1.27': '1.27.5',
	'1.26': '1.26.3',
	'1.25': '1.25.5',
	'1.24': '1.24.0',
	'1.23': '1.23.4',
	'1.22': '1.22.1',
	'1.21': '1.21.6',
	'1.20': '1.20.2',
	'1.19': '1.19.10',
	'1.18': '1.18.0',
	'1.17': '1.17.10',
	'1.16': '1.16.1',
};
const exact = [
	'1.28.0',
	'1.27.5',
	'1.27.4',
	'1.27.3',
	'1.27.0',
	'1.26.3',
	'1.25.5',
	'1.25.3',
	'1.24.0',
	'1.23.4',
	'1.23.0',
	'1.22.1',
	'1.21.6',
	'1.21.0',
	'1.20.2',
	'1.19.10',
	'1.19.1',
	'1.18.0',
	'1.17.10',
	'1.17.1',
	'1.16.1',
	'1.16.0',
	'1.15.4',
	'1.14.2',
	'1.9.1',
	'1.7.9',
];

function variant(tag: string): Omit<ImageVariant, 'sizeBytes'> {
	const bare = tag.replace(/-?alpine(-slim)?$/, '') || 'latest';
	const version = full[bare] ?? bare;
	const minor = Number(version.split('.')[1]);
	return {
		entrypoint: minor < 19 ? [] : ['/docker-entrypoint.sh'],
		command: ['nginx', '-g', 'daemon off;'],
		env: {NGINX_VERSION: version, PKG_RELEASE: '1~bookworm', NJS_VERSION: '0.8.10'},
		ports: ['80/tcp'],
		stopSignal: 'SIGQUIT',
		files: {
			...nginxFiles(minor),
			'/etc/os-release': osRelease.debian,
		},
	};
}

const sizes = (tags: readonly string[], size: number) => Object.fromEntries(tags.map(tag => [tag, size]));
const names = [...Object.keys(full), ...exact];

const nginxImage: Image = {
	repository: 'docker.io/library/nginx',
	aliases: [...mirrors('nginx'), 'quay.io/nginx/nginx', 'public.ecr.aws/nginx/nginx'],
	tags: tagsOf(
		{...sizes(names, 68.9), ...sizes(['alpine', ...names.filter(name => name !== 'latest').map(name => `${name}-alpine`)], 20.2)},
		variant,
	),
	program: nginx,
	tools: [
		...new Set([...debianSlimTools, 'curl', '/usr/sbin/nginx', 'nginx-debug', 'envsubst', ...busyboxTools.filter(tool => tool === 'awk')]),
	],
};

export default nginxImage;
