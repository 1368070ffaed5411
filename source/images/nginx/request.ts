import type {ProgramContext} from '../../node/program.js';
import {FileError} from '../../os/files.js';
import {join, normalise} from '../../os/layer.js';
import {type HttpAnswer, httpDate, lengthOf} from '../http/answer.js';
import {findLocation, lacksSlash} from './find-location.js';
import {mimeTypes, specialPage, statusLine} from './pages.js';
import {forward} from './proxy.js';
import {hostName, type NginxRequest} from './request-head.js';
import {type Server, type ServerTable, setting, settings} from './server-table.js';
import {errorTime, escapeLog} from './times.js';
import {decodeUri} from './uri.js';

export interface Exchange {
	readonly context: ProgramContext;
	readonly request: NginxRequest;
	readonly table: ServerTable;
	readonly server: Server;
	/** `nginx/1.27.5` */
	readonly software: string;
	readonly client: string;
	readonly port: number;
	/** It came over TLS. */
	readonly secure?: boolean;
}

const internalRedirectsMax = 10;

/** What nginx answers. */
export function answerRequest(exchange: Exchange, path = decodeUri(exchange.request.path), depth = 0): HttpAnswer {
	const {server, table, request} = exchange;
	if (path === undefined) return special(exchange, 400, []);
	if (depth > internalRedirectsMax) return special(exchange, 500, []);
	if (lacksSlash(server.locations, path, each => each.directives.some(({name}) => name === 'proxy_pass')))
		return redirect(exchange, 301, `${path}/${request.query ? `?${request.query}` : ''}`, [server.directives, table.http]);
	const location = findLocation(server.locations, path);
	const levels = [location?.directives ?? [], server.directives, table.http];
	const returned = levels
		.slice(0, 2)
		.map(level => level.find(each => each.name === 'return'))
		.find(Boolean);
	if (returned) return answerReturn(exchange, returned.args, levels);
	for (const {args} of (location?.directives ?? []).filter(each => each.name === 'rewrite')) {
		const [pattern = '', replacement = '', flag] = args;
		const match = new RegExp(pattern).exec(path);
		if (!match) continue;
		const target = replacement.replace(/\$(\d)/g, (_, digit: string) => match[Number(digit)] ?? '');
		if (flag === 'permanent' || flag === 'redirect') return redirect(exchange, flag === 'permanent' ? 301 : 302, target, levels);
		return answerRequest(exchange, normalise(target.split('?')[0]!), depth + 1);
	}

	if (location?.directives.some(each => each.name === 'deny' && each.args[0] === 'all')) return special(exchange, 403, levels);
	const pass = location?.directives.find(each => each.name === 'proxy_pass');
	if (pass) {
		const answer = forward(exchange, location!, pass.args[0] ?? '', path);
		return typeof answer === 'number' ? (errorPage(exchange, answer, levels, depth) ?? special(exchange, answer, levels)) : answer;
	}

	if (!['GET', 'HEAD'].includes(request.method)) return special(exchange, 405, levels);
	return staticFile(exchange, path, levels, location?.path ?? '/', depth);
}

type Levels = ReadonlyArray<ReadonlyArray<import('./configuration.js').Directive>>;

function staticFile(exchange: Exchange, path: string, levels: Levels, prefix: string, depth: number): HttpAnswer {
	const {files} = exchange.context.machine;
	const alias = levels[0]?.find(each => each.name === 'alias')?.args[0];
	const root = setting('root', ...levels)?.args[0] ?? '/etc/nginx/html';
	const fileOf = (uri: string) => normalise(alias !== undefined ? alias + uri.slice(prefix.length) : root + uri);
	const tries = setting('try_files', levels[0] ?? [], levels[1] ?? []);
	if (tries) {
		const last = tries.args.at(-1)!;
		for (const each of tries.args.slice(0, -1)) {
			const uri = each.replaceAll('$uri', path);
			const found = typeOf(exchange, fileOf(uri));
			if (uri.endsWith('/') ? found === 'folder' : found === 'file')
				return uri.endsWith('/') ? folder(exchange, uri, fileOf, levels, depth) : send(exchange, fileOf(uri), levels);
		}

		if (/^=\d{3}$/.test(last)) return special(exchange, Number(last.slice(1)), levels);
		return answerRequest(exchange, normalise(last.replaceAll('$uri', path).split('?')[0]!), depth + 1);
	}

	const type = typeOf(exchange, fileOf(path));
	if (path.endsWith('/'))
		return type === 'folder' ? folder(exchange, path, fileOf, levels, depth) : missing(exchange, fileOf(path), levels, depth);
	if (type === 'folder') return redirect(exchange, 301, `${path}/`, levels);
	return files.exists(fileOf(path)) ? send(exchange, fileOf(path), levels) : missing(exchange, fileOf(path), levels, depth);
}

