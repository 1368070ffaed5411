import {CurlError} from './errors.js';
import type {CurlOptions} from './options.js';

/** That the simulation speaks, and that curl has beside them. */
const spoken = ['http', 'https'];
export const otherSchemes =
	'dict file ftp ftps gopher gophers imap imaps ldap ldaps mqtt pop3 pop3s rtmp rtsp scp sftp smb smbs smtp smtps telnet tftp'.split(' ');
const known = new Set([...spoken, ...otherSchemes]);

/** `--proto =https`, `-all,http`, `+ftp`: what may be used (src/tool_paramhlp.c, proto2num). */
function allowed(text: string | undefined, initial: readonly string[]): ReadonlySet<string> {
	let set = new Set(initial);
	for (const token of (text ?? '').split(',').filter(Boolean)) {
		const [, modifiers = '', name = ''] = /^([-+=]*)(.*)$/.exec(token)!;
		const named = name === 'all' ? [...known] : known.has(name.toLowerCase()) ? [name.toLowerCase()] : [];
		const last = modifiers.at(-1) ?? '+';
		if (last === '=') set = new Set(named);
		else for (const each of named) last === '-' ? set.delete(each) : set.add(each);
	}

	return set;
}

export const unknownProtocols = ({values}: CurlOptions): readonly string[] =>
	['proto', 'proto-redir'].flatMap(option =>
		(values.get(option) ?? '')
			.split(',')
			.map(token => token.replace(/^[-+=]*/, ''))
			.filter(name => name !== '' && name !== 'all' && !known.has(name.toLowerCase())),
	);

/** Throws when the URL's scheme is none that curl has, or may use here. */
export function checkProtocol(scheme: string, {values}: CurlOptions, redirected: boolean): void {
	const first = allowed(values.get('proto'), [...known]);
	const may = redirected ? allowed(values.get('proto-redir'), ['http', 'https', 'ftp', 'ftps']) : first;
	if (!known.has(scheme) || !first.has(scheme) || !may.has(scheme))
		throw new CurlError(1, `Protocol "${scheme}" not supported or disabled in libcurl`);
}
