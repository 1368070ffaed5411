import {allOf} from '../config/levels.js';
import type {Exchange, Header} from '../request/exchange.js';
import {expand} from '../variables/variables.js';

/** What lua's header filter sets; then `more_set_headers` and `more_clear_headers` of all levels, the outermost first: what has the same name is replaced, wherever it stands. */
export function moreHeaders(exchange: Exchange, lines: readonly Header[]): readonly Header[] {
	let result = exchange.headers.reduce(put, lines);
	for (const level of exchange.levels.toReversed()) {
		for (const {args} of allOf(level, 'more_clear_headers')) {
			const names = new Set(args.map(each => each.toLowerCase()));
			result = result.filter(([name]) => !names.has(name.toLowerCase()));
		}

		for (const {args} of allOf(level, 'more_set_headers'))
			for (const each of args) {
				const colon = each.indexOf(':');
				if (colon > 0) result = put(result, [each.slice(0, colon).trim(), expand(exchange, each.slice(colon + 1).trim())]);
			}
	}

	return result;
}

/** The first of the name keeps its place and its spelling. */
export function put(lines: readonly Header[], [name, value]: Header): readonly Header[] {
	const at = lines.findIndex(([each]) => each.toLowerCase() === name.toLowerCase());
	return at < 0 ? [...lines, [name, value]] : lines.with(at, [lines[at]![0], value]);
}
