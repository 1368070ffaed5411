const words = (text: string) => new Set(text.split(/\s+/).filter(Boolean));

/** Acted upon, or without effect on what a client sees. */
export const simulatedDirectives = words(`
	user worker_processes error_log pid events worker_connections http include default_type log_format access_log sendfile tcp_nopush tcp_nodelay keepalive_timeout gzip types server
	listen server_name location root alias index return error_page add_header try_files proxy_pass rewrite charset autoindex deny allow server_tokens client_max_body_size
	proxy_set_header proxy_http_version proxy_read_timeout proxy_connect_timeout proxy_send_timeout proxy_buffering upstream worker_rlimit_nofile multi_accept use types_hash_max_size
	daemon master_process internal set keepalive_requests server_names_hash_bucket_size resolver stub_status gzip_types gzip_min_length gzip_comp_level gzip_vary gzip_proxied
	log_not_found expires etag if_modified_since lingering_close reset_timedout_connection ssl_protocols ssl_ciphers ssl_prefer_server_ciphers ssl_session_cache ssl_session_timeout
	ssl_certificate ssl_certificate_key proxy_redirect proxy_hide_header ssl_reject_handshake http2 if map split_clients break ip_hash hash random least_conn
	keepalive zone load_module js_content js_import js_preload_object proxy_headers_hash_bucket_size proxy_headers_hash_max_size server_names_hash_max_size
	variables_hash_bucket_size variables_hash_max_size map_hash_bucket_size map_hash_max_size worker_shutdown_timeout mgmt`);

/** And these nginx knows, but nothing here does what they say. */
export const knownDirectives = new Set([
	...simulatedDirectives,
	...words(`
	if map geo split_clients limit_req limit_req_zone limit_conn limit_conn_zone auth_basic auth_basic_user_file satisfy auth_request ssl
	sub_filter sub_filter_once sub_filter_types mirror proxy_cache proxy_cache_path proxy_cache_valid proxy_cache_key proxy_cookie_path proxy_next_upstream proxy_hide_header
	proxy_pass_header proxy_ssl_verify fastcgi_pass fastcgi_index fastcgi_param uwsgi_pass grpc_pass stream mail limit_rate real_ip_header set_real_ip_from real_ip_recursive
	client_body_timeout client_header_timeout client_body_buffer_size client_header_buffer_size large_client_header_buffers open_file_cache open_file_cache_valid
	least_conn ip_hash hash random keepalive zone load_module env thread_pool break last valid_referers http2 quic ssl_verify_client ssl_client_certificate default
	limit_except dav_methods merge_slashes port_in_redirect absolute_redirect server_name_in_redirect msie_padding recursive_error_pages uninitialized_variable_warn js_import perl perl_set`),
]);
