import {FileError} from '../../../os/files.js';
import {join, normalise} from '../../../os/layer.js';
import {httpDate} from '../../http/answer.js';
import {toWire} from '../../http/bytes.js';
import {gzipOf} from '../answer/gzip.js';
import {isFiltered} from '../answer/sub-filter.js';
import {isOn, setting} from '../config/levels.js';
import {logError} from '../log/error-log.js';
import {type Exchange, type Found, reply} from '../request/exchange.js';
import {expand} from '../variables/variables.js';
import {conditional, partOf} from './conditional.js';
import {contentType} from './content-type.js';
import {fileOf, tried} from './place.js';

/** The modules index, autoindex and static, in that order. */
export function staticFile(exchange: Exchange): Found {
	const {uri, args} = exchange;
	const path = normalise(fileOf(exchange, uri, expand));
	const type = typeOf(exchange, path);
	if (uri.endsWith('/')) return folder(exchange, path, type);
	if (type === 'folder') return reply(301, [['Location', `${uri}/${args === '' ? '' : `?${args}`}`]]);
	return type === 'file' ? send(exchange, path) : missing(exchange, `open() "${path}" failed (2: No such file or directory)`);
}

/** The first that is there becomes `$uri`, a folder without its slash; the last is a status or where to go on. */
export function tryFiles(exchange: Exchange, args: readonly string[]): Found | undefined {
	for (const each of args.slice(0, -1)) {
		const wanted = each.endsWith('/') ? 'folder' : 'file';
		const {file, uri} = tried(exchange, expand(exchange, each).replace(wanted === 'folder' ? /\/$/ : /$^/, ''), expand);
		// A file is never meant by a name with a slash behind it.
		if (typeOf(exchange, normalise(file)) !== wanted || (wanted === 'file' && file.endsWith('/'))) continue;
		exchange.uri = uri;
		return undefined;
	}

	const last = args.at(-1) ?? '';
	return /^=\d{3}$/.test(last) ? reply(Number(last.slice(1))) : {internal: expand(exchange, last)};
}

function typeOf({context}: Exchange, path: string): string | undefined {
	try {
		return context.machine.files.stat(path).type;
	} catch (error) {
		if (!(error instanceof FileError)) throw error;
		return undefined;
	}
}

function missing(exchange: Exchange, words: string): Found {
	if (isOn('log_not_found', exchange.levels, true)) logError(exchange, words);
	return reply(404);
}

/** ngx_http_index_handler: what is there is another request. */
function folder(exchange: Exchange, path: string, type: string | undefined): Found {
	const {levels, uri, args, method} = exchange;
	if (!['GET', 'HEAD', 'POST'].includes(method)) return reply(405);
	const names = setting('index', levels)?.args ?? ['index.html'];
	for (const each of names) {
		const name = expand(exchange, each);
		if (name.startsWith('/')) return {internal: name, args};
		if (type === 'folder' && typeOf(exchange, join(path, name)) === 'file') return {internal: uri + name, args};
		if (type !== 'folder') return missing(exchange, `"${join(path, name)}" is not found (2: No such file or directory)`);
	}

	if (isOn('autoindex', levels) && method !== 'POST') return listing(exchange, uri, path);
	logError(exchange, `directory index of "${path === '/' ? path : `${path}/`}" is forbidden`);
	return reply(403);
}

function listing(exchange: Exchange, uri: string, path: string): Found {
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
	return {status: 200, headers: [], type: 'text/html', body: toWire(body), unsized: true};
}

function send(exchange: Exchange, path: string): Found {
	const {method, request, context, levels, errorStatus} = exchange;
	if (!['GET', 'HEAD'].includes(method)) return reply(405);
	const {files} = context.machine;
	const {size, mtimeMs} = files.stat(path);
	const type = contentType(exchange);
	const etag = `"${Math.floor(mtimeMs / 1000).toString(16)}-${size.toString(16)}"`;
	const modified = httpDate(mtimeMs);
	const headers = isOn('etag', levels, true) ? ([['ETag', etag]] as const) : [];
	// The page of an error is all there is: no conditions, no ranges.
	if (errorStatus !== 0 && errorStatus !== 200) return {status: 200, headers, modified, type, body: toWire(files.readText(path))};
	const condition = conditional(request.headers, {etag, modified});
	if (condition === 412) return reply(412);
	if (condition === 304) return {status: 304, headers, modified, body: ''};
	// What a filter changes has no parts.
	const whole = isFiltered(exchange, type) || gzipOf(exchange, {status: 200, type, length: size, headers}) === 'packs';
	const part = whole ? undefined : partOf(request.headers, {etag, modified, type, size, read: () => files.readText(path)});
	if (part && 'unsatisfiable' in part) return reply(416, [['Content-Range', `bytes */${size}`]]);
	if (!part) return {status: 200, headers: [...headers, ['Accept-Ranges', 'bytes']], modified, type, body: toWire(files.readText(path))};
	const range = part.range === undefined ? [] : ([['Content-Range', part.range]] as const);
	return {status: 206, headers: [...headers, ...range], modified, type: part.type, body: toWire(part.body)};
}
