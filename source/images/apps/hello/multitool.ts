import type {Image} from '../../../node/image/image.js';
import {tagsOf} from '../../base/tags.js';
import {busyboxTools, osRelease} from '../../base/tools.js';
import {nginxFiles} from '../../nginx/image-files.js';
import {nginx} from '../../nginx/program.js';

const nginxMinor = 24;

const server = `server {
    listen 80;
    server_name localhost;
    location / {
        default_type text/html;
        return 200 'WBITT Network MultiTool (with NGINX) - $hostname - $server_addr - HTTP: 80 , HTTPS: 443 . (Formerly praqma/network-multitool)\\n';
    }
}
`;

/** Every network tool, and a web server that says where it is. */
export default {
	repository: 'docker.io/wbitt/network-multitool',
	aliases: ['docker.io/praqma/network-multitool'],
	tags: tagsOf({latest: 24, minimal: 15, extra: 104, alpine: 24, 'alpine-minimal': 15, 'alpine-extra': 104}, () => ({
		entrypoint: ['/docker-entrypoint.sh'],
		command: ['/usr/sbin/nginx', '-g', 'daemon off;'],
		env: {HTTP_PORT: '80', HTTPS_PORT: '443', NGINX_VERSION: '1.24.0'},
		ports: ['80/tcp', '443/tcp', '1180/tcp', '11443/tcp'],
		files: {...nginxFiles(nginxMinor), '/etc/nginx/conf.d/default.conf': server, '/etc/os-release': osRelease.alpine('3.18.4')},
	})),
	program: nginx,
	tools: [
		...busyboxTools,
		'bash',
		'curl',
		'/usr/bin/dig',
		'/usr/bin/host',
		'/usr/bin/nslookup',
		'tcpdump',
		'ip',
		'ss',
		'jq',
		'mtr',
		'openssl',
		'ethtool',
		'/usr/sbin/nginx',
		'envsubst',
	],
} satisfies Image;
