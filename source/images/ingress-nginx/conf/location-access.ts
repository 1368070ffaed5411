import type {Location} from '../configuration.js';
import type {ExternalAuth} from '../location-settings.js';
import {block, type Line, when} from './lines.js';

/** Who may come in: addresses, passwords, somebody else's word. */
export function accessLines(
	location: Location,
	external: {readonly auth: ExternalAuth; readonly path: string} | undefined,
	/** no-auth-locations: nobody is asked who he is. */
	isOpen: boolean,
): readonly Line[] {
	const {allowlist, denylist, satisfy, basicAuth} = location;
	return [
		...denylist.map(cidr => `deny ${cidr};`),
		...when(denylist.length > 0, ''),
		...allowlist.map(cidr => `allow ${cidr};`),
		...when(allowlist.length > 0, 'deny all;', ''),
		...when(satisfy, `satisfy ${satisfy};`, ''),
		...(external && !isOpen ? externalLines(external) : []),
		...(basicAuth && !isOpen
			? [
					basicAuth.type === 'basic' ? `auth_basic ${JSON.stringify(basicAuth.realm)};` : `auth_digest ${JSON.stringify(basicAuth.realm)};`,
					`${basicAuth.type === 'basic' ? 'auth_basic_user_file' : 'auth_digest_user_file'} ${basicAuth.file};`,
					'proxy_set_header Authorization "";',
					'',
				]
			: []),
	];
}

function externalLines({auth, path}: {readonly auth: ExternalAuth; readonly path: string}): readonly Line[] {
	return [
		`auth_request        ${path};`,
		'auth_request_set    $auth_cookie $upstream_http_set_cookie;',
		`add_header          Set-Cookie $auth_cookie${auth.alwaysSetCookie ? ' always' : ''};`,
		...auth.responseHeaders.flatMap((header, i) => [
			`auth_request_set $authHeader${i} $upstream_http_${header.toLowerCase().replaceAll('-', '_')};`,
			`proxy_set_header '${header}' $authHeader${i};`,
		]),
		...when(auth.signinUrl, 'set_escape_uri $escaped_request_uri $request_uri;', `error_page 401 = ${signinUrl(auth)};`),
		'',
	];
}

/** buildAuthSignURL: where to come back to, unless the annotation says so itself. */
function signinUrl({signinUrl: url, signinRedirectParam}: ExternalAuth): string {
	const param = signinRedirectParam || 'rd';
	const mark = url.indexOf('?');
	const query = mark < 0 ? '' : url.slice(mark + 1);
	if (query.split('&').some(pair => pair.startsWith(`${param}=`) && pair.length > param.length + 1)) return url;
	return `${url}${mark < 0 ? '?' : '&'}${param}=$pass_access_scheme://$http_host$escaped_request_uri`;
}

/** enable-cors: headers on every answer, and preflight requests answered here. */
export function corsLines({cors}: Location): readonly Line[] {
	if (!cors) return [];
	const any = cors.allowOrigin.includes('*');
	const headers = [
		`more_set_headers 'Access-Control-Allow-Origin: ${any ? '*' : '$http_origin'}';`,
		...when(cors.allowCredentials, "more_set_headers 'Access-Control-Allow-Credentials: true';"),
		`more_set_headers 'Access-Control-Allow-Methods: ${cors.allowMethods}';`,
		`more_set_headers 'Access-Control-Allow-Headers: ${cors.allowHeaders}';`,
		...when(cors.exposeHeaders, `more_set_headers 'Access-Control-Expose-Headers: ${cors.exposeHeaders}';`),
		`more_set_headers 'Access-Control-Max-Age: ${cors.maxAge}';`,
	];
	const preflight = block(
		'if ($cors = "trueoptions")',
		...headers,
		"more_set_headers 'Content-Type: text/plain charset=UTF-8';",
		"more_set_headers 'Content-Length: 0';",
		'return 204;',
	);
	const origins = cors.allowOrigin.map(origin => `(${origin.replace(/[.?+^$[\]\\(){}|]/g, '\\$&').replace('*', '[A-Za-z0-9\\-]+')})`);
	const set = any ? "set $cors 'true';" : block(`if ($http_origin ~* (${origins.join('|')})$ )`, "set $cors 'true';");
	return [
		set,
		block("if ($request_method = 'OPTIONS')", 'set $cors ${cors}options;'),
		'',
		block('if ($cors = "true")', ...headers),
		'',
		preflight,
		'',
	];
}
