import type {Machine} from '../../../node/host/machine.js';
import {FileError} from '../../../os/files.js';
import {join, normalise} from '../../../os/layer.js';
import {type HttpAnswer, httpDate, type HttpRequest} from '../../http/answer.js';
import {mimeTypes} from '../../nginx/content/mime-types.js';
import {goAnswer, goError, goNotFound} from './answer.js';

type Header = readonly [name: string, value: string];

/** `http.FileServer`: files as they are, folders by their index or as a list. */
export function fileServer({files, sim}: Machine, root: string, request: HttpRequest, headers: readonly Header[] = []): HttpAnswer {
	const nowMs = sim.clock.now();
	try {
		const path = normalise(root + decodeURIComponent(request.path));
		const {type, mtimeMs} = files.stat(path);
		if (type === 'folder') {
			if (!request.path.endsWith('/')) return moved(nowMs, `${request.path.slice(request.path.lastIndexOf('/') + 1)}/`, headers);
			const index = join(path, 'index.html');
			if (files.exists(index)) return send(files.readText(index), index, files.stat(index).mtimeMs);
			return listing(path, mtimeMs);
		}

		if (request.path.endsWith('/index.html')) return moved(nowMs, './', headers);
		return send(files.readText(path), path, mtimeMs);
	} catch (error) {
		if (!(error instanceof FileError || error instanceof URIError)) throw error;
		return error instanceof FileError && error.code === 'EACCES' ? goError(nowMs, '403 Forbidden', 403) : goNotFound(nowMs);
	}

	function send(text: string, path: string, mtimeMs: number): HttpAnswer {
		const type = mimeTypes[/\.([^./]+)$/.exec(path)?.[1] ?? ''] ?? 'text/plain';
		const sent = type.startsWith('text/') ? `${type}; charset=utf-8` : type;
		return goAnswer(nowMs, text, {
			headers: [...headers, ['Accept-Ranges', 'bytes'], ['Content-Type', sent], ['Last-Modified', httpDate(mtimeMs)]],
		});
	}

	function listing(path: string, mtimeMs: number): HttpAnswer {
		const rows = files.list(path).map(name => {
			const shown = files.lstat(join(path, name)).type === 'folder' ? `${name}/` : name;
			return `<a href="${encodeURI(shown)}">${shown}</a>\n`;
		});
		const body = `<!doctype html>\n<meta name="viewport" content="width=device-width">\n<pre>\n${rows.join('')}</pre>\n`;
		return goAnswer(nowMs, body, {
			headers: [...headers, ['Content-Type', 'text/html; charset=utf-8'], ['Last-Modified', httpDate(mtimeMs)]],
		});
	}
}

const moved = (nowMs: number, location: string, headers: readonly Header[]): HttpAnswer =>
	goAnswer(nowMs, '', {status: 301, headers: [...headers, ['Location', location]]});
