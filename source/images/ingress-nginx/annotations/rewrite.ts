import type {Redirect, Rewrite} from '../location-settings.js';
import type {AnnotationReader} from './reader.js';
import type {Resolver} from './resolver.js';

/** annotations/rewrite/main.go */
export function rewrite(reader: AnnotationReader, {options}: Resolver): Rewrite {
	const {text, boolean} = reader;
	const target = text('rewrite-target') ?? '';
	return {
		target,
		sslRedirect: boolean('ssl-redirect') ?? options.sslRedirect,
		forceSslRedirect: boolean('force-ssl-redirect') ?? options.forceSslRedirect,
		preserveTrailingSlash: boolean('preserve-trailing-slash') ?? options.preserveTrailingSlash,
		useRegex: boolean('use-regex') ?? false,
		appRoot: appRoot(reader),
	};
}

function appRoot({text, log}: AnnotationReader): string {
	const value = text('app-root');
	if (value === undefined) return '';
	if (/^[a-zA-Z][a-zA-Z0-9+.-]*:/.test(value)) {
		log.plain('W', 'main.go:227', `Annotation app-root only allows absolute paths (${value})`);
		return '';
	}

	if (value.startsWith('/')) return value;
	log.plain('W', 'main.go:220', `Annotation app-root contains an invalid value: parse ${JSON.stringify(value)}: invalid URI for request`);
	return '';
}

const none: Redirect = {url: '', code: 0, fromToWww: false, relative: false};

/** annotations/redirect/redirect.go: a temporal redirect comes before a permanent one; an address that is none takes all away. */
export function redirect({text, int, boolean}: AnnotationReader, {options}: Resolver): Redirect {
	const fromToWww = boolean('from-to-www-redirect') ?? false;
	const relative = boolean('relative-redirects') ?? options.relativeRedirects;
	const temporal = text('temporal-redirect');
	if (temporal !== undefined) {
		if (!isAllowed(temporal)) return none;
		const code = int('temporal-redirect-code') ?? 302;
		return {url: temporal, code: code < 300 || code > 308 ? 302 : code, fromToWww, relative};
	}

	const permanent = text('permanent-redirect');
	if (permanent !== undefined && !isAllowed(permanent)) return none;
	const code = int('permanent-redirect-code') ?? 301;
	return permanent !== undefined || fromToWww
		? {url: permanent ?? '', code: code < 300 || code > 308 ? 301 : code, fromToWww, relative}
		: {...none, relative};
}

/** Only http and https, or a path of the same site; a variable such as `$scheme` has no scheme of its own. */
const isAllowed = (url: string): boolean => /^https?:/i.test(url) || /^\$scheme:/.test(url) || url.startsWith('/');
