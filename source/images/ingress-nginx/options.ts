import type {ExternalAuth, ProxySettings} from './location-settings.js';

/** Keys of the ConfigMap that change what a client, an upstream or a log sees (internal/ingress/controller/config/config.go), in camel case. */
export interface Options {
	readonly allowSnippetAnnotations: boolean;
	readonly allowBackendServerHeader: boolean;
	readonly annotationsRiskLevel: string;
	readonly annotationValueWordBlocklist: string;
	readonly strictValidatePathType: boolean;
	readonly accessLogPath: string;
	readonly errorLogPath: string;
	readonly errorLogLevel: string;
	readonly disableAccessLog: boolean;
	readonly enableAccessLogForDefaultBackend: boolean;
	readonly enableAuthAccessLog: boolean;
	readonly logFormatUpstream: string;
	readonly logFormatEscapeJson: boolean;
	readonly logFormatStream: string;
	readonly skipAccessLogUrls: readonly string[];
	readonly blockCidrs: readonly string[];
	readonly blockUserAgents: readonly string[];
	readonly blockReferers: readonly string[];
	readonly denylistSourceRange: readonly string[];
	readonly whitelistSourceRange: readonly string[];
	readonly clientHeaderBufferSize: string;
	readonly largeClientHeaderBuffers: string;
	readonly clientHeaderTimeout: number;
	readonly clientBodyBufferSize: string;
	readonly clientBodyTimeout: number;
	readonly enableUnderscoresInHeaders: boolean;
	readonly ignoreInvalidHeaders: boolean;
	readonly useForwardedHeaders: boolean;
	readonly enableRealIp: boolean;
	readonly useProxyProtocol: boolean;
	readonly proxyRealIpCidr: readonly string[];
	readonly forwardedForHeader: string;
	readonly computeFullForwardedFor: boolean;
	readonly proxyAddOriginalUriHeader: boolean;
	readonly generateRequestId: boolean;
	readonly hideHeaders: readonly string[];
	/** Names that `custom-headers` may add. */
	readonly globalAllowedResponseHeaders: readonly string[];
	readonly showServerTokens: boolean;
	readonly httpRedirectCode: number;
	readonly sslRedirect: boolean;
	readonly forceSslRedirect: boolean;
	readonly noTlsRedirectLocations: string;
	readonly noAuthLocations: string;
	readonly hsts: boolean;
	readonly hstsIncludeSubdomains: boolean;
	readonly hstsMaxAge: string;
	readonly hstsPreload: boolean;
	readonly sslProtocols: string;
	readonly sslCiphers: string;
	readonly sslRejectHandshake: boolean;
	readonly useHttp2: boolean;
	readonly useGzip: boolean;
	readonly gzipLevel: number;
	readonly gzipMinLength: number;
	readonly gzipTypes: string;
	readonly enableBrotli: boolean;
	readonly keepAlive: number;
	readonly keepAliveRequests: number;
	readonly upstreamKeepaliveConnections: number;
	readonly upstreamKeepaliveRequests: number;
	readonly upstreamKeepaliveTime: string;
	readonly upstreamKeepaliveTimeout: number;
	readonly loadBalance: string;
	readonly customHttpErrors: readonly number[];
	readonly disableProxyInterceptErrors: boolean;
	/** Requests that change something may be tried again elsewhere. */
	readonly retryNonIdempotent: boolean;
	readonly limitReqStatusCode: number;
	readonly limitConnStatusCode: number;
	readonly limitRate: number;
	readonly limitRateAfter: number;
	readonly preserveTrailingSlash: boolean;
	readonly relativeRedirects: boolean;
	readonly usePortInRedirects: boolean;
	readonly serviceUpstream: boolean;
	readonly defaultType: string;
	readonly workerProcesses: string;
	readonly maxWorkerConnections: number;
	readonly workerShutdownTimeout: string;
	/** proxy-body-size and its kin: defaults of every location. */
	readonly proxy: ProxySettings;
	/** global-auth-*; absent without global-auth-url. */
	readonly globalExternalAuth?: ExternalAuth;
	readonly mainSnippet: string;
	readonly httpSnippet: string;
	readonly serverSnippet: string;
	readonly locationSnippet: string;
	readonly streamSnippet: string;
}

const accessLogFormat = [
	'$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent "$http_referer" "$http_user_agent"',
	'$request_length $request_time [$proxy_upstream_name] [$proxy_alternative_upstream_name] $upstream_addr $upstream_response_length',
	'$upstream_response_time $upstream_status $req_id',
].join(' ');

