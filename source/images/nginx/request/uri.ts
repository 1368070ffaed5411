/** `$uri`: decoded, slashes merged, dots resolved (ngx_http_parse_complex_uri). Undefined: 400. */
export function decodeUri(path: string): string | undefined {
	let text = path;
	if (path.includes('%')) {
		if (/%(?![0-9A-Fa-f]{2})/.test(path)) return undefined;
		text = path.replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
		if (text.includes('\0')) return undefined;
	}

	if (!/\/\/|\/\./.test(text)) return text;
	const parts: string[] = [];
	const all = text.split('/').slice(1);
	for (const [i, part] of all.entries()) {
		const last = i === all.length - 1;
		if (part === '..') {
			if (parts.length === 0) return undefined;
			parts.pop();
			if (last) parts.push('');
		} else if (part === '.' || part === '') {
			if (last) parts.push('');
		} else parts.push(part);
	}

	return `/${parts.join('/')}`;
}

const escapeWith = (text: string, plain: RegExp): string =>
	plain.test(text)
		? text
		: [...text].map(char => (plain.test(char) ? char : `%${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`)).join('');

/** As nginx writes a path that it has changed into a request line: blanks, `#`, `%`, `?`, `"`, and what is no ASCII. */
export const escapeUri = (path: string): string => escapeWith(path, /^[!$&-;=@-Z\]_a-z~[]*$/);

/** As nginx writes a capture into arguments and redirects: `&`, `+` and `;` too (NGX_ESCAPE_ARGS). */
export const escapeArgument = (text: string): string => escapeWith(text, /^[!$'-*,-:=@-Z\]_a-z~[]*$/);

/** What a redirect unescapes again: plain characters, up to the arguments (NGX_UNESCAPE_REDIRECT). */
export function unescapeRedirect(text: string): string {
	const mark = text.indexOf('?');
	const path = mark < 0 ? text : text.slice(0, mark);
	const plain = path.replace(/%([0-9A-Fa-f]{2})/g, (all, hex: string) => {
		const code = Number.parseInt(hex, 16);
		return code > 0x25 && code < 0x7f ? String.fromCharCode(code) : all;
	});
	return plain + text.slice(path.length);
}

/** set_escape_uri, `ngx.escape_uri`: as encodeURIComponent of bytes. */
export const escapeComponent = (text: string): string => escapeWith(text, /^[A-Za-z0-9_.~-]*$/);
