import type {Exchange, Reply} from '../request/exchange.js';
import {isOn, settings} from '../config/levels.js';
import {expand} from '../variables/variables.js';

/** `sub_filter`: replaces text of a page, and so knows no more how long it is (ngx_http_sub_filter_module). */
export function substitute(exchange: Exchange, given: Reply): Reply {
	const {levels} = exchange;
	const filters = settings('sub_filter', levels);
	if (filters.length === 0 || given.body === undefined || !isFiltered(exchange, given.type ?? '')) return given;
	const once = isOn('sub_filter_once', levels, true);
	const pairs = filters.map(({args}) => [expand(exchange, args[0] ?? '').toLowerCase(), expand(exchange, args[1] ?? '')] as const);
	const {modified, ...rest} = given;
	return {
		...rest,
		body: replaced(given.body, pairs, once),
		headers: given.headers.filter(([name]) => !/^(?:etag|accept-ranges|last-modified)$/i.test(name)),
		...(isOn('sub_filter_last_modified', levels) && modified !== undefined && {modified}),
		unsized: true,
	};
}

function isFiltered({levels}: Exchange, type: string): boolean {
	const types = ['text/html', ...settings('sub_filter_types', levels).flatMap(({args}) => args)];
	return types.includes('*') || types.includes(type.split(';')[0]!);
}

/** All at once, from the left, without regard to case: what was put in is not looked at again. */
function replaced(text: string, pairs: ReadonlyArray<readonly [from: string, to: string]>, once: boolean): string {
	const done = new Set<string>();
	const lower = text.toLowerCase();
	let result = '';
	let from = 0;
	for (let at = 0; at < text.length; at++) {
		const pair = pairs.find(([wanted]) => wanted !== '' && !done.has(wanted) && lower.startsWith(wanted, at));
		if (!pair) continue;
		result += text.slice(from, at) + pair[1];
		at += pair[0].length - 1;
		from = at + 1;
		if (once) done.add(pair[0]);
	}

	return result + text.slice(from);
}
