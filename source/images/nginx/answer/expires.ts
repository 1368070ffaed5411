import {httpDate} from '../../http/answer.js';
import type {Exchange, Header} from '../request/exchange.js';
import {word} from '../config/levels.js';
import {expand} from '../variables/variables.js';

const units: Readonly<Record<string, number>> = {s: 1, m: 60, h: 3600, d: 86_400, w: 604_800, M: 2_592_000, y: 31_536_000};

/** `1h`, `-1`, `1d12h`, in seconds. */
function secondsOf(text: string): number | undefined {
	const match = /^(-?)((?:\d+[smhdwMy]?)+)$/.exec(text);
	if (!match) return undefined;
	let sum = 0;
	for (const [, number, unit = 's'] of match[2]!.matchAll(/(\d+)([smhdwMy])?/g)) sum += Number(number) * units[unit]!;
	return match[1] === '-' ? -sum : sum;
}

/** The two lines of `expires` (ngx_http_set_expires). */
export function expiresHeaders(exchange: Exchange): readonly Header[] {
	const text = expand(exchange, word('expires', exchange.levels) ?? 'off');
	const two = (expires: string, control: string): readonly Header[] => [
		['Expires', expires],
		['Cache-Control', control],
	];
	if (text === 'epoch') return two('Thu, 01 Jan 1970 00:00:01 GMT', 'no-cache');
	if (text === 'max') return two('Thu, 31 Dec 2037 23:55:55 GMT', 'max-age=315360000');
	const seconds = secondsOf(text);
	if (seconds === undefined) return [];
	const nowMs = exchange.context.machine.sim.clock.now() + exchange.elapsedMs;
	return two(httpDate(nowMs + seconds * 1000), seconds < 0 ? 'no-cache' : `max-age=${seconds}`);
}
