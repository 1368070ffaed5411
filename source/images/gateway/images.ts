import type {Image} from '../../node/image/image.js';
import {busyboxTools, osRelease} from '../base/tools.js';
import {nginxFiles} from '../nginx/image-files.js';
import {nginxProgram} from '../nginx/program.js';
import {gatewayControlPlane} from './controller.js';
import {scripts} from './http-matches.js';

const users = (id: number, name: string) =>
	`root:x:0:0:root:/root:/sbin/nologin\n${name}:x:${id}:1001:${name}:/nonexistent:/sbin/nologin\n`;

/** Without a shell: nothing in it but one program. */
export const nginxGateway: Image = {
	repository: 'ghcr.io/nginx/nginx-gateway-fabric',
	aliases: ['ghcr.io/nginxinc/nginx-gateway-fabric'],
	tags: {
		'1.6.2': {
			sizeBytes: 25_411_880,
			entrypoint: ['/usr/bin/gateway'],
			command: [],
			workingDir: '/',
			user: '102:1001',
			files: {'/etc/passwd': users(102, 'nginx-gateway')},
		},
	},
	program: gatewayControlPlane,
	tools: ['/usr/bin/gateway'],
};

const configuration = `load_module modules/ngx_http_js_module.so;
include /etc/nginx/main-includes/*.conf;

worker_processes auto;

pid /var/run/nginx/nginx.pid;

events {
  worker_connections 1024;
}

http {
  include /etc/nginx/conf.d/*.conf;
  include /etc/nginx/mime.types;
  js_import modules/njs/httpmatches.js;

  default_type application/octet-stream;

  proxy_headers_hash_bucket_size 512;
  proxy_headers_hash_max_size 1024;
  server_names_hash_bucket_size 256;
  server_names_hash_max_size 1024;
  variables_hash_bucket_size 512;
  variables_hash_max_size 1024;

  sendfile on;
  tcp_nopush on;

  server {
    listen unix:/var/run/nginx/nginx-status.sock;
    access_log off;

    location = /stub_status {
      stub_status;
    }
  }
}
`;

/** nginx with the njs module of NGINX Gateway Fabric. */
export const nginxDataPlane: Image = {
	repository: 'ghcr.io/nginx/nginx-gateway-fabric/nginx',
	aliases: ['ghcr.io/nginxinc/nginx-gateway-fabric/nginx'],
	tags: {
		'1.6.2': {
			sizeBytes: 24_117_248,
			entrypoint: ['/usr/sbin/nginx'],
			command: ['-g', 'daemon off;'],
			env: {NGINX_VERSION: '1.27.4', NJS_VERSION: '0.8.9'},
			workingDir: '/',
			user: '101:1001',
			ports: ['80/tcp', '443/tcp'],
			stopSignal: 'SIGQUIT',
			files: {
				'/etc/passwd': users(101, 'nginx'),
				'/etc/os-release': osRelease.alpine('3.21.3'),
				'/etc/nginx/nginx.conf': configuration,
				'/etc/nginx/mime.types': nginxFiles(27)['/etc/nginx/mime.types']!,
				'/var/log/nginx/access.log': {symlink: '/dev/stdout'},
				'/var/log/nginx/error.log': {symlink: '/dev/stderr'},
			},
		},
	},
	program: nginxProgram('nginx-gateway-nginx', {scripts}),
	tools: [...busyboxTools, '/usr/sbin/nginx'],
};
