import {httpDate} from '../../http/answer.js';

export interface Cookie {
	readonly key: string;
	readonly value: string;
	readonly expiresMs?: number;
	readonly maxAge?: string;
	readonly domain?: string;
	readonly path?: string;
	readonly secure: boolean;
	readonly sameSite?: string;
}

/** ngx.cookie_time: `Thu, 21-Nov-26 02:00:00 GMT` */
function cookieTime(ms: number): string {
	const text = httpDate(ms);
	return `${text.slice(0, 7)}-${text.slice(8, 11)}-${text.slice(14, 16)}${text.slice(16)}`;
}

/** As lua-resty-cookie writes it. */
export const bake = ({key, value, expiresMs, maxAge, domain, path, secure, sameSite}: Cookie): string =>
	[
		`${key}=${value}`,
		expiresMs !== undefined && `Expires=${cookieTime(expiresMs)}`,
		maxAge && `Max-Age=${maxAge}`,
		domain && `Domain=${domain}`,
		path && `Path=${path}`,
		secure && 'Secure',
		'HttpOnly',
		['Strict', 'Lax', 'None'].includes(sameSite ?? '') && `SameSite=${sameSite}`,
	]
		.filter(Boolean)
		.join('; ');
