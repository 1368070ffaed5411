import type {Arguments} from '../arguments.js';
import type {Configuration, Stream} from '../configuration.js';
import {block, type Line} from './lines.js';

/** Services below HTTP. */
export function streamBlock({options, streams}: Configuration, given: Arguments, resolver: readonly Line[]): Line {
	return block(
		'stream',
		'lua_package_path "/etc/nginx/lua/?.lua;/etc/nginx/lua/vendor/?.lua;;";',
		'',
		'lua_shared_dict tcp_udp_configuration_data 5M;',
		'',
		...resolver,
		`log_format log_stream '${options.logFormatStream}';`,
		'',
		options.disableAccessLog ? 'access_log off;' : `access_log ${options.accessLogPath} log_stream ;`,
		'',
		`error_log  ${options.errorLogPath} ${options.errorLogLevel};`,
		'',
		block('upstream upstream_balancer', 'server 0.0.0.1:1234; # placeholder', block('balancer_by_lua_block', 'tcp_udp_balancer.balance()')),
		'',
		block(
			'server',
			`listen 127.0.0.1:${given['stream-port']};`,
			'',
			'access_log off;',
			'',
			block('content_by_lua_block', 'tcp_udp_configuration.call()'),
		),
		...streams.flatMap((stream): Line[] => ['', streamServer(stream)]),
	);
}

function streamServer({protocol, port, service, proxyProtocol}: Stream): Line {
	const name = `${protocol.toLowerCase()}-${service.namespace}-${service.name}-${service.port}`;
	const listen = `${port}${protocol === 'UDP' ? ' udp' : ''}${proxyProtocol.decode ? ' proxy_protocol' : ''}`;
	return block(
		'server',
		block('preread_by_lua_block', `ngx.var.proxy_upstream_name="${name}";`),
		'',
		`listen                  ${listen};`,
		'proxy_timeout           600s;',
		'proxy_next_upstream     on;',
		'proxy_next_upstream_timeout 600s;',
		'proxy_next_upstream_tries   3;',
		'',
		'proxy_pass              upstream_balancer;',
		...(proxyProtocol.encode ? ['proxy_protocol          on;'] : []),
	);
}
