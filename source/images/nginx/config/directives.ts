import {rulesOf} from './directive-table.js';

const words = (text: string) => new Set(text.split(/\s+/).filter(Boolean));

/** Acted upon, or without effect on what a client sees. */
export const simulatedDirectives = words(`
	limit_except user worker_processes error_log pid events worker_connections http include default_type log_format access_log sendfile tcp_nopush tcp_nodelay keepalive_timeout gzip types server
	listen server_name location root alias index return error_page add_header try_files proxy_pass rewrite charset autoindex deny allow server_tokens client_max_body_size
	proxy_set_header proxy_http_version proxy_read_timeout proxy_connect_timeout proxy_send_timeout proxy_buffering upstream worker_rlimit_nofile multi_accept use types_hash_max_size
	daemon master_process internal set keepalive_requests server_names_hash_bucket_size resolver stub_status gzip_types gzip_min_length gzip_comp_level gzip_vary gzip_proxied
	log_not_found expires etag if_modified_since lingering_close reset_timedout_connection ssl_protocols ssl_ciphers ssl_prefer_server_ciphers ssl_session_cache ssl_session_timeout
	ssl_certificate ssl_certificate_key proxy_redirect proxy_hide_header ssl_reject_handshake http2 if map split_clients break ip_hash hash random least_conn
	keepalive zone load_module js_content js_import js_preload_object proxy_headers_hash_bucket_size proxy_headers_hash_max_size server_names_hash_max_size
	variables_hash_bucket_size variables_hash_max_size map_hash_bucket_size map_hash_max_size worker_shutdown_timeout mgmt
	geo limit_req limit_req_zone limit_req_status limit_conn limit_conn_zone limit_conn_status auth_basic auth_basic_user_file satisfy auth_request auth_request_set mirror
	mirror_request_body proxy_method proxy_pass_request_headers proxy_pass_request_body proxy_intercept_errors proxy_next_upstream proxy_next_upstream_tries
	proxy_next_upstream_timeout proxy_cookie_domain proxy_cookie_path proxy_pass_header proxy_request_buffering proxy_buffers proxy_buffer_size proxy_busy_buffers_size
	proxy_max_temp_file_size proxy_ssl_server_name real_ip_header set_real_ip_from real_ip_recursive absolute_redirect port_in_redirect server_name_in_redirect
	large_client_header_buffers client_header_buffer_size client_header_timeout client_body_timeout client_body_buffer_size underscores_in_headers ignore_invalid_headers
	ssl_verify_client ssl_verify_depth ssl_client_certificate log_subrequest recursive_error_pages rewrite_log uninitialized_variable_warn 
	ssl_session_tickets ssl_buffer_size ssl_ecdh_curve ssl_early_data gzip_http_version resolver_timeout sub_filter sub_filter_once sub_filter_types sub_filter_last_modified
	aio aio_write client_body_temp_path proxy_temp_path fastcgi_temp_path http2_max_concurrent_streams proxy_ssl_session_reuse keepalive_time`);

/** Of modules that are loaded beside those of the table. */
const ofOtherModules = words('js_content js_import js_preload_object mgmt');

/** Whether nginx, with the modules that it may have here, has such a directive. */
export const isKnown = (name: string): boolean => rulesOf(name).length > 0 || ofOtherModules.has(name);

/** Of modules that the official image lacks, and nginx of ingress-nginx has; simulated. */
export const thirdPartyDirectives = words('more_set_headers more_clear_headers set_escape_uri');
