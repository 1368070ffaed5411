import {allOf, type Block, type Levels, word} from '../config/levels.js';
import type {Exchange} from '../request/exchange.js';
import {mimeTypes} from './mime-types.js';

/** What nginx takes when no `types` are given. */
const few: ReadonlyMap<string, string> = new Map([
	['html', 'text/html'],
	['gif', 'image/gif'],
	['jpg', 'image/jpeg'],
]);

/** Blocks are immutable: this is only a cache. */
const tables = new WeakMap<Block, ReadonlyMap<string, string> | undefined>();

/** `types` of a level; an `include` that nobody has read is that of the package. */
function typesAt(level: Block): ReadonlyMap<string, string> | undefined {
	if (tables.has(level)) return tables.get(level);
	const blocks = allOf(level, 'types').flatMap(({block = []}) => block);
	const packaged = allOf(level, 'include').some(({args}) => args[0]?.endsWith('mime.types'));
	const table =
		packaged || allOf(level, 'types').length > 0
			? new Map([
					...(packaged ? Object.entries(mimeTypes) : []),
					...blocks.flatMap(({name, args}) => args.map(each => [each.toLowerCase(), name] as const)),
				])
			: undefined;
	tables.set(level, table);
	return table;
}

function typesOf(levels: Levels): ReadonlyMap<string, string> {
	for (const level of levels) {
		const table = typesAt(level);
		if (table) return table;
	}

	return few;
}

/** ngx_http_set_content_type: by the end of `$uri`, for files and for texts of `return` alike. */
export function contentType({levels, uri}: Exchange): string {
	const suffix = /[^/]\.([^./]*)$/.exec(uri.slice(1))?.[1]?.toLowerCase() ?? '';
	return typesOf(levels).get(suffix) ?? word('default_type', levels) ?? 'text/plain';
}
