import type {BaseEntries} from '../../../os/base-tree.js';
import {statusTexts} from '../../http/answer.js';
import {entrypointFiles, packagedServer} from '../master/entrypoint.js';

/** Where nginx's words are not those of `statusTexts`; further ones that only it says. */
const lines: Readonly<Record<number, string>> = {
	...statusTexts,
	402: 'Payment Required',
	406: 'Not Acceptable',
	409: 'Conflict',
	410: 'Gone',
	411: 'Length Required',
	412: 'Precondition Failed',
	415: 'Unsupported Media Type',
	421: 'Misdirected Request',
	505: 'HTTP Version Not Supported',
	507: 'Insufficient Storage',
};
const titles: Readonly<Record<number, string>> = {...lines, 302: 'Found', 401: 'Authorization Required'};

/** `404 Not Found`; a status that nginx has no words for stands alone. */
export const statusLine = (status: number, reason?: string): string => `${status} ${reason ?? lines[status] ?? ''}`;

const padding = '<!-- a padding to disable MSIE and Chrome friendly error page -->\r\n'.repeat(6);

/**
 * The pages nginx makes itself (ngx_http_special_response.c), CRLF line ends; `server` is `nginx` or `nginx/1.27.5`. `note` is the text of
 * nginx's own statuses 494 to 497, which are shown as 400.
 */
export function specialPage(
	status: number,
	server: string,
	{agent = '', note}: {readonly agent?: string; readonly note?: string | undefined} = {},
): string {
	const title = `${status} ${titles[status] ?? ''}`;
	const middle = note === undefined ? '' : `<center>${note}</center>\r\n`;
	const end = status >= 400 && /MSIE |Chrome\//.test(agent) ? padding : '';
	return `<html>\r\n<head><title>${note === undefined ? title : `${status} ${note}`}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n${middle}<hr><center>${server}</center>\r\n</body>\r\n</html>\r\n${end}`;
}

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
