import {defaultUpstream} from '../compile/draft.js';
import type {Location, Server} from '../configuration.js';
import {nextUpstreamOf, type Options} from '../options.js';
import {errorHeaders, errorPage} from './error-locations.js';
import {aligned, type Line, when} from './lines.js';

const schemes: Readonly<Record<Location['backendProtocol'], readonly [directive: string, scheme: string]>> = {
	HTTP: ['proxy_pass', 'http://'],
	HTTPS: ['proxy_pass', 'https://'],
	AUTO_HTTP: ['proxy_pass', '$scheme://'],
	GRPC: ['grpc_pass', 'grpc://'],
	GRPCS: ['grpc_pass', 'grpcs://'],
	FCGI: ['fastcgi_pass', ''],
};

/** Headers for the upstream, time limits, buffers, and where it all goes. */
export function proxyLines(location: Location, server: Server, options: Options, more: Readonly<Record<string, string>>): readonly Line[] {
	const {proxy, clientBodyBufferSize, upstreamVhost, customHeaders, configurationSnippet} = location;
	const verb = location.backendProtocol.startsWith('GRPC') ? 'grpc_set_header' : 'proxy_set_header';
	const forwarded = options.useForwardedHeaders && options.computeFullForwardedFor ? '$full_x_forwarded_for' : '$remote_addr';
	return [
		`client_max_body_size                    ${proxy.bodySize};`,
		...when(clientBodyBufferSize, `client_body_buffer_size                 ${clientBodyBufferSize};`),
		'',
		`${verb} Host                   ${upstreamVhost ? JSON.stringify(upstreamVhost) : '$best_http_host'};`,
		'',
		...clientHeaders(server, verb),
		`${verb}                        Upgrade           $http_upgrade;`,
		`${verb}                        Connection        ${location.connectionHeader || '$connection_upgrade'};`,
		'',
		...headers(verb, forwarded, options),
		...Object.entries(more).map(([name, value]) => `${verb} ${name}                    ${JSON.stringify(value)};`),
		'',
		...timing(location, options),
		'',
		...Object.entries(customHeaders).map(([name, value]) => `more_set_headers ${JSON.stringify(`${name}: ${value}`)};`),
		...when(configurationSnippet, configurationSnippet, ''),
		...when(options.locationSnippet, options.locationSnippet, ''),
		...(location.backend.startsWith('custom-default-backend-') ? errorHeaders(503) : []),
		...when(location.mirror, `mirror ${location.mirror?.source};`, `mirror_request_body ${location.mirror?.requestBody};`, ''),
		...errorPages(location),
		...passLines(location, verb),
	];
}

const clientHeaders = ({certificateAuth}: Server, verb: string): readonly Line[] =>
	certificateAuth && certificateAuth.caPem !== ''
		? [
				...when(certificateAuth.passCertToUpstream, `${verb} ssl-client-cert        $ssl_client_escaped_cert;`),
				`${verb} ssl-client-verify      $ssl_client_verify;`,
				`${verb} ssl-client-subject-dn  $ssl_client_s_dn;`,
				`${verb} ssl-client-issuer-dn   $ssl_client_i_dn;`,
				'',
			]
		: [];

const headers = (verb: string, forwarded: string, options: Options): readonly Line[] => [
	`${verb} X-Request-ID           $req_id;`,
	`${verb} X-Real-IP              $remote_addr;`,
	'',
	`${verb} X-Forwarded-For        ${forwarded};`,
	'',
	`${verb} X-Forwarded-Host       $best_http_host;`,
	`${verb} X-Forwarded-Port       $pass_port;`,
	`${verb} X-Forwarded-Proto      $pass_access_scheme;`,
	`${verb} X-Forwarded-Scheme     $pass_access_scheme;`,
	'',
	`${verb} X-Scheme               $pass_access_scheme;`,
	...when(options.proxyAddOriginalUriHeader, '', `${verb} X-Original-URI         $request_uri;`),
	'',
	`${verb} X-Original-Forwarded-For $http_${options.forwardedForHeader.toLowerCase().replaceAll('-', '_')};`,
	'',
	`${verb} Proxy                  "";`,
];

const timing = ({proxy}: Location, options: Options): readonly Line[] =>
	aligned(
		[
			['proxy_connect_timeout', `${proxy.connectTimeout}s`],
			['proxy_send_timeout', `${proxy.sendTimeout}s`],
			['proxy_read_timeout', `${proxy.readTimeout}s`],
			['proxy_buffering', proxy.buffering],
			['proxy_buffer_size', proxy.bufferSize],
			['proxy_buffers', `${proxy.buffersNumber} ${proxy.bufferSize}`],
			...(proxy.busyBuffersSize ? ([['proxy_busy_buffers_size', proxy.busyBuffersSize]] as const) : []),
			['proxy_max_temp_file_size', proxy.maxTempFileSize],
			['proxy_request_buffering', proxy.requestBuffering],
			['proxy_http_version', proxy.httpVersion],
			['proxy_cookie_domain', proxy.cookieDomain],
			['proxy_cookie_path', proxy.cookiePath],
			['proxy_next_upstream', nextUpstreamOf(options, proxy)],
			['proxy_next_upstream_timeout', proxy.nextUpstreamTimeout],
			['proxy_next_upstream_tries', proxy.nextUpstreamTries],
		],
		39,
	);

const errorPages = ({customHttpErrors, disableProxyInterceptErrors, defaultBackendUpstream}: Location): readonly Line[] => [
	...when(customHttpErrors.length > 0 && !disableProxyInterceptErrors, 'proxy_intercept_errors on;', ''),
	...customHttpErrors.map(code => `error_page ${code} = ${errorPage(defaultBackendUpstream, code)};`),
];

function passLines({path, rewrite, backend, backendProtocol, proxy, xForwardedPrefix}: Location, verb: string): readonly Line[] {
	const [directive, scheme] = backend === defaultUpstream ? schemes.HTTP : schemes[backendProtocol];
	const rewrites = rewrite.target !== '' && rewrite.target !== path;
	const {redirectFrom, redirectTo} = proxy;
	const plain = redirectFrom === 'off' || redirectFrom === 'default';
	return [
		...when(rewrites, `rewrite "(?i)${path}" ${rewrite.target} break;`),
		...when(rewrites && xForwardedPrefix, `${verb} X-Forwarded-Prefix ${JSON.stringify(xForwardedPrefix)};`),
		`${directive} ${scheme}upstream_balancer;`,
		'',
		...when(
			plain || redirectTo !== 'off',
			`proxy_redirect                          ${plain ? redirectFrom : `${redirectFrom} ${redirectTo}`};`,
		),
	];
}
