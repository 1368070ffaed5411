import type {BaseEntries} from '../../os/base-tree.js';
import {statusTexts} from '../http/answer.js';

const titles: Readonly<Record<number, string>> = {...statusTexts, 302: 'Found', 405: 'Not Allowed', 408: 'Request Time-out'};

/** The pages nginx makes itself (ngx_http_special_response.c), CRLF line ends; `server` is `nginx` or `nginx/1.27.5`. */
export const specialPage = (status: number, server: string): string =>
	`<html>\r\n<head><title>${status} ${titles[status]}</title></head>\r\n<body>\r\n<center><h1>${status} ${titles[status]}</h1></center>\r\n<hr><center>${server}</center>\r\n</body>\r\n</html>\r\n`;

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

const mainConfiguration = `
user  nginx;
worker_processes  auto;

error_log  /var/log/nginx/error.log notice;
pid        /run/nginx.pid;


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

export const defaultServer = `server {
    listen       80;
    listen  [::]:80;
    server_name  localhost;

    #access_log  /var/log/nginx/host.access.log  main;

    location / {
        root   /usr/share/nginx/html;
        index  index.html index.htm;
    }

    #error_page  404              /404.html;

    # redirect server error pages to the static page /50x.html
    #
    error_page   500 502 503 504  /50x.html;
    location = /50x.html {
        root   /usr/share/nginx/html;
    }
}
`;

export const mimeTypes: Readonly<Record<string, string>> = {
	html: 'text/html',
	htm: 'text/html',
	shtml: 'text/html',
	css: 'text/css',
	xml: 'text/xml',
	gif: 'image/gif',
	jpeg: 'image/jpeg',
	jpg: 'image/jpeg',
	js: 'application/javascript',
	txt: 'text/plain',
	png: 'image/png',
	svg: 'image/svg+xml',
	ico: 'image/x-icon',
	json: 'application/json',
	pdf: 'application/pdf',
	zip: 'application/zip',
	gz: 'application/octet-stream',
	mp4: 'video/mp4',
};

export const nginxFiles: BaseEntries = {
	'/docker-entrypoint.sh': {text: '#!/bin/sh\n# vim:sw=4:ts=4:et\n\nset -e\n\nexec "$@"\n', mode: 0o775},
	'/docker-entrypoint.d': {folder: true},
	'/etc/nginx/nginx.conf': mainConfiguration,
	'/etc/nginx/conf.d/default.conf': defaultServer,
	'/etc/nginx/mime.types': `\ntypes {\n${Object.entries(mimeTypes)
		.map(([suffix, type]) => `    ${type} ${suffix};\n`)
		.join('')}}\n`,
	'/usr/share/nginx/html/index.html': welcomePage,
	'/usr/share/nginx/html/50x.html': errorPage,
	'/var/log/nginx/access.log': {symlink: '/dev/stdout'},
	'/var/log/nginx/error.log': {symlink: '/dev/stderr'},
	'/var/cache/nginx': {folder: true},
};
