import type {Image} from '../../node/image/image.js';
import {busyboxTools, osRelease} from '../base/tools.js';
import {certgen} from './certgen.js';
import {controller} from './controller.js';
import {nginxTool} from './nginx-tool.js';
import {waitShutdown} from './shutdown.js';

const users =
	'root:x:0:0:root:/root:/bin/ash\nwww-data:x:101:82:Linux User,,,:/home/www-data:/sbin/nologin\nnobody:x:65534:65534:nobody:/:/sbin/nologin\n';

export const ingressNginxController: Image = {
	repository: 'registry.k8s.io/ingress-nginx/controller',
	aliases: ['reg.timinglee.org/ingress-nginx/controller'],
	tags: {
		'v1.11.2': {
			sizeBytes: 104_933_760,
			entrypoint: ['/usr/bin/dumb-init', '--'],
			command: ['/nginx-ingress-controller'],
			workingDir: '/etc/nginx',
			user: 'www-data',
			ports: ['80/tcp', '443/tcp'],
			files: {
				'/etc/passwd': users,
				'/etc/os-release': osRelease.alpine('3.20.2'),
				'/var/log/nginx/access.log': {symlink: '/dev/stdout'},
				'/var/log/nginx/error.log': {symlink: '/dev/stderr'},
			},
		},
	},
	program: controller,
	binaries: {'wait-shutdown': waitShutdown, nginx: nginxTool},
	tools: [
		...busyboxTools,
		'bash',
		'curl',
		'openssl',
		'/usr/local/nginx/sbin/nginx',
		'/usr/bin/nginx',
		'/usr/bin/dumb-init',
		'/nginx-ingress-controller',
		'/wait-shutdown',
		'/dbg',
	],
};

/** Distroless: no shell, no tools. */
export const webhookCertgen: Image = {
	repository: 'registry.k8s.io/ingress-nginx/kube-webhook-certgen',
	aliases: ['reg.timinglee.org/ingress-nginx/kube-webhook-certgen'],
	tags: {
		'v1.4.3': {
			sizeBytes: 23_759_014,
			entrypoint: ['/kube-webhook-certgen'],
			command: [],
			workingDir: '/',
			files: {
				'/etc/passwd':
					'root:x:0:0:root:/root:/sbin/nologin\nnobody:x:65534:65534:nobody:/nonexistent:/sbin/nologin\nnonroot:x:65532:65532:nonroot:/home/nonroot:/sbin/nologin\n',
			},
		},
	},
	program: certgen,
	tools: [],
};
