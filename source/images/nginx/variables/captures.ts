import {capturesOf} from '../config/pattern.js';
import type {Exchange} from '../request/exchange.js';

/** What a regular expression has found: `$1` until the next one fits, and its named groups, which are variables from now on. */
export function capture(exchange: Exchange, match: RegExpExecArray | null): void {
	exchange.captures = capturesOf(match);
	for (const [name, text] of Object.entries(match?.groups ?? {})) exchange.vars.set(name, text ?? '');
}
