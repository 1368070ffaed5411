import {FileError} from '../../../os/files.js';
import {join, normalise} from '../../../os/layer.js';
import {type HttpAnswer, httpDate, lengthOf} from '../../http/answer.js';
import {connectionOf, head, redirect} from '../answer/answers.js';
import type {Exchange, Levels} from '../request/exchange.js';
import {logError} from '../log/error-log.js';
import {mimeTypes} from '../answer/pages.js';
import {conditional, partOf} from './conditional.js';
import {type Location, setting} from '../config/server-table.js';
import {expand} from '../variables/variables.js';

/** What is to be done with a URI that no program answers: an answer, a status, or another URI. */
export type Found = HttpAnswer | {readonly status: number} | {readonly internal: string};

/** The modules index, autoindex, try_files and static, in that order. */
export function staticFile(exchange: Exchange, levels: Levels, location: Location | undefined): Found {
	const fileOf = placeOf(exchange, levels, location?.path ?? '/');
	const tries = setting('try_files', levels[0] ?? [], levels[1] ?? []);
	const {uri} = exchange;
	if (tries) return tryFiles(exchange, levels, tries.args, fileOf);
	const type = typeOf(exchange, fileOf(uri));
	if (uri.endsWith('/')) return type === 'folder' ? folder(exchange, uri, fileOf, levels) : missing(exchange, fileOf(uri));
	if (type === 'folder') return redirect(exchange, 301, `${uri}/`, levels);
	return type === 'file' ? send(exchange, fileOf(uri), levels) : missing(exchange, fileOf(uri));
}

type PlaceOf = (uri: string) => string;

function placeOf(exchange: Exchange, levels: Levels, prefix: string): PlaceOf {
	const alias = levels[0]?.find(each => each.name === 'alias')?.args[0];
	const root = setting('root', ...levels)?.args[0] ?? '/etc/nginx/html';
	return uri => normalise(alias === undefined ? expand(exchange, root) + uri : expand(exchange, alias) + uri.slice(prefix.length));
}

function tryFiles(exchange: Exchange, levels: Levels, args: readonly string[], fileOf: PlaceOf): Found {
	for (const each of args.slice(0, -1)) {
		const uri = expand(exchange, each);
		const found = typeOf(exchange, fileOf(uri));
		if (uri.endsWith('/') && found === 'folder') return folder(exchange, uri, fileOf, levels);
		if (!uri.endsWith('/') && found === 'file') return send(exchange, fileOf(uri), levels);
	}

	const last = args.at(-1) ?? '';
	return /^=\d{3}$/.test(last) ? {status: Number(last.slice(1))} : {internal: expand(exchange, last)};
}

function typeOf({context}: Exchange, path: string): string | undefined {
	try {
		return context.machine.files.stat(path).type;
	} catch (error) {
		if (!(error instanceof FileError)) throw error;
		return undefined;
	}
}

function missing(exchange: Exchange, path: string): Found {
	logError(exchange, `open() "${path}" failed (2: No such file or directory)`);
	return {status: 404};
}

function folder(exchange: Exchange, uri: string, fileOf: PlaceOf, levels: Levels): Found {
	const names = setting('index', ...levels)?.args ?? ['index.html'];
	for (const name of names) {
		const path = join(fileOf(uri), name);
		if (typeOf(exchange, path) === 'file') return exchange.redirects > 0 ? send(exchange, path, levels) : {internal: `${uri}${name}`};
	}

	if (setting('autoindex', ...levels)?.args[0] === 'on') return listing(exchange, uri, fileOf(uri));
	logError(exchange, `directory index of "${fileOf(uri)}/" is forbidden`);
	return {status: 403};
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

function send(exchange: Exchange, path: string, levels: Levels): Found {
	if (!['GET', 'HEAD'].includes(exchange.request.method)) return {status: 405};
	const {files} = exchange.context.machine;
	const {size, mtimeMs} = files.stat(path);
	const suffix = /\.([^./]+)$/.exec(path)?.[1] ?? '';
	const charset = setting('charset', ...levels)?.args[0];
	const plainType = mimeTypes[suffix] ?? setting('default_type', ...levels)?.args[0] ?? 'text/plain';
	const type = charset && charset !== 'off' && plainType.startsWith('text/') ? `${plainType}; charset=${charset}` : plainType;
	const etag = `"${Math.floor(mtimeMs / 1000).toString(16)}-${size.toString(16)}"`;
	const modified = httpDate(mtimeMs);
	const common = [
		['Last-Modified', modified],
		['Connection', connectionOf(exchange)],
		['ETag', etag],
	] as const;
	const condition = conditional(exchange.request.headers, {etag, modified});
	if (condition === 412) return {status: 412};
	if (condition === 304) return {status: 304, headers: [...head(exchange), ...common], body: ''};
	const part = partOf(exchange.request.headers, {etag, modified, type, size, read: () => files.readText(path)});
	if (part && 'unsatisfiable' in part) return {status: 416};
	const headers = (kind: string, length: string) =>
		[...head(exchange), ['Content-Type', kind], ['Content-Length', length], ...common] as const;
	if (part)
		return {
			status: 206,
			headers: [...headers(part.type, lengthOf(part.body)), ...(part.range ? [['Content-Range', part.range] as const] : [])],
			body: part.body,
		};
	return {status: 200, headers: [...headers(type, String(size)), ['Accept-Ranges', 'bytes']], body: files.readText(path)};
}
