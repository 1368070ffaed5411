import type {Arguments} from '../arguments.js';
import type {Configuration} from '../configuration.js';
import type {Options} from '../options.js';
import {defaultUpstream} from '../compile/draft.js';
import {errorPage} from './error-locations.js';
import {aligned, block, type Line, onOff, when} from './lines.js';

const dictionaries: ReadonlyArray<readonly [name: string, size: string]> = [
	['balancer_ewma', '10M'],
	['balancer_ewma_last_touched_at', '10M'],
	['balancer_ewma_locks', '1M'],
	['certificate_data', '20M'],
	['certificate_servers', '5M'],
	['configuration_data', '20M'],
	['global_throttle_cache', '10M'],
	['ocsp_response_cache', '5M'],
];

const modules = ['lua_ingress', 'configuration', 'balancer', 'monitor', 'certificate', 'plugins'];

/** Everything of `http` before the servers. */
export function httpLines({options, addHeaders, backends}: Configuration, given: Arguments, resolver: readonly Line[]): readonly Line[] {
	return [
		'lua_package_path "/etc/nginx/lua/?.lua;;";',
		'',
		...dictionaries.map(([name, size]) => `lua_shared_dict ${name} ${size};`),
		'',
		luaStart(options, given),
		'',
		block('init_worker_by_lua_block', 'lua_ingress.init_worker()', 'balancer.init_worker()', 'monitor.init_worker(10000)', 'plugins.run()'),
		'',
		...realIp(options),
		...aligned(transfer, 22),
		'',
		`keepalive_timeout  ${options.keepAlive}s;`,
		`keepalive_requests ${options.keepAliveRequests};`,
		'',
		...aligned(temporaryPaths),
		'',
		...clientLimits(options),
		'',
		'http2_max_concurrent_streams    128;',
		'',
		...aligned(hashes),
		'',
		`underscores_in_headers          ${onOff(options.enableUnderscoresInHeaders)};`,
		`ignore_invalid_headers          ${onOff(options.ignoreInvalidHeaders)};`,
		'',
		`limit_req_status                ${options.limitReqStatusCode};`,
		`limit_conn_status               ${options.limitConnStatusCode};`,
		'',
		'include /etc/nginx/mime.types;',
		`default_type ${options.defaultType};`,
		'',
		...gzip(options),
		...Object.entries(addHeaders).map(([name, value]) => `more_set_headers ${JSON.stringify(`${name}: ${value}`)};`),
		`server_tokens ${onOff(options.showServerTokens)};`,
		...when(!options.showServerTokens && !options.allowBackendServerHeader, 'more_clear_headers Server;'),
		'',
		'uninitialized_variable_warn off;',
		'',
		...logging(options),
		'',
		...resolver,
		...maps(options, given),
		...tls(options),
		...when(
			backends.length > 0 && options.customHttpErrors.length > 0 && !options.disableProxyInterceptErrors,
			'proxy_intercept_errors on;',
			'',
		),
		...options.customHttpErrors.map(code => `error_page ${code} = ${errorPage(defaultUpstream, code)};`),
		'proxy_ssl_session_reuse on;',
		'',
		...when(options.allowBackendServerHeader, 'proxy_pass_header Server;', ''),
		...options.hideHeaders.map(header => `proxy_hide_header ${header};`),
		...when(options.httpSnippet, options.httpSnippet, ''),
		upstream(options),
		'',
	];
}

function luaStart(options: Options, given: Arguments): Line {
	const settings = [
		`use_forwarded_headers = ${options.useForwardedHeaders},`,
		`use_proxy_protocol = ${options.useProxyProtocol},`,
		`is_ssl_passthrough_enabled = ${given['enable-ssl-passthrough']},`,
		`http_redirect_code = ${options.httpRedirectCode},`,
		`listen_ports = { ssl_proxy = "${given['ssl-passthrough-proxy-port']}", https = "${given['https-port']}" },`,
		'',
		`hsts = ${options.hsts},`,
		`hsts_max_age = ${options.hstsMaxAge},`,
		`hsts_include_subdomains = ${options.hstsIncludeSubdomains},`,
		`hsts_preload = ${options.hstsPreload},`,
	];
	return block(
		'init_by_lua_block',
		'collectgarbage("collect")',
		...modules.flatMap(name => [
			'',
			`local ok, res = pcall(require, "${name}")`,
			`if not ok then error("require failed: " .. tostring(res)) else ${name} = res end`,
		]),
		'',
		'lua_ingress.set_config({',
		...settings.map(line => line && `\t${line}`),
		'})',
	);
}

const realIp = (options: Options): readonly Line[] =>
	when(
		options.useForwardedHeaders || options.useProxyProtocol || options.enableRealIp,
		`real_ip_header      ${options.useProxyProtocol ? 'proxy_protocol' : options.forwardedForHeader};`,
		'real_ip_recursive   on;',
		...options.proxyRealIpCidr.map(cidr => `set_real_ip_from    ${cidr};`),
		'',
	);