/** Without a ConfigMap. */
export const defaultOptions: Options = {
	allowSnippetAnnotations: false,
	allowBackendServerHeader: false,
	annotationsRiskLevel: 'Critical',
	annotationValueWordBlocklist: '',
	strictValidatePathType: false,
	accessLogPath: '/var/log/nginx/access.log',
	errorLogPath: '/var/log/nginx/error.log',
	errorLogLevel: 'notice',
	disableAccessLog: false,
	enableAccessLogForDefaultBackend: false,
	enableAuthAccessLog: false,
	logFormatUpstream: accessLogFormat,
	logFormatEscapeJson: false,
	logFormatStream: '[$remote_addr] [$time_local] $protocol $status $bytes_sent $bytes_received $session_time',
	skipAccessLogUrls: [],
	blockCidrs: [],
	blockUserAgents: [],
	blockReferers: [],
	denylistSourceRange: [],
	whitelistSourceRange: [],
	clientHeaderBufferSize: '1k',
	largeClientHeaderBuffers: '4 8k',
	clientHeaderTimeout: 60,
	clientBodyBufferSize: '8k',
	clientBodyTimeout: 60,
	enableUnderscoresInHeaders: false,
	ignoreInvalidHeaders: true,
	useForwardedHeaders: false,
	enableRealIp: false,
	useProxyProtocol: false,
	proxyRealIpCidr: ['0.0.0.0/0'],
	forwardedForHeader: 'X-Forwarded-For',
	computeFullForwardedFor: false,
	proxyAddOriginalUriHeader: false,
	generateRequestId: true,
	hideHeaders: [],
	globalAllowedResponseHeaders: [],
	showServerTokens: false,
	httpRedirectCode: 308,
	sslRedirect: true,
	forceSslRedirect: false,
	noTlsRedirectLocations: '/.well-known/acme-challenge',
	noAuthLocations: '/.well-known/acme-challenge',
	hsts: true,
	hstsIncludeSubdomains: true,
	hstsMaxAge: '31536000',
	hstsPreload: false,
	sslProtocols: 'TLSv1.2 TLSv1.3',
	sslCiphers:
		'ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305:DHE-RSA-AES128-GCM-SHA256:DHE-RSA-AES256-GCM-SHA384',
	sslRejectHandshake: false,
	useHttp2: true,
	useGzip: false,
	gzipLevel: 1,
	gzipMinLength: 256,
	gzipTypes:
		'application/atom+xml application/javascript application/x-javascript application/json application/rss+xml application/vnd.ms-fontobject application/x-font-ttf application/x-web-app-manifest+json application/xhtml+xml application/xml font/opentype image/svg+xml image/x-icon text/css text/javascript text/plain text/x-component',
	enableBrotli: false,
	keepAlive: 75,
	keepAliveRequests: 1000,
	upstreamKeepaliveConnections: 320,
	upstreamKeepaliveRequests: 10_000,
	upstreamKeepaliveTime: '1h',
	upstreamKeepaliveTimeout: 60,
	loadBalance: 'round_robin',
	customHttpErrors: [],
	disableProxyInterceptErrors: false,
	retryNonIdempotent: false,
	limitReqStatusCode: 503,
	limitConnStatusCode: 503,
	limitRate: 0,
	limitRateAfter: 0,
	preserveTrailingSlash: false,
	relativeRedirects: false,
	usePortInRedirects: false,
	serviceUpstream: false,
	defaultType: 'text/html',
	workerProcesses: '2',
	maxWorkerConnections: 16_384,
	workerShutdownTimeout: '240s',
	proxy: {
		bodySize: '1m',
		connectTimeout: 5,
		sendTimeout: 60,
		readTimeout: 60,
		buffersNumber: 4,
		bufferSize: '4k',
		cookieDomain: 'off',
		cookiePath: 'off',
		nextUpstream: 'error timeout',
		nextUpstreamTimeout: 0,
		nextUpstreamTries: 3,
		redirectFrom: 'off',
		redirectTo: 'off',
		requestBuffering: 'on',
		buffering: 'off',
		httpVersion: '1.1',
		maxTempFileSize: '1024m',
	},
	mainSnippet: '',
	httpSnippet: '',
	serverSnippet: '',
	locationSnippet: '',
	streamSnippet: '',
};

/** template/buildNextUpstream: `non_idempotent` last, once. */
export function nextUpstreamOf({retryNonIdempotent}: Options, {nextUpstream}: ProxySettings): string {
	const words = nextUpstream.split(' ').filter(word => word !== '');
	const also = retryNonIdempotent || words.includes('non_idempotent');
	return [...words.filter(word => word !== 'non_idempotent'), ...(also ? ['non_idempotent'] : [])].join(' ');
}
