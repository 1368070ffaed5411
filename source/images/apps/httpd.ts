import type {Image} from '../../node/image/image.js';
import {FileError} from '../../os/files.js';
import {join, normalise} from '../../os/layer.js';
import {debianSlimTools, mirrors, osRelease} from '../base/tools.js';
import {tagsOf} from '../base/tags.js';
import {type HttpAnswer, httpDate, lengthOf} from '../http/answer.js';
import {mimeTypes} from '../nginx/content/mime-types.js';
import {webServer} from './web-server.js';

const versions: Readonly<Record<string, string>> = {
	latest: '2.4.63',
	'2.4': '2.4.63',
	'2': '2.4.63',
	'2.4.63': '2.4.63',
	'2.4.62': '2.4.62',
	'2.4.58': '2.4.58',
	'2.4.54': '2.4.54',
	'2.4.46': '2.4.46',
	alpine: '2.4.63',
	'2.4-alpine': '2.4.63',
};

const titles: Readonly<Record<number, readonly [string, string]>> = {
	403: ['Forbidden', "<p>You don't have permission to access this resource.</p>"],
	404: ['Not Found', '<p>The requested URL was not found on this server.</p>'],
};

function failure(nowMs: number, software: string, status: 403 | 404): HttpAnswer {
	const [title, text] = titles[status]!;
	const body = `<!DOCTYPE HTML PUBLIC "-//IETF//DTD HTML 2.0//EN">\n<html><head>\n<title>${status} ${title}</title>\n</head><body>\n<h1>${title}</h1>\n${text}\n</body></html>\n`;
	return {
		status,
		statusText: title,
		headers: [
			['Date', httpDate(nowMs)],
			['Server', software],
			['Content-Length', lengthOf(body)],
			['Content-Type', 'text/html; charset=iso-8859-1'],
		],
		body,
	};
}

const root = '/usr/local/apache2/htdocs';

/** Apache as the official image runs it, serving its document root. */
export const httpd = webServer({
	name: 'httpd',
	port: () => 80,
	terminated: 0,
	greeting({machine, env}) {
		const address = machine.stack.links.list().find(link => link.name === 'eth0')?.addresses[0]?.address ?? '127.0.0.1';
		const unnamed = `AH00558: httpd: Could not reliably determine the server's fully qualified domain name, using ${address}. Set the 'ServerName' directive globally to suppress this message`;
		const note = (module: string, text: string) => `[${apacheTime(machine.sim.clock.now())}] [${module}:notice] [pid 1:tid 1] ${text}`;
		return [
			unnamed,
			unnamed,
			note('mpm_event', `AH00489: Apache/${env['HTTPD_VERSION'] ?? '2.4.63'} (Unix) configured -- resuming normal operations`),
			note('core', "AH00094: Command line: 'httpd -D FOREGROUND'"),
		].join('\n');
	},
	answer({machine, env}, request) {
		const {files} = machine;
		const nowMs = machine.sim.clock.now();
		const software = `Apache/${env['HTTPD_VERSION'] ?? '2.4.63'} (Unix)`;
		const folder = files.exists(root) ? root : '/var/www/html';
		try {
			let path = normalise(folder + decodeURIComponent(request.path));
			if (files.stat(path).type === 'folder') {
				if (!files.exists(join(path, 'index.html'))) return failure(nowMs, software, 403);
				path = join(path, 'index.html');
			}

			const {size, mtimeMs} = files.stat(path);
			const type = mimeTypes[/\.([^./]+)$/.exec(path)?.[1] ?? ''] ?? '';
			const etag = `"${size.toString(16)}-${(mtimeMs * 1000).toString(16)}"`;
			const headers = [
				['Date', httpDate(nowMs)],
				['Server', software],
				['Last-Modified', httpDate(mtimeMs)],
				['ETag', etag],
				['Accept-Ranges', 'bytes'],
				['Content-Length', String(size)],
			] as const;
			return {status: 200, headers: type ? [...headers, ['Content-Type', type]] : headers, body: files.readText(path)};
		} catch (error) {
			if (!(error instanceof FileError || error instanceof URIError)) throw error;
			return failure(nowMs, software, 404);
		}
	},
	logLine({machine}, request, {address: client}, {status, body}) {
		const text = httpDate(machine.sim.clock.now());
		const when = `${text.slice(5, 7)}/${text.slice(8, 11)}/${text.slice(12, 16)}:${text.slice(17, 25)} +0000`;
		return `${client} - - [${when}] "${request.method} ${request.path} HTTP/1.1" ${status} ${body.length}`;
	},
});

function apacheTime(ms: number): string {
	const text = httpDate(ms);
	return `${text.slice(0, 3)} ${text.slice(8, 11)} ${text.slice(5, 7)} ${text.slice(17, 25)}.${String(ms % 1000).padStart(3, '0')}000 ${text.slice(12, 16)}`;
}

const image: Image = {
	repository: 'docker.io/library/httpd',
	aliases: mirrors('httpd'),
	tags: tagsOf(Object.fromEntries(Object.keys(versions).map(tag => [tag, tag.includes('alpine') ? 24 : 56.4])), tag => ({
		entrypoint: [],
		command: ['httpd-foreground'],
		env: {HTTPD_PREFIX: '/usr/local/apache2', HTTPD_VERSION: versions[tag]!},
		workingDir: '/usr/local/apache2',
		ports: ['80/tcp'],
		stopSignal: 'SIGWINCH',
		files: {
			'/etc/os-release': osRelease.debian,
			[`${root}/index.html`]: '<html><body><h1>It works!</h1></body></html>\n',
			'/usr/local/apache2/conf/httpd.conf': 'ServerRoot "/usr/local/apache2"\nListen 80\nDocumentRoot "/usr/local/apache2/htdocs"\n',
		},
	})),
	program: httpd,
	tools: debianSlimTools,
};

export default image;