const transfer = [
	['aio', 'threads'],
	['aio_write', 'on'],
	['tcp_nopush', 'on'],
	['tcp_nodelay', 'on'],
	['log_subrequest', 'on'],
	['reset_timedout_connection', 'on'],
] as const;

const temporaryPaths = [
	['client_body_temp_path', '/tmp/nginx/client-body'],
	['fastcgi_temp_path', '/tmp/nginx/fastcgi-temp'],
	['proxy_temp_path', '/tmp/nginx/proxy-temp'],
] as const;

const clientLimits = (options: Options): readonly Line[] =>
	aligned([
		['client_header_buffer_size', options.clientHeaderBufferSize],
		['client_header_timeout', `${options.clientHeaderTimeout}s`],
		['large_client_header_buffers', options.largeClientHeaderBuffers],
		['client_body_buffer_size', options.clientBodyBufferSize],
		['client_body_timeout', `${options.clientBodyTimeout}s`],
	]);

const hashes = [
	['types_hash_max_size', 2048],
	['server_names_hash_max_size', 1024],
	['server_names_hash_bucket_size', 64],
	['map_hash_bucket_size', 64],
	['proxy_headers_hash_max_size', 512],
	['proxy_headers_hash_bucket_size', 64],
	['variables_hash_bucket_size', 256],
	['variables_hash_max_size', 2048],
] as const;

const gzip = (options: Options): readonly Line[] =>
	when(
		options.useGzip,
		'gzip on;',
		`gzip_comp_level ${options.gzipLevel};`,
		'gzip_http_version 1.1;',
		`gzip_min_length ${options.gzipMinLength};`,
		`gzip_types ${options.gzipTypes};`,
		'gzip_proxied any;',
		'gzip_vary on;',
		'',
	);

const logging = (options: Options): readonly Line[] => [
	`log_format upstreaminfo ${options.logFormatEscapeJson ? 'escape=json ' : ''}'${options.logFormatUpstream}';`,
	'',
	block('map $request_uri $loggable', ...options.skipAccessLogUrls.map(url => `${url} 0;`), '', 'default 1;'),
	'',
	options.disableAccessLog ? 'access_log off;' : `access_log ${options.accessLogPath} upstreaminfo  if=$loggable;`,
	'',
	`error_log  ${options.errorLogPath} ${options.errorLogLevel};`,
];

const map = (head: string, rows: ReadonlyArray<readonly [from: string, to: string]>): readonly Line[] => [
	block(`map ${head}`, aligned(rows, 16)),
	'',
];

const maps = (
	{generateRequestId, useForwardedHeaders, computeFullForwardedFor, upstreamKeepaliveConnections}: Options,
	given: Arguments,
): readonly Line[] => [
	...map('$http_upgrade $connection_upgrade', [
		['default', 'upgrade'],
		["''", upstreamKeepaliveConnections > 0 ? "''" : 'close'],
	]),
	...map('$http_x_request_id $req_id', [
		['default', '$http_x_request_id'],
		...(generateRequestId ? ([['""', '$request_id']] as const) : []),
	]),
	...when(
		useForwardedHeaders && computeFullForwardedFor,
		...map('$http_x_forwarded_for $full_x_forwarded_for', [
			['default', '"$http_x_forwarded_for, $realip_remote_addr"'],
			["''", '"$realip_remote_addr"'],
		]),
	),
	...map('$pass_server_port $pass_port', [
		[given['https-port'], '443'],
		['default', '$pass_server_port'],
	]),
	block('geo $literal_dollar', 'default "$";'),
	'',
	'server_name_in_redirect off;',
	'port_in_redirect        off;',
	'',
];

const tls = (options: Options): readonly Line[] => [
	`ssl_protocols ${options.sslProtocols};`,
	'',
	'ssl_early_data off;',
	'',
	'ssl_session_cache shared:SSL:10m;',
	'ssl_session_timeout 10m;',
	'',
	'ssl_session_tickets off;',
	'',
	'ssl_buffer_size 4k;',
	'',
	...when(options.sslCiphers, `ssl_ciphers '${options.sslCiphers}';`, 'ssl_prefer_server_ciphers on;', ''),
	'ssl_ecdh_curve auto;',
	'',
	'ssl_certificate     /etc/ingress-controller/ssl/default-fake-certificate.pem;',
	'ssl_certificate_key /etc/ingress-controller/ssl/default-fake-certificate.pem;',
	'',
];

const upstream = (options: Options): Line =>
	block(
		'upstream upstream_balancer',
		'server 0.0.0.1; # placeholder',
		'',
		block('balancer_by_lua_block', 'balancer.balance()'),
		...when(
			options.upstreamKeepaliveConnections > 0,
			'',
			`keepalive ${options.upstreamKeepaliveConnections};`,
			`keepalive_time ${options.upstreamKeepaliveTime};`,
			`keepalive_timeout  ${options.upstreamKeepaliveTimeout}s;`,
			`keepalive_requests ${options.upstreamKeepaliveRequests};`,
		),
	);
