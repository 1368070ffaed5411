import {toWire} from '../../http/bytes.js';
import type {Directive} from '../config/configuration.js';
import type {Block} from '../config/levels.js';
import {plainPattern, readPattern} from '../config/pattern.js';
import {contentType} from '../content/content-type.js';
import {logError} from '../log/error-log.js';
import {capture} from '../variables/captures.js';
import {escaped, expand} from '../variables/variables.js';
import {enterIf, type Exchange, ownError, ownErrors, reply, type Reply} from './exchange.js';
import {escapeArgument, unescapeRedirect} from './uri.js';

/** What the rewrite module makes of a block: nothing, an answer, the end of it, or another location. */
export type Rewritten = Reply | 'break' | 'again' | undefined;

/** Runs `set`, `if`, `rewrite`, `return` and `break` in the order in which they stand. */
export function rewrite(exchange: Exchange, directives: Block): Rewritten {
	let changed = false;
	for (const directive of directives) {
		const act = acts[directive.name];
		const outcome = act?.(exchange, directive);
		if (outcome === 'go-on') changed = true;
		else if (outcome !== undefined) return outcome;
	}

	return changed ? 'again' : undefined;
}

type Act = (exchange: Exchange, directive: Directive) => Rewritten | 'go-on';

const bare = (name = '') => name.replace(/^\$/, '');

const acts: Readonly<Record<string, Act>> = {
	set(exchange, {args: [name, value = '']}) {
		exchange.vars.set(bare(name), expand(exchange, toWire(value)));
		return undefined;
	},
	set_escape_uri(exchange, {args: [name, value = name]}) {
		exchange.vars.set(bare(name), escaped(exchange, value ?? ''));
		return undefined;
	},
	return: answerReturn,
	break: () => 'break',
	rewrite: change,
	if(exchange, {args, block = []}) {
		if (!holds(exchange, args)) return undefined;
		if (exchange.location) enterIf(exchange, block);
		const inner = rewrite(exchange, block);
		return inner === 'again' ? 'go-on' : inner;
	},
};

const redirects = new Set([301, 302, 303, 307, 308]);

/** `return 404;`, `return 301 /new;`, `return 200 "text";`, `return http://...;`. A bare status may have a page of its own. */
function answerReturn(exchange: Exchange, {args: [first = '', second]}: Directive): Reply {
	if (!/^\d{3}$/.test(first)) return reply(302, [['Location', expand(exchange, first)]]);
	const status = Number(first);
	if (redirects.has(status)) return reply(status, [['Location', expand(exchange, second ?? '')]]);
	if (!second && status >= 400) return status in ownErrors ? ownError(status) : reply(status);
	return {status, headers: [], type: contentType(exchange), body: expand(exchange, toWire(second ?? ''))};
}

/** `rewrite ^/old/(.*)$ /new/$1 last;` */
function change(exchange: Exchange, {args}: Directive): ReturnType<Act> {
	const [pattern = '', replacement = '', flag] = args;
	const match = plainPattern(pattern).exec(exchange.uri);
	if (!match) return undefined;
	capture(exchange, match);
	const [path = '', query] = replacement.split(/\?(.*)/s);
	// ngx_http_script_copy_capture_code: what was escaped in the request is escaped again.
	const quote = /[%+]/.test(exchange.request.path) ? escapeArgument : undefined;
	const own = query === undefined ? '' : expand(exchange, query.replace(/\?$/, ''), quote);
	const joined = replacement.endsWith('?') ? own : [own, exchange.args].filter(Boolean).join('&');
	if (flag === 'redirect' || flag === 'permanent' || /^(https?:\/\/|\$scheme)/.test(replacement)) {
		const place = unescapeRedirect(expand(exchange, path, quote));
		return reply(flag === 'permanent' ? 301 : 302, [['Location', place + (joined === '' ? '' : `?${joined}`)]]);
	}

	const target = expand(exchange, path);
	if (target === '') {
		logError(exchange, 'the rewritten URI has a zero length');
		return reply(500);
	}

	exchange.uri = target;
	exchange.args = joined;
	exchange.rewritten = true;
	exchange.broken = flag === 'break';
	return flag === 'break' ? 'break' : flag === 'last' ? 'again' : 'go-on';
}

/** `if ($request_method = POST)`; the parentheses may stand apart or not. */
function holds(exchange: Exchange, args: readonly string[]): boolean {
	const words = args.map((arg, index) => (index === 0 ? arg.replace(/^\(/, '') : arg));
	const [subject = '', operator, value = ''] = words
		.map((arg, index) => (index === args.length - 1 ? arg.replace(/\)$/, '') : arg))
		.filter((arg, index) => arg !== '' || (index > 0 && index < args.length - 1));
	const left = expand(exchange, /^!?-[fde x]$/.test(subject) ? (operator ?? '') : subject);
	const {files} = exchange.context.machine;
	const typeIs = (type: 'file' | 'folder') => files.exists(left) && files.stat(left).type === type;
	switch (subject.replace(/^!/, '')) {
		case '-f':
			return typeIs('file') !== subject.startsWith('!');
		case '-d':
			return typeIs('folder') !== subject.startsWith('!');
		case '-e':
			return files.exists(left) !== subject.startsWith('!');
	}

	if (operator === undefined) return left !== '' && left !== '0';
	if (operator === '=' || operator === '!=') return (left === expand(exchange, value)) === (operator === '=');
	const match = readPattern(operator.replace(/^!/, '') + value).exec(left);
	if (match) capture(exchange, match);
	return (match !== null) !== operator.startsWith('!');
}
