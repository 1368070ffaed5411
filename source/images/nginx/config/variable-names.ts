import type {Block} from './levels.js';

/** nginx's own (the modules of the official image). */
const own = new Set(
	`ancient_browser args binary_remote_addr body_bytes_sent bytes_received bytes_sent connection connection_requests connection_time connections_active
	connections_reading connections_waiting connections_writing content_length content_type date_gmt date_local document_root document_uri fastcgi_path_info
	fastcgi_script_name gzip_ratio host hostname http2 http3 https invalid_referer is_args limit_conn_status limit_rate limit_req_status memcached_key
	modern_browser msec msie nginx_version pid pipe protocol proxy_add_x_forwarded_for proxy_host proxy_internal_body_length proxy_internal_chunked proxy_port
	proxy_protocol_addr proxy_protocol_port proxy_protocol_server_addr proxy_protocol_server_port query_string realip_remote_addr realip_remote_port
	realpath_root remote_addr remote_port remote_user request request_body request_body_file request_completion request_filename request_id request_length
	request_method request_port request_time request_uri scheme secure_link secure_link_expires server_addr server_name server_port server_protocol slice_range
	ssl_alpn_protocol ssl_cipher ssl_ciphers ssl_client_cert ssl_client_escaped_cert ssl_client_fingerprint ssl_client_i_dn ssl_client_i_dn_legacy
	ssl_client_raw_cert ssl_client_s_dn ssl_client_s_dn_legacy ssl_client_serial ssl_client_v_end ssl_client_v_remain ssl_client_v_start ssl_client_verify
	ssl_curve ssl_curves ssl_early_data ssl_protocol ssl_server_name ssl_session_id ssl_session_reused status tcpinfo_rcv_space tcpinfo_rtt tcpinfo_rttvar
	tcpinfo_snd_cwnd time_iso8601 time_local uid_got uid_reset uid_set upstream_addr upstream_bytes_received upstream_bytes_sent upstream_cache_age
	upstream_cache_last_modified upstream_cache_etag upstream_cache_status upstream_connect_time upstream_first_byte_time upstream_header_time
	upstream_last_server_name upstream_queue_time upstream_response_length upstream_response_time upstream_session_time upstream_status uri`.split(
		/\s+/,
	),
);
const families = /^(arg|http|cookie|sent_http|sent_trailer|upstream_http|upstream_cookie|upstream_trailer|proxy_protocol_tlv)_|^\d$|^js_/;
/** Variables that a `set` may write though nginx made them. */
const changeable = new Set(['args', 'limit_rate']);

export const maySet = (name: string): boolean => !own.has(name) || changeable.has(name);

/** Directives whose words may hold variables. */
const taking =
	/^(return|rewrite|set|if|add_header|add_trailer|root|alias|index|try_files|error_page|auth_basic|auth_basic_user_file|auth_request_set|log_format|map|split_clients|limit_req_zone|limit_conn_zone|hash|expires|sub_filter|mirror|limit_rate|proxy_(pass|set_header|set_body|method|redirect|cookie_domain|cookie_path|ssl_name|bind|cache_key))$/;

/** The first variable that is read and that nobody makes; undefined when there is none. */
export function unknownVariable(http: Block): string | undefined {
	const made = new Set<string>();
	const read: string[] = [];
	collect(http, made, read);
	return read.find(name => !own.has(name) && !families.test(name) && !made.has(name));
}

/** `set` of what is made stands before the reads of the same block, or after: both will do. */
function collect(block: Block, made: Set<string>, read: string[]): void {
	for (const {name, args, block: inner} of block) {
		const maker = ['set', 'auth_request_set', 'set_escape_uri'].includes(name)
			? args[0]
			: ['map', 'geo', 'split_clients'].includes(name)
				? args.at(-1)
				: undefined;
		if (maker !== undefined) made.add(maker.replace(/^\$/, ''));
		for (const text of args) {
			for (const [, group] of text.matchAll(/\(\?P?<(\w+)>/g)) made.add(group!);
			if (!taking.test(name) || text === maker) continue;
			for (const [, braced, bare] of text.matchAll(/\$(?:\{(\w+)\}|(\d|[A-Za-z_]\w*))/g)) read.push((braced ?? bare)!);
		}
		if (name === 'map') for (const entry of inner ?? []) for (const [, group] of entry.name.matchAll(/\(\?P?<(\w+)>/g)) made.add(group!);
		else if (inner) collect(inner, made, read);
	}
}
