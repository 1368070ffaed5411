import type {BaseEntries} from '../../os/base-tree.js';
import {mimeTypes} from './content/mime-types.js';
import {entrypointFiles, packagedServer} from './master/entrypoint.js';

export const welcomePage = `<!DOCTYPE html>
<html>
<head>
<title>Welcome to nginx!</title>
<style>
html { color-scheme: light dark; }
body { width: 35em; margin: 0 auto;
font-family: Tahoma, Verdana, Arial, sans-serif; }
</style>
</head>
<body>
<h1>Welcome to nginx!</h1>
<p>If you see this page, the nginx web server is successfully installed and
working. Further configuration is required.</p>

<p>For online documentation and support please refer to
<a href="http://nginx.org/">nginx.org</a>.<br/>
Commercial support is available at
<a href="http://nginx.com/">nginx.com</a>.</p>

<p><em>Thank you for using nginx.</em></p>
</body>
</html>
`;

const errorPage = `<!DOCTYPE html>
<html>
<head>
<title>Error</title>
<style>
html { color-scheme: light dark; }
body { width: 35em; margin: 0 auto;
font-family: Tahoma, Verdana, Arial, sans-serif; }
</style>
</head>
<body>
<h1>An error occurred.</h1>
<p>Sorry, the page you are looking for is currently unavailable.<br/>
Please try again later.</p>
<p>If you are the system administrator of this resource then you should check
the error log for details.</p>
<p><em>Faithfully yours, nginx.</em></p>
</body>
</html>
`;

const mainConfiguration = (minor: number) => `
user  nginx;
worker_processes  ${minor < 21 ? '1' : 'auto'};

error_log  /var/log/nginx/error.log ${minor < 21 ? 'warn' : 'notice'};
pid        ${minor < 27 ? '/var/run' : '/run'}/nginx.pid;


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
    #tcp_nopush     on;

    keepalive_timeout  65;

    #gzip  on;

    include /etc/nginx/conf.d/*.conf;
}
`;

/** Of the official image, by the minor version of nginx. */
export const nginxFiles = (minor: number): BaseEntries => ({
	...(minor >= 19 && entrypointFiles),
	'/etc/nginx/nginx.conf': mainConfiguration(minor),
	'/etc/nginx/conf.d/default.conf': packagedServer,
	'/etc/nginx/mime.types': `\ntypes {\n${Object.entries(mimeTypes)
		.map(([suffix, type]) => `    ${type} ${suffix};\n`)
		.join('')}}\n`,
	'/usr/share/nginx/html/index.html': welcomePage,
	'/usr/share/nginx/html/50x.html': errorPage,
	'/var/log/nginx/access.log': {symlink: '/dev/stdout'},
	'/var/log/nginx/error.log': {symlink: '/dev/stderr'},
	'/var/cache/nginx': {folder: true},
});