function typeOf({context}: Exchange, path: string): string | undefined {
	try {
		return context.machine.files.stat(path).type;
	} catch (error) {
		if (!(error instanceof FileError)) throw error;
		return undefined;
	}
}

function folder(exchange: Exchange, uri: string, fileOf: (uri: string) => string, levels: Levels, depth: number): HttpAnswer {
	const names = setting('index', ...levels)?.args ?? ['index.html'];
	for (const name of names) {
		const path = join(fileOf(uri), name);
		if (typeOf(exchange, path) === 'file')
			return depth > 0 ? send(exchange, path, levels) : answerRequest(exchange, `${uri}${name}`, depth + 1);
	}

	if (setting('autoindex', ...levels)?.args[0] === 'on') return listing(exchange, uri, fileOf(uri));
	logError(exchange, `directory index of "${fileOf(uri)}/" is forbidden`);
	return special(exchange, 403, levels);
}

function listing(exchange: Exchange, uri: string, path: string): HttpAnswer {
	const {files} = exchange.context.machine;
	const rows = files.list(path).map(name => {
		const stat = files.stat(join(path, name));
		const shown = stat.type === 'folder' ? `${name}/` : name;
		const link = `<a href="${shown}">${shown}</a>`.padEnd(68 + 2 * shown.length - shown.length);
		return `${link} ${httpDate(stat.mtimeMs)
			.slice(5, 22)
			.replaceAll(' ', '-')
			.replace(/-(\d\d:)/, ' $1')} ${(stat.type === 'folder' ? '-' : String(stat.size)).padStart(19)}\r\n`;
	});
	const body = `<html>\r\n<head><title>Index of ${uri}</title></head>\r\n<body>\r\n<h1>Index of ${uri}</h1><hr><pre><a href="../">../</a>\r\n${rows.join('')}</pre><hr></body>\r\n</html>\r\n`;
	return {
		status: 200,
		headers: [...head(exchange), ['Content-Type', 'text/html'], ['Content-Length', lengthOf(body)], ['Connection', connectionOf(exchange)]],
		body,
	};
}

function send(exchange: Exchange, path: string, levels: Levels): HttpAnswer {
	const {files} = exchange.context.machine;
	const {size, mtimeMs} = files.stat(path);
	const suffix = /\.([^./]+)$/.exec(path)?.[1] ?? '';
	const charset = setting('charset', ...levels)?.args[0];
	const type = mimeTypes[suffix] ?? setting('default_type', ...levels)?.args[0] ?? 'text/plain';
	const etag = `"${Math.floor(mtimeMs / 1000).toString(16)}-${size.toString(16)}"`;
	const modified = httpDate(mtimeMs);
	const extra = settings('add_header', ...levels).map(each => [each.args[0]!, variables(exchange, each.args[1] ?? '')] as const);
	const {headers} = exchange.request;
	const fresh = headers['if-none-match'] === etag || (headers['if-none-match'] === undefined && headers['if-modified-since'] === modified);
	const common = [
		['Last-Modified', modified],
		['Connection', connectionOf(exchange)],
		['ETag', etag],
	] as const;
	if (fresh) return {status: 304, headers: [...head(exchange), ...common, ...extra], body: ''};
	const text = charset && charset !== 'off' && type.startsWith('text/') ? `${type}; charset=${charset}` : type;
	return {
		status: 200,
		headers: [...head(exchange), ['Content-Type', text], ['Content-Length', String(size)], ...common, ['Accept-Ranges', 'bytes'], ...extra],
		body: files.readText(path),
	};
}

function missing(exchange: Exchange, path: string, levels: Levels, depth: number): HttpAnswer {
	logError(exchange, `open() "${path}" failed (2: No such file or directory)`);
	return errorPage(exchange, 404, levels, depth) ?? special(exchange, 404, levels);
}

/** `error_page 404 /404.html;` or `error_page 404 =200 /ok;` */
function errorPage(exchange: Exchange, status: number, levels: Levels, depth: number): HttpAnswer | undefined {
	const page = settings('error_page', ...levels).find(each => each.args.slice(0, -1).includes(String(status)));
	const uri = page?.args.at(-1);
	if (!uri?.startsWith('/') || depth > 0) return undefined;
	const other = page!.args.find(arg => /^=\d*$/.test(arg));
	const answer = answerRequest(exchange, uri, depth + 1);
	return {...answer, status: other === undefined ? status : Number(other.slice(1)) || answer.status};
}

