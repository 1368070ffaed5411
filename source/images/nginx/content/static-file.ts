import {FileError} from '../../../os/files.js';
import {join, normalise} from '../../../os/layer.js';
import {httpDate} from '../../http/answer.js';
import {toWire} from '../../http/bytes.js';
import {isOn, setting, word} from '../config/levels.js';
import {logError} from '../log/error-log.js';
import {type Exchange, type Found, reply} from '../request/exchange.js';
import {expand} from '../variables/variables.js';
import {conditional, partOf} from './conditional.js';
import {mimeTypes} from './mime-types.js';

/** The modules index, autoindex and static, in that order. */
export function staticFile(exchange: Exchange): Found {
	const {uri} = exchange;
	const path = placeOf(exchange, uri);
	const type = typeOf(exchange, path);
	if (uri.endsWith('/')) return type === 'folder' ? folder(exchange, uri) : missing(exchange, path);
	if (type === 'folder') return reply(301, [['Location', `${uri}/`]]);
	return type === 'file' ? send(exchange, path) : missing(exchange, path);
}

function placeOf(exchange: Exchange, uri: string): string {
	const {own, levels, location} = exchange;
	const alias = word('alias', own);
	if (alias !== undefined) return normalise(expand(exchange, alias) + uri.slice((location?.path ?? '/').length));
	return normalise(expand(exchange, word('root', levels) ?? '/etc/nginx/html') + uri);
}

/** The first that is there becomes `$uri`; the last is a status or where to go on. */
export function tryFiles(exchange: Exchange, args: readonly string[]): Found | undefined {
	for (const each of args.slice(0, -1)) {
		const uri = expand(exchange, each);
		if (typeOf(exchange, placeOf(exchange, uri)) !== (uri.endsWith('/') ? 'folder' : 'file')) continue;
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

function missing(exchange: Exchange, path: string): Found {
	logError(exchange, `open() "${path}" failed (2: No such file or directory)`);
	return reply(404);
}

function folder(exchange: Exchange, uri: string): Found {
	const {levels} = exchange;
	for (const name of setting('index', levels)?.args ?? ['index.html']) {
		const path = join(placeOf(exchange, uri), name);
		if (typeOf(exchange, path) === 'file') return exchange.redirects > 0 ? send(exchange, path) : {internal: `${uri}${name}`};
	}

	if (isOn('autoindex', levels)) return listing(exchange, uri, placeOf(exchange, uri));
	logError(exchange, `directory index of "${placeOf(exchange, uri)}/" is forbidden`);
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
	return {status: 200, headers: [], type: 'text/html', body: toWire(body)};
}

function send(exchange: Exchange, path: string): Found {
	const {method, request, context, levels} = exchange;
	if (!['GET', 'HEAD'].includes(method)) return reply(405);
	const {files} = context.machine;
	const {size, mtimeMs} = files.stat(path);
	const type = typeOfFile(exchange, path);
	const etag = `"${Math.floor(mtimeMs / 1000).toString(16)}-${size.toString(16)}"`;
	const modified = httpDate(mtimeMs);
	const headers = isOn('etag', levels, true) ? ([['ETag', etag]] as const) : [];
	const condition = conditional(request.headers, {etag, modified});
	if (condition === 412) return reply(412);
	if (condition === 304) return {status: 304, headers, modified, body: ''};
	const part = partOf(request.headers, {etag, modified, type, size, read: () => files.readText(path)});
	if (part && 'unsatisfiable' in part) return reply(416);
	if (!part) return {status: 200, headers: [...headers, ['Accept-Ranges', 'bytes']], modified, type, body: toWire(files.readText(path))};
	const range = part.range === undefined ? [] : ([['Content-Range', part.range]] as const);
	return {status: 206, headers: [...headers, ...range], modified, type: part.type, body: toWire(part.body)};
}

function typeOfFile({levels}: Exchange, path: string): string {
	const suffix = /\.([^./]+)$/.exec(path)?.[1] ?? '';
	const plain = mimeTypes[suffix] ?? word('default_type', levels) ?? 'text/plain';
	const charset = word('charset', levels);
	return charset && charset !== 'off' && plain.startsWith('text/') ? `${plain}; charset=${charset}` : plain;
}
