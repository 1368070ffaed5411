import {nginxWords} from '../../http/status-words.js';

const titles: Readonly<Record<number, string>> = {...nginxWords, 302: 'Found', 401: 'Authorization Required'};

/** `404 Not Found`; a status that nginx has no words for stands alone. */
export const statusLine = (status: number, reason?: string): string =>
	`${String(status).padStart(3, '0')} ${reason ?? nginxWords[status] ?? ''}`;

const padding = '<!-- a padding to disable MSIE and Chrome friendly error page -->\r\n'.repeat(6);

/**
 * The pages nginx makes itself (ngx_http_special_response.c), CRLF line ends; `server` is `nginx` or `nginx/1.27.5`. `note` is the text of
 * nginx's own statuses 494 to 497, which are shown as 400. What it has no words for has no page either.
 */
export function specialPage(
	status: number,
	server: string,
	{agent = '', note}: {readonly agent?: string; readonly note?: string | undefined} = {},
): string {
	if (status < 300 || status === 304 || titles[status] === undefined) return '';
	const title = `${status} ${titles[status]}`;
	const middle = note === undefined ? '' : `<center>${note}</center>\r\n`;
	const end = status >= 400 && /MSIE |Chrome\//.test(agent) ? padding : '';
	return `<html>\r\n<head><title>${note === undefined ? title : `${status} ${note}`}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n${middle}<hr><center>${server}</center>\r\n</body>\r\n</html>\r\n${end}`;
}
