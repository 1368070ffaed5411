import type {Directive} from './configuration.js';
import {ConfigurationError} from './error.js';
import {placeOf} from './find-location.js';
import {allOf, type Block} from './levels.js';

const at = ({file, line}: Directive) => ` in ${file}:${line}`;

/** Locations that are there twice, or where they cannot be, and what they cannot hold. */
export function checkLocations(block: Block, outer: Directive | undefined): void {
	const seen = new Set<string>();
	for (const each of allOf(block, 'location')) {
		const [modifier, path] = placeOf(each.args);
		if (outer) checkNested(each, modifier, path, outer);
		const key = modifier === '=' ? `= ${path}` : modifier.startsWith('~') ? undefined : path;
		if (key !== undefined && seen.has(key)) throw new ConfigurationError(`duplicate location "${path}"${at(each)}`);
		if (key !== undefined) seen.add(key);
		const alias = path.startsWith('@') ? allOf(each.block ?? [], 'alias')[0] : undefined;
		if (alias) throw new ConfigurationError(`the "alias" directive cannot be used inside the named location${at(alias)}`);
		checkPass(each, modifier, path);
		checkLocations(each.block ?? [], each);
	}
}

function checkNested(inner: Directive, modifier: string, path: string, outer: Directive): void {
	const [outerModifier, outerPath] = placeOf(outer.args);
	const why =
		outerModifier === '='
			? `location "${path}" cannot be inside the exact location "${outerPath}"`
			: outerPath.startsWith('@')
				? `location "${path}" cannot be inside the named location "${outerPath}"`
				: path.startsWith('@')
					? `named location "${path}" can be on the server level only`
					: !modifier.startsWith('~') && !outerModifier.startsWith('~') && !path.startsWith(outerPath)
						? `location "${path}" is outside location "${outerPath}"`
						: undefined;
	if (why) throw new ConfigurationError(`${why}${at(inner)}`);
}

/** A URI behind the host needs a prefix that it can stand for. */
function checkPass(location: Directive, modifier: string, path: string): void {
	const withPath = (block: Block) =>
		allOf(block, 'proxy_pass').find(({args: [url = '']}) => !url.includes('$') && /^https?:\/\/[^/]+\//i.test(url));
	const own = modifier.startsWith('~') || path.startsWith('@') ? withPath(location.block ?? []) : undefined;
	const found =
		own ??
		(location.block ?? [])
			.filter(({name}) => name === 'if' || name === 'limit_except')
			.map(each => withPath(each.block ?? []))
			.find(Boolean);
	if (found)
		throw new ConfigurationError(
			`"proxy_pass" cannot have URI part in location given by regular expression, or inside named location, or inside "if" statement, or inside "limit_except" block${at(found)}`,
		);
}
