import {toBytes} from '../http/message.js';
import type {CurlOptions} from './options.js';

/** Types by the end of a file's name (lib/mime.c). */
const types: ReadonlyArray<readonly [end: string, type: string]> = [
	['.gif', 'image/gif'],
	['.jpg', 'image/jpeg'],
	['.jpeg', 'image/jpeg'],
	['.png', 'image/png'],
	['.svg', 'image/svg+xml'],
	['.txt', 'text/plain'],
	['.htm', 'text/html'],
	['.html', 'text/html'],
	['.pdf', 'application/pdf'],
	['.xml', 'application/xml'],
];

interface Part {
	readonly name: string;
	readonly filename?: string;
	readonly type?: string;
	readonly bytes: string;
}

/** The multipart body of `-F`, in bytes; `read` gives a file's text or throws. */
export function formBody({form}: CurlOptions, boundary: string, read: (path: string) => string): string {
	const parts = form.map(({kind, value}) => part(kind, value, read));
	const texts = parts.map(
		({name, filename, type, bytes}) =>
			`--${boundary}\r\nContent-Disposition: form-data; name="${escaped(name)}"${filename === undefined ? '' : `; filename="${escaped(filename)}"`}\r\n` +
			`${type === undefined ? '' : `Content-Type: ${type}\r\n`}\r\n${bytes}\r\n`,
	);
	return `${texts.join('')}--${boundary}--\r\n`;
}

const escaped = (text: string) => toBytes(text).replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

function part(kind: string, given: string, read: (path: string) => string): Part {
	const [, name = '', value = ''] = /^([^=]*)=(.*)$/s.exec(given)!;
	if (kind === 'form-string') return {name, bytes: toBytes(value)};
	const [content = '', ...rest] = words(/^[@<]/.test(value) ? value.slice(1) : value);
	const setting = (key: string) =>
		rest
			.find(word => word.trimStart().startsWith(`${key}=`))
			?.trimStart()
			.slice(key.length + 1);
	const type = setting('type');
	const filename = setting('filename');
	const told = {...(filename !== undefined && {filename}), ...(type !== undefined && {type})};
	if (!/^[@<]/.test(value)) return {name, ...told, bytes: toBytes(content)};
	const bytes = toBytes(read(content));
	if (value.startsWith('<')) return {name, ...told, bytes};
	const base = content === '-' ? '-' : content.split('/').at(-1)!;
	const guessed = types.find(([end]) => (filename ?? content).toLowerCase().endsWith(end))?.[1] ?? 'application/octet-stream';
	return {name, filename: base, type: guessed, ...told, bytes};
}

/** Split at `;`, which quotes protect. */
const words = (text: string): string[] =>
	[...text.matchAll(/(?:^|;)((?:\s*"(?:\\.|[^"\\])*"|[^;])*)/g)].map(([, word]) =>
		word!.replace(/"((?:\\.|[^"\\])*)"/, (_, inner: string) => inner.replaceAll(/\\(.)/g, '$1')),
	);
