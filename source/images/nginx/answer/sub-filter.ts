import type {Exchange, Header, Reply} from '../request/exchange.js';
import {isOn, settings} from '../config/levels.js';
import {expand} from '../variables/variables.js';

/** `sub_filter`: replaces text of a page, and so knows no more how long it is (ngx_http_sub_filter_module). */
export function substitute(exchange: Exchange, given: Reply): Reply {
	const {levels} = exchange;
	const filters = settings('sub_filter', levels);
	if (given.body === undefined || !isFiltered(exchange, given.type ?? '')) return given;
	const once = isOn('sub_filter_once', levels, true);
	const pairs = filters.map(({args}) => [expand(exchange, args[0] ?? '').toLowerCase(), expand(exchange, args[1] ?? '')] as const);
	const kept = isOn('sub_filter_last_modified', levels);
	const {modified, ...rest} = given;
	return {
		...rest,
		body: replaced(given.body, pairs, once),
		headers: given.headers.flatMap(header => changed(header, kept)),
		...(kept && modified !== undefined && {modified}),
		unsized: true,
	};
}

/** The page is another one: what told of the old one goes, or its ETag becomes a weak one. */
function changed([name, value]: Header, kept: boolean): readonly Header[] {
	const lower = name.toLowerCase();
	if (lower === 'etag' && kept) return [[name, value.replace(/^"/, 'W/"')]];
	return lower === 'etag' || lower === 'accept-ranges' || (lower === 'last-modified' && !kept) ? [] : [[name, value]];
}

/** Whether a page of this type is changed at all. */
export function isFiltered({levels}: Exchange, type: string): boolean {
	if (settings('sub_filter', levels).length === 0) return false;
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
