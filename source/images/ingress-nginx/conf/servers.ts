import type {Arguments} from '../arguments.js';
import type {CertificateAuth, Configuration, Location, Server} from '../configuration.js';
import type {Options} from '../options.js';
import {defaultServer} from '../compile/view.js';
import {errorLocations} from './error-locations.js';
import {block, type Line, when} from './lines.js';
import {authLocation, locationBlock, mirrorLocation, needsRegex} from './location.js';

/** Redirects between `www.` and the plain name, then every server between its marks. */
export const serverBlocks = (configuration: Configuration, given: Arguments): readonly Line[] => [
	...configuration.redirects.flatMap(({from, to}): Line[] => [redirectServer(from, to, given, configuration.options.useHttp2), '']),
	...configuration.servers.flatMap((server): Line[] => [
		`## start server ${server.hostname}`,
		serverBlock(server, configuration, given),
		`## end server ${server.hostname}`,
		'',
	]),
];

/** buildServerName: one label, so that `*.foo.com` is not a name of a.b.foo.com. */
const serverName = (hostname: string): string =>
	hostname.startsWith('*.') ? `~^(?<subdomain>[\\w-]+)${hostname.slice(1).replaceAll('.', '\\.')}$` : hostname;

const appRoot = ({rewrite}: Location): readonly Line[] =>
	when(rewrite.appRoot, block('if ($uri = /)', `return 302 $scheme://$http_host${rewrite.appRoot};`), '');

const listens = (given: Arguments, more = ''): readonly Line[] => [
	`listen ${given['http-port']} ${more} ;`,
	`listen [::]:${given['http-port']} ${more} ;`,
	`listen ${given['https-port']} ${more} ssl;`,
	`listen [::]:${given['https-port']} ${more} ssl;`,
];

const certificateBlock: readonly Line[] = [
	'ssl_reject_handshake off;',
	'',
	block('ssl_certificate_by_lua_block', 'certificate.call()'),
	'',
];

const redirectServer = (from: string, to: string, given: Arguments, http2: boolean): Line =>
	block(
		'server',
		`server_name ${from};`,
		'',
		...when(http2, 'http2 on;', ''),
		listens(given),
		'',
		certificateBlock,
		`set $redirect_to "${to}";`,
		'',
		block('rewrite_by_lua_block', 'lua_ingress.rewrite_to(ngx.var.redirect_to)'),
	);

function serverBlock(server: Server, configuration: Configuration, given: Arguments): Line {
	const {hostname, aliases, locations, serverSnippet, sslCiphers, sslPreferServerCiphers} = server;
	const {options} = configuration;
	const isDefault = hostname === defaultServer;
	const regex = needsRegex(server);
	return block(
		'server',
		`server_name ${[serverName(hostname), ...aliases].join(' ')} ;`,
		'',
		...when(options.useHttp2, 'http2 on;', ''),
		...listens(given, isDefault ? 'default_server reuseport backlog=4096' : ''),
		'',
		'set $proxy_upstream_name "-";',
		'',
		...when(options.blockUserAgents.length > 0, block('if ($block_ua)', 'return 403;'), ''),
		...when(options.blockReferers.length > 0, block('if ($block_ref)', 'return 403;'), ''),
		...when(isDefault && options.sslRejectHandshake, 'ssl_reject_handshake on;', ''),
		...(isDefault && options.sslRejectHandshake ? [] : certificateBlock),
		...clientCertificates(server),
		...when(sslCiphers, `ssl_ciphers                             ${sslCiphers};`, ''),
		...when(sslPreferServerCiphers, `ssl_prefer_server_ciphers               ${sslPreferServerCiphers};`, ''),
		...when(serverSnippet, '# Custom code snippet configured for host', serverSnippet, ''),
		...when(options.serverSnippet, options.serverSnippet, ''),
		...errorLocations(server, options),
		...locations.flatMap((location): Line[] => [
			...appRoot(location),
			...authLocation(location, options),
			...mirrorLocation(location),
			locationBlock(location, server, configuration, {given, regex}),
			'',
		]),
		...(isDefault ? healthLocations(given) : []),
	);
}

export const authorityPath = ({secret}: CertificateAuth): string => `/etc/ingress-controller/ssl/ca-${secret.replace('/', '-')}.pem`;

function clientCertificates({certificateAuth}: Server): readonly Line[] {
	if (!certificateAuth || (certificateAuth.caPem === '' && !certificateAuth.error)) return [];
	const {verifyClient, validationDepth, errorPage, error, matchCommonName} = certificateAuth;
	if (error) return ['return 403;', ''];
	return [
		`ssl_client_certificate                  ${authorityPath(certificateAuth)};`,
		`ssl_verify_client                       ${verifyClient};`,
		`ssl_verify_depth                        ${validationDepth};`,
		...when(errorPage, `error_page 495 496 = ${errorPage};`),
		...when(matchCommonName, block(`if ( $ssl_client_s_dn !~ ${matchCommonName} )`, 'return 403 "client certificate unauthorized";')),
		'',
	];
}

const healthLocations = (given: Arguments): readonly Line[] => [
	block(`location ${given['health-check-path']}`, 'access_log off;', 'return 200;'),
	'',
	block('location /nginx_status', 'allow 127.0.0.1;', 'allow ::1;', 'deny all;', '', 'access_log off;', 'stub_status on;'),
	'',
];

/** The backend of those who have none, and the server that the controller talks to. */
export function defaultServers({options}: Configuration, given: Arguments): readonly Line[] {
	return [
		block(
			'server',
			`listen ${given['default-server-port']} default_server reuseport backlog=4096;`,
			'',
			'set $proxy_upstream_name "internal";',
			'',
			'access_log off;',
			'',
			block('location /', 'return 404;'),
		),
		'',
		statusServer(options, given),
	];
}

const statusServer = (options: Options, given: Arguments): Line =>
	block(
		'server',
		`listen 127.0.0.1:${given['status-port']};`,
		'set $proxy_upstream_name "internal";',
		'',
		'keepalive_timeout 0;',
		'gzip off;',
		'',
		'access_log off;',
		'',
		block(`location ${given['health-check-path']}`, 'return 200;'),
		'',
		block('location /is-dynamic-lb-initialized', block('content_by_lua_block', 'lua_ingress.is_dynamic_lb_initialized()')),
		'',
		block('location /nginx_status', 'stub_status on;'),
		'',
		block(
			'location /configuration',
			'client_max_body_size                    21M;',
			'client_body_buffer_size                 21M;',
			`proxy_buffering                         ${options.proxy.buffering};`,
			'',
			block('content_by_lua_block', 'configuration.call()'),
		),
		'',
		block('location /', 'return 404;'),
	);
