import type {Image} from '../../../node/image/image.js';
import {tagsOf} from '../../base/tags.js';
import {debianSlimTools, osRelease} from '../../base/tools.js';
import {nginxFiles} from '../../nginx/image-files.js';
import {nginx} from '../../nginx/program.js';

const versions: Readonly<Record<string, string>> = {
	latest: '1.27.5',
	stable: '1.28.0',
	'1.27': '1.27.5',
	'1.26': '1.26.3',
	'1.25': '1.25.5',
	'1.24': '1.24.0',
	alpine: '1.27.5',
	'1.27-alpine': '1.27.5',
	'1.26-alpine': '1.26.3',
	'1.25-alpine': '1.25.5',
};

/** nginx for who may not be root: it listens on 8080. */
export default {
	repository: 'docker.io/nginxinc/nginx-unprivileged',
	aliases: ['ghcr.io/nginxinc/nginx-unprivileged', 'public.ecr.aws/nginx/nginx-unprivileged'],
	tags: tagsOf(Object.fromEntries(Object.keys(versions).map(tag => [tag, tag.includes('alpine') ? 20.2 : 68.9])), tag => {
		const files = nginxFiles(Number(versions[tag]!.split('.')[1]));
		const main = String(files['/etc/nginx/nginx.conf']);
		const server = String(files['/etc/nginx/conf.d/default.conf']);
		return {
			entrypoint: ['/docker-entrypoint.sh'],
			command: ['nginx', '-g', 'daemon off;'],
			env: {NGINX_VERSION: versions[tag]!},
			ports: ['8080/tcp'],
			stopSignal: 'SIGQUIT',
			user: '101',
			files: {
				...files,
				'/etc/nginx/conf.d/default.conf': server.replace('listen       80;', 'listen       8080;'),
				'/etc/nginx/nginx.conf': main.replace('user  nginx;\n', '').replace(/^pid .*$/m, 'pid        /tmp/nginx.pid;'),
				'/etc/passwd':
					'root:x:0:0:root:/root:/bin/bash\nnobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin\nnginx:x:101:101:nginx user:/nonexistent:/bin/false\n',
				'/etc/group': 'root:x:0:\nnginx:x:101:\nnogroup:x:65534:\n',
				'/etc/os-release': osRelease.debian,
			},
		};
	}),
	program: nginx,
	tools: [...debianSlimTools, 'curl', '/usr/sbin/nginx', 'envsubst'],
} satisfies Image;
