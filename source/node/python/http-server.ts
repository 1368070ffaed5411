import type {ServiceAnswer} from '../../net/socket.js';
import {FileError, type Files} from '../../os/files.js';
import {join, normalise} from '../../os/layer.js';
import {strftime} from '../../sim/strftime.js';
import type {Machine} from '../host/machine.js';
import {type Failure, failurePage, listingPage} from './page.js';

/** What `python3 -m http.server` was told. */
export interface Served {
	readonly folder: string;
	/** Of Python: `3.9.21`. */
	readonly version: string;
}

export interface Answered extends ServiceAnswer {
	/** What it prints on standard error. */
	readonly lines: readonly string[];
}

type Header = readonly [name: string, value: string];

interface Reply {
	readonly status: number;
	readonly text: string;
	readonly headers: readonly Header[];
	readonly body: string;
	/** Told before the line of the request. */
	readonly note?: string;
}

const types: Readonly<Record<string, string>> = {
	css: 'text/css',
	csv: 'text/csv',
	gif: 'image/gif',
	htm: 'text/html',
	html: 'text/html',
	jpg: 'image/jpeg',
	js: 'text/javascript',
	json: 'application/json',
	pdf: 'application/pdf',
	png: 'image/png',
	py: 'text/x-python',
	sh: 'application/x-sh',
	svg: 'image/svg+xml',
	tar: 'application/x-tar',
	txt: 'text/plain',
	xml: 'text/xml',
	zip: 'application/zip',
};

const failures = {
	400: {name: 'BAD_REQUEST', explanation: 'Bad request syntax or unsupported method', title: 'Bad Request'},
	404: {name: 'NOT_FOUND', explanation: 'Nothing matches the given URI', title: 'Not Found'},
	501: {name: 'NOT_IMPLEMENTED', explanation: 'Server does not support this operation', title: 'Not Implemented'},
} as const;

const latin = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');
const wire = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');

/** Files of a folder over HTTP/1.0, as Python's http.server gives and logs them. */
export function answerPython(machine: Machine, served: Served, bytes: string, client: string): Answered {
	if (bytes === '') return {bytes: '', end: 'open', lines: []};
	const [line = ''] = bytes.split('\r\n');
	const match = /^([A-Z]+) (\S+) HTTP\/1\.[01]$/.exec(line);
	const reply = match ? replyTo(machine, served, match[1]!, match[2]!) : fail(served, 400, `Bad request syntax (${JSON.stringify(line)})`);
	const nowMs = machine.sim.clock.now();
	const head = [
		`HTTP/1.0 ${reply.status} ${reply.text}`,
		`Server: SimpleHTTP/0.6 Python/${served.version}`,
		`Date: ${strftime('%a, %d %b %Y %T GMT', nowMs)}`,
		...reply.headers.map(([name, value]) => `${name}: ${value}`),
	];
	const entry = (text: string) => `${client} - - [${strftime('%d/%b/%Y %H:%M:%S', nowMs)}] ${text}`;
	return {
		bytes: `${head.join('\r\n')}\r\n\r\n${match?.[1] === 'HEAD' ? '' : reply.body}`,
		end: 'closed',
		delayMs: 1,
		lines: [...(reply.note === undefined ? [] : [entry(reply.note)]), entry(`"${line}" ${reply.status} -`)],
	};
}

function replyTo(machine: Machine, served: Served, method: string, target: string): Reply {
	if (method !== 'GET' && method !== 'HEAD') return fail(served, 501, `Unsupported method ('${method}')`);
	try {
		return found(machine.files, served, target);
	} catch (error) {
		if (!(error instanceof FileError || error instanceof URIError)) throw error;
		return fail(served, 404, 'File not found');
	}
}

function found(files: Files, served: Served, target: string): Reply {
	const [path = '/', query] = target.split('?');
	const shown = decodeURIComponent(path);
	let file = normalise(`${served.folder}/${normalise(shown)}`);
	if (files.stat(file).type === 'folder') {
		if (!path.endsWith('/'))
			return {
				status: 301,
				text: 'Moved Permanently',
				headers: [
					['Location', `${path}/${query ? `?${query}` : ''}`],
					['Content-Length', '0'],
				],
				body: '',
			};
		const index = ['index.html', 'index.htm'].map(name => join(file, name)).find(name => files.exists(name));
		if (index === undefined) return listing(files, served, file, shown);
		file = index;
	} else if (path.endsWith('/')) return fail(served, 404, 'File not found');
	const body = latin(files.readBytes(file));
	return {
		status: 200,
		text: 'OK',
		headers: [
			['Content-type', types[/\.([^./]+)$/.exec(file)?.[1]?.toLowerCase() ?? ''] ?? 'application/octet-stream'],
			['Content-Length', String(body.length)],
			['Last-Modified', strftime('%a, %d %b %Y %T GMT', files.stat(file).mtimeMs)],
		],
		body,
	};
}

function listing(files: Files, {version}: Served, folder: string, shown: string): Reply {
	const order = (name: string) => name.toLowerCase();
	const names = files.list(folder).sort((a, b) => (order(a) < order(b) ? -1 : 1));
	const rows = names.map(name => {
		const {type} = files.lstat(join(folder, name));
		const link = encodeURIComponent(name);
		if (type === 'symlink') return [`${name}@`, link] as const;
		return type === 'folder' ? ([`${name}/`, `${link}/`] as const) : ([name, link] as const);
	});
	const body = wire(listingPage(version, shown, rows));
	return {
		status: 200,
		text: 'OK',
		headers: [
			['Content-type', 'text/html; charset=utf-8'],
			['Content-Length', String(body.length)],
		],
		body,
	};
}

function fail({version}: Served, code: keyof typeof failures, message: string): Reply {
	const {name, explanation, title} = failures[code];
	const failure: Failure = {code, name, message, explanation};
	const body = wire(failurePage(version, failure));
	return {
		status: code,
		text: code === 404 ? message : title === 'Not Implemented' ? message : title,
		headers: [
			['Connection', 'close'],
			['Content-Type', 'text/html;charset=utf-8'],
			['Content-Length', String(body.length)],
		],
		body,
		note: `code ${code}, message ${message}`,
	};
}
