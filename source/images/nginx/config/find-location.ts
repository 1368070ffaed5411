export interface LocationPattern {
	readonly modifier: '=' | '^~' | '~' | '~*' | '' | '@';
	readonly path: string;
	readonly pattern?: RegExp;
	readonly locations?: readonly LocationPattern[];
}

/** `= /a`, `~*\.png$`, `@name`: the mark may stand right before the path. */
export function placeOf([first = '', second]: readonly string[]): readonly [modifier: LocationPattern['modifier'], path: string] {
	if (second !== undefined) return [first as LocationPattern['modifier'], second];
	if (first.startsWith('@')) return ['@', first];
	const [, modifier = '', path = ''] = /^(=|\^~|~\*|~)?(.*)$/s.exec(first)!;
	return [modifier as LocationPattern['modifier'], path];
}

/** Models ngx_http_core_find_location: exact, longest prefix, then the first regular expression unless `^~`. */
export const findLocation = <L extends LocationPattern>(locations: readonly L[], path: string): L | undefined =>
	look(locations, path)?.location;

/** `sure`: no regular expression further out is asked any more. */
function look<L extends LocationPattern>(
	locations: readonly L[],
	path: string,
): {readonly location: L; readonly sure: boolean} | undefined {
	const exact = locations.find(each => each.modifier === '=' && each.path === path);
	if (exact) return {location: exact, sure: true};
	let longest: L | undefined;
	for (const each of locations) {
		if ((each.modifier !== '' && each.modifier !== '^~') || !path.startsWith(each.path)) continue;
		if (!longest || each.path.length > longest.path.length) longest = each;
	}

	const inside = (location: L) => look((location.locations ?? []) as readonly L[], path);
	const nested = longest && inside(longest);
	if (nested?.sure) return nested;
	const matching = longest?.modifier === '^~' ? undefined : locations.find(each => each.pattern?.test(path));
	if (matching) return {location: inside(matching)?.location ?? matching, sure: true};
	return nested ?? (longest && {location: longest, sure: false});
}

/**
 * A prefix that ends in a slash and is proxied: without the slash the client is sent there with 301, unless a location has that very name
 * (auto_redirect of ngx_http_core_find_static_location; regular expressions are not even looked at).
 */
export const lacksSlash = <L extends LocationPattern>(
	locations: readonly L[],
	path: string,
	isProxied: (location: L) => boolean,
): boolean => {
	const named = locations.filter(({modifier}) => modifier === '=' || modifier === '' || modifier === '^~');
	return !named.some(each => each.path === path) && named.some(each => each.path === `${path}/` && isProxied(each));
};

/** A pattern that this engine cannot read matches nothing. `(?i)` in front is PCRE's way to ignore case. */
export function safePattern(text: string, ignoreCase: boolean): RegExp {
	const inline = text.startsWith('(?i)');
	try {
		return new RegExp(inline ? text.slice(4) : text, ignoreCase || inline ? 'i' : '');
	} catch {
		return /$^/;
	}
}
