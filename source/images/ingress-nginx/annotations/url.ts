export interface Url {
	readonly scheme: string;
	/** Without its port. */
	readonly host: string;
	readonly rest: string;
}

/** net/url.Parse with what ingress-nginx asks of it (parser.StringToURL). */
export function readUrl(text: string): Url | {readonly error: string} {
	const control = [...text].some(char => char < ' ' || char === '\u007f');
	if (control) return {error: `${text} is not a valid URL: parse ${JSON.stringify(text)}: net/url: invalid control character in URL`};
	const [, scheme = '', , authority = '', rest = ''] = /^([a-zA-Z][a-zA-Z0-9+.-]*:)?(\/\/([^/?#]*))?(.*)$/.exec(text) ?? [];
	if (scheme === '') {
		if (text.startsWith(':')) return {error: `${text} is not a valid URL: parse ${JSON.stringify(text)}: missing protocol scheme`};
		return {error: 'url scheme is empty'};
	}

	if (authority === '') return {error: 'url host is empty'};
	if (authority.includes('..')) return {error: 'invalid url host'};
	if (authority.includes(' '))
		return {error: `${text} is not a valid URL: parse ${JSON.stringify(text)}: invalid character " " in host name`};
	const host = authority.replace(/^[^@]*@/, '').replace(/:\d*$/, '');
	return {scheme: scheme.slice(0, -1).toLowerCase(), host, rest};
}
