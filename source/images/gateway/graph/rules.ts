import {type FieldError, messageOf} from '../../../api/field-error.js';
import {forbidden, invalid, notSupported} from '../../../kinds/errors.js';

/** Paths that nginx uses for itself. */
export const internalPrefix = '/_ngf-internal';

const filterTypes = ['RequestRedirect', 'URLRewrite', 'RequestHeaderModifier', 'ResponseHeaderModifier', 'ExtensionRef'];
const methods = ['CONNECT', 'DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT', 'TRACE'];
const plainPath = String.raw`/[^\s{};]*`;

/** What this version does not do with the matches of a rule. */
export function wrongMatches(matches: readonly any[], path: string): readonly FieldError[] {
	return matches.flatMap((match, index) => {
		const at = `${path}.matches[${index}]`;
		const exact = (kind: string, list: readonly any[] = []) =>
			list.flatMap((each, place) => (each.type === 'Exact' ? [] : [notSupported(`${at}.${kind}[${place}].type`, each.type, ['Exact'])]));
		return [
			...wrongPath(match.path, `${at}.path`),
			...exact('headers', match.headers),
			...exact('queryParams', match.queryParams),
			...(match.method && !methods.includes(match.method) ? [notSupported(`${at}.method`, match.method, methods)] : []),
		];
	});
}

function wrongPath(match: any, path: string): readonly FieldError[] {
	if (!match) return [];
	const {type, value} = match;
	if (value.startsWith(internalPrefix))
		return [invalid(`${path}.value`, value, `path cannot start with ${internalPrefix}. This prefix is reserved for internal use`)];
	const errors: FieldError[] = [];
	if (type !== 'PathPrefix' && type !== 'Exact') errors.push(notSupported(`${path}.type`, type, ['Exact', 'PathPrefix']));
	if (!new RegExp(`^${plainPath}$`).test(value))
		errors.push(
			invalid(
				`${path}.value`,
				value,
				`must start with / and must not include any whitespace character, \`{\`, \`}\` or \`;\` (e.g. '/', or '/path', or '/path/subpath-123', regex used for validation is '${plainPath}')`,
			),
		);
	return errors;
}

export function wrongFilters(filters: readonly any[], path: string): readonly FieldError[] {
	return filters.flatMap((filter, index) => {
		const at = `${path}.filters[${index}]`;
		if (!filterTypes.includes(filter.type)) return [notSupported(`${at}.type`, filter.type, filterTypes)];
		return filter.type === 'RequestRedirect' && filter.requestRedirect.path
			? [forbidden(`${at}.requestRedirect.path`, 'path is not supported')]
			: [];
	});
}

/** utilerrors.Aggregate: each thing once; brackets around more than one. */
export function aggregate(errors: readonly FieldError[]): string {
	const messages = [...new Set(errors.map(messageOf))];
	return messages.length === 1 ? messages[0]! : `[${messages.join(', ')}]`;
}
