import type {Image} from '../../../node/image/image.js';
import {tagsOf} from '../../base/tags.js';
import {busyboxTools, osRelease} from '../../base/tools.js';
import {nginxFiles} from '../../nginx/image-files.js';
import {nginx} from '../../nginx/program.js';

const version = '1.27.5';
const minor = 27;

const plain = (port: number) => `server {
    listen ${port};
    listen [::]:${port};

    location / {
        default_type text/plain;
        expires -1;
        return 200 'Server address: $server_addr:$server_port\\nServer name: $hostname\\nDate: $time_local\\nURI: $request_uri\\nRequest ID: $request_id\\n';
    }
}
`;

const html = (port: number) => `server {
    listen ${port};
    listen [::]:${port};

    root /usr/share/nginx/html;
    try_files /index.html =404;

    expires -1;

    sub_filter_once off;
    sub_filter 'server_hostname' '$hostname';
    sub_filter 'server_address' '$server_addr:$server_port';
    sub_filter 'server_url' '$request_uri';
    sub_filter 'server_date' '$time_local';
    sub_filter 'request_id' '$request_id';
}
`;

const page = `<!DOCTYPE html>
<html>
<head>
<title>Hello World</title>
</head>
<body>
<div class="info">
<p><span>Server&nbsp;address:</span> <span>server_address</span></p>
<p><span>Server&nbsp;name:</span> <span>server_hostname</span></p>
<p class="smaller"><span>Date:</span> <span>server_date</span></p>
<p class="smaller"><span>URI:</span> <span>server_url</span></p>
</div>
<div class="check"><input type="checkbox" id="check" onchange="changeCookie()"> Auto Refresh</div>
<div id="footer">
<div id="center">Request ID: request_id<br/>
&copy; F5, Inc. 2020 - 2024</div>
</div>
</body>
</html>
`;

const image = (repository: string, port: number, sizes: Readonly<Record<string, number>>): Image => ({
	repository,
	tags: tagsOf(sizes, tag => {
		const {['/etc/nginx/conf.d/default.conf']: _, ...files} = nginxFiles(minor);
		return {
			entrypoint: ['/docker-entrypoint.sh'],
			command: ['nginx', '-g', 'daemon off;'],
			env: {NGINX_VERSION: version},
			ports: [`${port}/tcp`],
			stopSignal: 'SIGQUIT',
			files: {
				...files,
				'/etc/nginx/conf.d/hello.conf': /plain/.test(tag) ? plain(port) : html(port),
				'/usr/share/nginx/html/index.html': page,
				'/etc/alpine-release': '3.21.3\n',
				'/etc/os-release': osRelease.alpine('3.21.3'),
			},
		};
	}),
	program: nginx,
	tools: [...busyboxTools, 'curl', 'apk', '/usr/sbin/nginx', 'envsubst'],
});

/** Says which server has answered: as a page, or as text. */
export default [
	image('docker.io/nginxdemos/hello', 80, {
		latest: 20.3,
		'0.4': 20.3,
		'0.3': 9.8,
		'0.2': 6.6,
		'plain-text': 20.3,
		'0.4-plain-text': 20.3,
		'0.3-plain-text': 9.8,
	}),
	image('docker.io/nginxdemos/nginx-hello', 8080, {latest: 20.3, 'plain-text': 20.3}),
] satisfies readonly Image[];
