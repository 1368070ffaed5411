import {allOf} from '../config/levels.js';
import type {Location} from '../config/server-table.js';
import type {Exchange} from '../request/exchange.js';

type Expand = (exchange: Exchange, text: string) => string;

interface Ground {
	readonly path: string;
	/** How much of the URI an `alias` stands for; with one in a location of a regular expression, all of it. */
	readonly replaced: number;
}

/** The nearest `root` or `alias`: both are one setting (ngx_http_core_root). */
function groundOf(exchange: Exchange, expand: Expand): Ground {
	for (const level of exchange.levels) {
		const root = allOf(level, 'root')[0]?.args[0];
		if (root !== undefined) return {path: absolute(expand(exchange, root)).replace(/(?<=.)\/$/, ''), replaced: 0};
		const alias = allOf(level, 'alias')[0]?.args[0];
		if (alias === undefined) continue;
		const location = locationWith(exchange.server.locations, level) ?? exchange.location;
		return {path: absolute(expand(exchange, alias)), replaced: location?.pattern ? Number.POSITIVE_INFINITY : (location?.path.length ?? 0)};
	}

	return {path: absolute('html'), replaced: 0};
}

const absolute = (path: string) => (path.startsWith('/') ? path : `/etc/nginx/${path}`);

/** Nested locations inherit the alias of the one around them. */
function locationWith(locations: readonly Location[], level: unknown): Location | undefined {
	for (const each of locations) {
		const found = each.directives === level ? each : locationWith(each.locations, level);
		if (found) return found;
	}

	return undefined;
}

/** `$document_root` */
export const rootOf = (exchange: Exchange, expand: Expand): string => groundOf(exchange, expand).path;

/** `$request_filename` (ngx_http_map_uri_to_path) */
export function fileOf(exchange: Exchange, uri: string, expand: Expand): string {
	const {path, replaced} = groundOf(exchange, expand);
	return path + uri.slice(replaced);
}

/** A name of `try_files`: what an alias stands for is taken away where the name begins with it; `uri` is what it becomes. */
export function tried(exchange: Exchange, name: string, expand: Expand): {readonly file: string; readonly uri: string} {
	const {path, replaced} = groundOf(exchange, expand);
	if (replaced === 0 || replaced === Number.POSITIVE_INFINITY) return {file: path + name, uri: name};
	const prefix = exchange.uri.slice(0, replaced);
	const rest = name.startsWith(prefix) ? name.slice(replaced) : name;
	return {file: path + rest, uri: prefix + rest};
}
