import {escapeLog} from '../../nginx/log/times.js';
import {type Exchange, locationOf} from './exchange.js';
import {variable} from './variables.js';

const jsonEscape = (text: string): string => JSON.stringify(text).slice(1, -1);

/** One line in the `upstreaminfo` format, to where the image's access.log leads. */
export function logAccess(exchange: Exchange, status: number, bodyBytes: number, sentBytes: number): void {
	const {options, context, route, request} = exchange;
	const location = locationOf(exchange);
	if (options.disableAccessLog || route?.builtin !== undefined || location?.logs.access === false) return;
	if (options.skipAccessLogUrls.includes(request.target)) return;
	const own: Readonly<Record<string, string>> = {status: String(status), body_bytes_sent: String(bodyBytes), bytes_sent: String(sentBytes)};
	const escaped = options.logFormatEscapeJson ? jsonEscape : escapeLog;
	const text = options.logFormatUpstream.replace(/\$(?:\{(\w+)\}|(\w+))/g, (_, braced: string, bare: string) => {
		const name = braced ?? bare;
		const value = own[name] ?? variable(exchange, name);
		return value === undefined ? (options.logFormatEscapeJson ? '' : '-') : escaped(value);
	});
	context.log(text);
}
