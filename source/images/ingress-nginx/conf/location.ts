import {type Arguments, isOn} from '../arguments.js';
import type {Configuration, Location, Server} from '../configuration.js';
import type {Options} from '../options.js';
import {aligned, block, type Line, onOff, when} from './lines.js';
import {accessLines, corsLines} from './location-access.js';
import {proxyLines} from './location-proxy.js';
import {limitLines} from './zones.js';

const rewrites = ({path, rewrite}: Location): boolean => rewrite.target !== '' && rewrite.target !== path;

/** One rewrite or pattern makes all paths of a host patterns. */
export const needsRegex = ({locations}: Server): boolean => locations.some(location => rewrites(location) || location.rewrite.useRegex);

/** `/foo/`, `= /foo`, or `~* "^/foo"` */
export function locationHead({path, pathType}: Location, regex: boolean): string {
	if (regex) return `~* "^${path}"`;
	return pathType === 'Exact' ? `= ${path}` : path;
}

const authPath = ({path, pathType}: Location): string =>
	`/_external-auth-${Buffer.from(path).toString('base64url')}-${pathType === 'ImplementationSpecific' ? 'Prefix' : pathType}`;

const authOf = (location: Location, options: Options) =>
	location.externalAuth ?? (location.enableGlobalAuth ? options.globalExternalAuth : undefined);

/** The subrequest that asks whether a client may come in. */
export function authLocation(location: Location, options: Options): readonly Line[] {
	const auth = authOf(location, options);
	if (!auth || location.denied !== undefined) return [];
	return [
		block(
			`location = ${authPath(location)}`,
			'internal;',
			'',
			'set $proxy_upstream_name "internal";',
			'',
			...when(!options.enableAuthAccessLog, 'access_log off;', ''),
			'proxy_ssl_server_name       on;',
			'proxy_pass_request_headers  on;',
			'proxy_pass_request_body     off;',
			'proxy_set_header            Content-Length          "";',
			'proxy_set_header            X-Forwarded-Proto       "";',
			'proxy_set_header            X-Request-ID            $req_id;',
			'',
			...when(
				auth.method,
				`proxy_method                ${auth.method};`,
				'proxy_set_header            X-Original-URI          $request_uri;',
				'proxy_set_header            X-Scheme                $pass_access_scheme;',
			),
			`proxy_set_header            Host                    ${auth.host || (/^\w+:\/\/([^/?]+)/.exec(auth.url)?.[1] ?? '$host')};`,
			'proxy_set_header            X-Original-URL          $scheme://$http_host$request_uri;',
			'proxy_set_header            X-Original-Method       $request_method;',
			'proxy_set_header            X-Sent-From             "nginx-ingress-controller";',
			'proxy_set_header            X-Real-IP               $remote_addr;',
			`proxy_set_header            X-Forwarded-For         ${options.useForwardedHeaders && options.computeFullForwardedFor ? '$full_x_forwarded_for' : '$remote_addr'};`,
			`proxy_set_header            X-Auth-Request-Redirect ${auth.requestRedirect || '$request_uri'};`,
			...Object.entries(auth.proxySetHeaders).map(([name, value]) => `proxy_set_header '${name}' '${value}';`),
			'',
			'proxy_http_version          1.1;',
			`client_max_body_size        ${location.proxy.bodySize};`,
			'',
			...when(auth.snippet, auth.snippet, ''),
			`set $target ${auth.url};`,
			'proxy_pass $target;',
		),
		'',
	];
}

export const mirrorLocation = ({mirror}: Location): readonly Line[] =>
	mirror
		? [
				block(
					`location = ${mirror.source}`,
					'internal;',
					`proxy_pass_request_body ${mirror.requestBody};`,
					...when(mirror.requestBody === 'off', 'proxy_set_header Content-Length "";'),
					`proxy_set_header Host "${mirror.host}";`,
					`proxy_pass "${mirror.target}";`,
				),
				'',
			]
		: [];

/** Whether a path begins as one of a comma-separated list does (no-tls-redirect-locations, no-auth-locations). */
const inList = (path: string, list: string): boolean => list.split(',').some(each => each.trim() !== '' && path.startsWith(each.trim()));

interface Around {
	readonly given: Arguments;
	/** All locations of the server are patterns. */
	readonly regex: boolean;
}

export function locationBlock(location: Location, server: Server, configuration: Configuration, {given, regex}: Around): Line {
	const {options, proxySetHeaders} = configuration;
	const {service, backend, ingress} = location;
	const auth = authOf(location, options);
	return block(
		`location ${locationHead(location, regex)}`,
		'',
		...aligned(
			[
				['set $namespace', JSON.stringify(ingress?.namespace ?? '')],
				['set $ingress_name', JSON.stringify(ingress?.name ?? '')],
				['set $service_name', JSON.stringify(service.name)],
				['set $service_port', JSON.stringify(service.port)],
				['set $location_path', JSON.stringify((location.ingressPath || location.path).replaceAll('$', `${'$'}{literal_dollar}`))],
			],
			19,
		),
		'set $global_rate_limit_exceeding n;',
		'',
		luaRewrite(location, options),
		'',
		block('header_filter_by_lua_block', 'lua_ingress.header()', 'plugins.run()'),
		'',
		block('log_by_lua_block', 'balancer.log()', ...when(isOn(given, 'enable-metrics'), 'monitor.call()'), '', 'plugins.run()'),
		'',
		...when(!location.logs.access, 'access_log off;', ''),
		...when(location.logs.rewrite, 'rewrite_log on;', ''),
		`port_in_redirect ${onOff(location.usePortInRedirects)};`,
		'',
		'set $balancer_ewma_score -1;',
		`set $proxy_upstream_name "${backend}";`,
		'set $proxy_host          $proxy_upstream_name;',
		'set $pass_access_scheme  $scheme;',
		'',
		'set $pass_server_port    $server_port;',
		'',
		'set $best_http_host      $http_host;',
		'set $pass_port           $pass_server_port;',
		'',
		'set $proxy_alternative_upstream_name "";',
		'',
		...(location.denied === undefined
			? [
					...accessLines(location, auth && {auth, path: authPath(location)}, inList(location.path, options.noAuthLocations)),
					...limitLines(location),
					...corsLines(location),
					...redirectLines(location),
					...proxyLines(location, server, options, proxySetHeaders),
				]
			: [`# Location denied. Reason: ${JSON.stringify(location.denied)}`, 'return 503;']),
	);
}

function luaRewrite(location: Location, options: Options): Line {
	const {rewrite, usePortInRedirects, path} = location;
	const exempt = inList(path, options.noTlsRedirectLocations);
	return block(
		'rewrite_by_lua_block',
		'lua_ingress.rewrite({',
		`\tforce_ssl_redirect = ${rewrite.forceSslRedirect},`,
		`\tssl_redirect = ${rewrite.sslRedirect},`,
		`\tforce_no_ssl_redirect = ${exempt},`,
		`\tpreserve_trailing_slash = ${rewrite.preserveTrailingSlash},`,
		`\tuse_port_in_redirects = ${usePortInRedirects},`,
		'\tglobal_throttle = { namespace = "", limit = 0, window_size = 0, key = { }, ignored_cidrs = { } },',
		'})',
		'balancer.rewrite()',
		'plugins.run()',
	);
}

const redirectLines = ({redirect}: Location): readonly Line[] => [
	...when(redirect.relative, 'absolute_redirect off;', ''),
	...when(redirect.url, block('if ($uri ~* /)', `return ${redirect.code} ${redirect.url};`), ''),
];
