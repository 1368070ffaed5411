import type {Directive} from '../config/configuration.js';
import {settings} from '../config/levels.js';
import type {Exchange} from '../request/exchange.js';
import {variable} from '../variables/variables.js';
import {put} from './target.js';
import {escapeLog} from './times.js';

const combined = '$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent "$http_referer" "$http_user_agent"';
/** Where a package puts it. */
const standard: Pick<Directive, 'args'> = {args: ['/var/log/nginx/access.log']};

/** What is known only when the answer is written. */
export interface Sent {
	readonly status: number;
	readonly bodyBytes: number;
	readonly bytes: number;
}

/** A line for a request, in the format that `access_log` names. */
export function logAccess(exchange: Exchange, sent: Sent): void {
	const {nginx, levels} = exchange;
	const logs = settings('access_log', levels);
	for (const {args} of logs.length > 0 ? logs : [standard]) {
		const [path = '', name = ''] = args;
		if (path === 'off') return;
		const condition = args.find(each => each.startsWith('if='));
		if (condition !== undefined && ['', '0', undefined].includes(variable(exchange, condition.slice(4)))) continue;
		const format = nginx.table.formats.get(name);
		put(nginx, path, (format ? formatOf(format) : byDefault)(exchange, sent));
	}
}

type Format = (exchange: Exchange, sent: Sent) => string;

/** Read once for a configuration: only a cache. */
const formats = new WeakMap<Directive, Format>();

function formatOf(directive: Directive): Format {
	let format = formats.get(directive);
	if (!format) formats.set(directive, (format = readFormat(directive.args.slice(1))));
	return format;
}

const jsonEscape = (text: string): string => JSON.stringify(text).slice(1, -1);

/** `log_format main escape=json '...' '...'`: texts and names of variables by turns. */
function readFormat(args: readonly string[]): Format {
	const how = /^escape=(\w+)$/.exec(args[0] ?? '')?.[1];
	const text = args.slice(how === undefined ? 0 : 1).join('');
	const pieces = text.split(/\$(?:\{(\w+)\}|(\w+))/);
	const absent = how === 'json' || how === 'none' ? '' : '-';
	const escaped = how === 'json' ? jsonEscape : how === 'none' ? (value: string) => value : escapeLog;
	return (exchange, sent) => {
		let line = pieces[0]!;
		for (let at = 1; at < pieces.length; at += 3) {
			const name = (pieces[at] ?? pieces[at + 1])!;
			const value = ofAnswer(sent, name) ?? variable(exchange, name);
			line += (value === undefined ? absent : escaped(value)) + pieces[at + 2]!;
		}

		return line;
	};
}

const byDefault = readFormat([combined]);

function ofAnswer({status, bodyBytes, bytes}: Sent, name: string): string | undefined {
	switch (name) {
		case 'status':
			return String(status);
		case 'body_bytes_sent':
			return String(bodyBytes);
		case 'bytes_sent':
			return String(bytes);
		default:
			return undefined;
	}
}
