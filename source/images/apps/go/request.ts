import type {Endpoint} from '../../../net/socket.js';
import type {HttpRequest} from '../../http/answer.js';

/** `http.Request.RemoteAddr` and the like. */
export const hostPort = ({address, port}: Endpoint): string => (address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`);

/** A name as Go, Node and Python write it: `x-forwarded-for` becomes `X-Forwarded-For`. */
export const canonical = (name: string): string =>
	name.replace(/(^|-)([a-z])/g, (_, dash: string, letter: string) => dash + letter.toUpperCase());

/** The fields of a request in the order of a Go map that was sorted; `Host` is none of them. */
export const sortedFields = ({headers}: HttpRequest): ReadonlyArray<readonly [name: string, value: string]> =>
	Object.keys(headers)
		.filter(name => name !== 'host')
		.sort()
		.map(name => [canonical(name), headers[name]!] as const);

/** The request line's target. */
export const targetOf = ({path, query}: HttpRequest): string => (query === '' ? path : `${path}?${query}`);

/** `r.FormValue`: of the query, or of a posted form, which comes first. */
export function formOf({query, body, headers}: HttpRequest): URLSearchParams {
	const posted = headers['content-type']?.startsWith('application/x-www-form-urlencoded') ? body : '';
	return new URLSearchParams(posted && query ? `${posted}&${query}` : posted || query);
}
