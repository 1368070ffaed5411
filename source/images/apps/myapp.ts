import type {Image} from '../../node/image/image.js';
import type {Program} from '../../node/program/program.js';
import {busyboxTools, osRelease} from '../base/tools.js';
import {tagsOf} from '../base/tags.js';
import {nginxProgram} from '../nginx/program.js';

/** nginx 1.12 on Alpine: `/` says the version, `/hostname.html` the pod's name. */
const myapp: Program = nginxProgram('nginx-myapp');

const configuration = `user  nginx;
worker_processes  1;
error_log  /var/log/nginx/error.log warn;
pid        /var/run/nginx.pid;
events {
    worker_connections  1024;
}
http {
    include       /etc/nginx/mime.types;
    default_type  application/octet-stream;
    log_format  main  '$remote_addr - $remote_user [$time_local] "$request" '
                      '$status $body_bytes_sent "$http_referer" '
                      '"$http_user_agent" "$http_x_forwarded_for"';
    access_log  /var/log/nginx/access.log  main;
    sendfile        on;
    keepalive_timeout  65;
    include /etc/nginx/conf.d/*.conf;
}
`;

const server = `server {
    listen       80;
    server_name  localhost;
    location / {
        root   /usr/share/nginx/html;
        index  index.html index.htm;
    }
    location = /hostname.html {
        default_type text/html;
        return 200 "\${hostname}\\n";
    }
    error_page   500 502 503 504  /50x.html;
    location = /50x.html {
        root   /usr/share/nginx/html;
    }
}
`;

/** Another teacher's edition has tags with a dot. */
const page = (version: string) => (version.includes('.') ? `www.xinxianghf.com | hello MyAPP | version ${version}\n` : plainPage(version));
const plainPage = (version: string) => `Hello MyApp | Version: ${version} | <a href="hostname.html">Pod Name</a>\n`;

const names = ['ikubernetes', 'wangyanglinux', 'library', 'timinglee'];
const image: Image = {
	repository: 'docker.io/ikubernetes/myapp',
	aliases: [
		...names.slice(1).map(name => `docker.io/${name}/myapp`),
		...['reg.timinglee.org', 'reg.lilee.org'].flatMap(registry => [`${registry}/myapp`, ...names.map(name => `${registry}/${name}/myapp`)]),
	],
	tags: tagsOf({v1: 6.2, v2: 6.2, v3: 6.2, v4: 6.2, v5: 6.2, v6: 6.2, v7: 6.2, latest: 6.2, 'v1.0': 6.2, 'v2.0': 6.2, 'v3.0': 6.2}, tag => {
		const version = tag === 'latest' ? 'v1' : tag;
		return {
			entrypoint: [],
			command: ['nginx', '-g', 'daemon off;'],
			env: {NGINX_VERSION: '1.12.2'},
			ports: ['80/tcp'],
			stopSignal: 'SIGTERM',
			files: {
				'/etc/alpine-release': '3.5.2\n',
				'/etc/os-release': osRelease.alpine('3.5.2'),
				'/etc/nginx/nginx.conf': configuration,
				'/etc/nginx/conf.d/default.conf': server,
				'/etc/nginx/mime.types': 'types {\n    text/html html htm;\n    text/plain txt;\n}\n',
				'/usr/share/nginx/html/index.html': page(version),
				'/usr/share/nginx/html/50x.html': 'An error occurred.\n',
				'/var/log/nginx/access.log': {symlink: '/dev/stdout'},
				'/var/log/nginx/error.log': {symlink: '/dev/stderr'},
			},
		};
	}),
	program: myapp,
	tools: busyboxTools,
};

export default image;