function answerReturn(exchange: Exchange, args: readonly string[], levels: Levels): HttpAnswer {
	const [first = '', second] = args;
	if (!/^\d{3}$/.test(first)) return redirect(exchange, 302, variables(exchange, first), levels);
	const status = Number(first);
	if (second !== undefined && [301, 302, 303, 307, 308].includes(status))
		return redirect(exchange, status, variables(exchange, second), levels);
	if (second === undefined) return special(exchange, status, levels);
	const body = variables(exchange, second);
	const type = setting('default_type', ...levels)?.args[0] ?? 'text/plain';
	const extra = settings('add_header', ...levels).map(each => [each.args[0]!, variables(exchange, each.args[1] ?? '')] as const);
	return {
		status,
		headers: [
			...head(exchange),
			['Content-Type', type],
			['Content-Length', lengthOf(body)],
			['Connection', connectionOf(exchange)],
			...extra,
		],
		body,
	};
}

export function special(exchange: Exchange, status: number, levels: Levels, note?: string): HttpAnswer {
	if (status === 204) return {status, headers: [...head(exchange), ['Connection', connectionOf(exchange)]], body: ''};
	const software = setting('server_tokens', ...levels)?.args[0] === 'off' ? 'nginx' : exchange.software;
	const body = specialPage(status, software, {agent: exchange.request.headers['user-agent'], note});
	return {
		status,
		statusText: statusLine(status).slice(4),
		headers: [...head(exchange), ['Content-Type', 'text/html'], ['Content-Length', lengthOf(body)], ['Connection', connectionOf(exchange)]],
		body,
	};
}

function redirect(exchange: Exchange, status: number, target: string, levels: Levels): HttpAnswer {
	const answer = special(exchange, status, levels);
	if (!target.startsWith('/')) return {...answer, headers: [...answer.headers, ['Location', target]]};
	return {...answer, headers: [...answer.headers.slice(0, -1), ['Location', absolute(exchange, target)], answer.headers.at(-1)!]};
}

/** absolute_redirect and port_in_redirect: the name that the client used, the port that nginx listens on. */
export function absolute({secure, port, request, server}: Exchange, path: string): string {
	const name = hostName(request.headers['host'] ?? '') || (server.names[0] ?? 'localhost');
	return `${secure ? 'https' : 'http'}://${name}${port === (secure ? 443 : 80) ? '' : `:${port}`}${path}`;
}

export const head = (exchange: Exchange): Array<readonly [string, string]> => [
	['Server', setting('server_tokens', exchange.server.directives, exchange.table.http)?.args[0] === 'off' ? 'nginx' : exchange.software],
	['Date', httpDate(exchange.context.machine.sim.clock.now())],
];

export const connectionOf = ({request}: Exchange): string =>
	request.headers['connection']?.toLowerCase() === 'close' ? 'close' : 'keep-alive';

/** The variables that people use in `return`, `add_header` and `proxy_set_header`. */
export function variables(exchange: Exchange, text: string): string {
	const {request, context, client, port} = exchange;
	const values: Readonly<Record<string, string>> = {
		host: hostName(request.headers['host'] ?? ''),
		http_host: request.headers['host'] ?? '',
		hostname: context.machine.hostname,
		remote_addr: client,
		request_uri: request.target,
		uri: request.path,
		args: request.query,
		request_method: request.method,
		scheme: exchange.secure ? 'https' : 'http',
		server_port: String(port),
		server_addr: '',
		server_name: exchange.server.names[0] ?? '',
		proxy_add_x_forwarded_for: request.headers['x-forwarded-for'] ? `${request.headers['x-forwarded-for']}, ${client}` : client,
		nginx_version: exchange.software.slice(6),
	};
	return text.replace(
		/\$\{?(\w+)\}?/g,
		(_, name: string) => values[name] ?? (name.startsWith('http_') ? (request.headers[name.slice(5).replaceAll('_', '-')] ?? '') : ''),
	);
}

export function logError(exchange: Exchange, text: string, upstream?: string): void {
	const {request, client, context} = exchange;
	const fields = [
		`client: ${client}`,
		`server: ${exchange.server.names[0] ?? ''}`,
		`request: "${escapeLog(request.line)}"`,
		...(upstream === undefined ? [] : [`upstream: "${upstream}"`]),
		`host: "${request.headers['host'] ?? ''}"`,
	];
	context.log(`${errorTime(context.machine.sim.clock.now())} [error] 29#29: *1 ${text}, ${fields.join(', ')}`, 'stderr');
}
