/** The words of nginx's status lines (ngx_http_header_filter_module.c); any other status stands alone. */
const lines: Readonly<Record<number, string>> = {
	200: 'OK',
	201: 'Created',
	202: 'Accepted',
	204: 'No Content',
	206: 'Partial Content',
	301: 'Moved Permanently',
	302: 'Moved Temporarily',
	303: 'See Other',
	304: 'Not Modified',
	307: 'Temporary Redirect',
	308: 'Permanent Redirect',
	400: 'Bad Request',
	401: 'Unauthorized',
	402: 'Payment Required',
	403: 'Forbidden',
	404: 'Not Found',
	405: 'Not Allowed',
	406: 'Not Acceptable',
	408: 'Request Time-out',
	409: 'Conflict',
	410: 'Gone',
	411: 'Length Required',
	412: 'Precondition Failed',
	413: 'Request Entity Too Large',
	414: 'Request-URI Too Large',
	415: 'Unsupported Media Type',
	416: 'Requested Range Not Satisfiable',
	421: 'Misdirected Request',
	429: 'Too Many Requests',
	500: 'Internal Server Error',
	501: 'Not Implemented',
	502: 'Bad Gateway',
	503: 'Service Temporarily Unavailable',
	504: 'Gateway Time-out',
	505: 'HTTP Version Not Supported',
	507: 'Insufficient Storage',
};
const titles: Readonly<Record<number, string>> = {...lines, 302: 'Found', 401: 'Authorization Required'};

/** `404 Not Found`; a status that nginx has no words for stands alone. */
export const statusLine = (status: number, reason?: string): string =>
	`${String(status).padStart(3, '0')} ${reason ?? lines[status] ?? ''}`;

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
