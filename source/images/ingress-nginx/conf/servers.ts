import type {Arguments} from '../arguments.js';
import type {Configuration, Server} from '../configuration.js';
import type {Options} from '../options.js';
import {defaultServer} from '../compile/view.js';
import {block, type Line, when} from './lines.js';
import {authLocation, locationBlock, mirrorLocation, needsRegex} from './location.js';

/** Redirects between `www.` and the plain name, then every server between its marks. */
export const serverBlocks = (configuration: Configuration, given: Arguments): readonly Line[] => [
	...configuration.redirects.flatMap(({from, to}): Line[] => [redirectServer(from, to, given), '']),
	...configuration.servers.flatMap((server): Line[] => [
		`## start server ${server.hostname}`,
		serverBlock(server, configuration, given),
		`## end server ${server.hostname}`,
		'',
	]),
];

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

const redirectServer = (from: string, to: string, given: Arguments): Line =>
	block(
		'server',
		`server_name ${from};`,
		'',
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
		`server_name ${[hostname, ...aliases].join(' ')} ;`,
		'',
		...when(options.useHttp2, 'http2 on;', ''),
		...listens(given, isDefault ? 'default_server reuseport backlog=4096' : ''),
		'',
		'set $proxy_upstream_name "-";',
		'',
		...when(isDefault && options.sslRejectHandshake, 'ssl_reject_handshake on;', ''),
		...(isDefault && options.sslRejectHandshake ? [] : certificateBlock),
		...clientCertificates(server),
		...when(sslCiphers, `ssl_ciphers                             ${sslCiphers};`, ''),
		...when(sslPreferServerCiphers, `ssl_prefer_server_ciphers               ${sslPreferServerCiphers};`, ''),
		...when(serverSnippet, '# Custom code snippet configured for host', serverSnippet, ''),
		...when(options.serverSnippet, options.serverSnippet, ''),
		...locations.flatMap((location): Line[] => [
			...authLocation(location, options),
			...mirrorLocation(location),
			locationBlock(location, server, configuration, regex),
			'',
		]),
		...(isDefault ? healthLocations(given) : []),
	);
}

function clientCertificates({certificateAuth}: Server): readonly Line[] {
	if (!certificateAuth || (certificateAuth.caPem === '' && !certificateAuth.error)) return [];
	const {secret, verifyClient, validationDepth, errorPage, error} = certificateAuth;
	if (error) return ['return 403;', ''];
	return [
		`ssl_client_certificate                  /etc/ingress-controller/ssl/ca-${secret.replace('/', '-')}.pem;`,
		`ssl_verify_client                       ${verifyClient};`,
		`ssl_verify_depth                        ${validationDepth};`,
		...when(errorPage, `error_page 495 496 = ${errorPage};`),
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
