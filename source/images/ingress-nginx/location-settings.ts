/** What the annotations of an Ingress mean for its locations (ingress-nginx internal/ingress/annotations/<folder>/main.go), defaults filled in. */
export interface LocationSettings {
	readonly basicAuth?: BasicAuth;
	readonly externalAuth?: ExternalAuth;
	/** enable-global-auth: the ConfigMap's global-auth-url counts here. */
	readonly enableGlobalAuth: boolean;
	readonly cors?: Cors;
	readonly rateLimit?: RateLimit;
	readonly redirect: Redirect;
	readonly rewrite: Rewrite;
	/** CIDRs; empty: no rule. */
	readonly denylist: readonly string[];
	readonly allowlist: readonly string[];
	readonly proxy: ProxySettings;
	readonly proxySsl?: ProxySsl;
	readonly usePortInRedirects: boolean;
	readonly upstreamVhost: string;
	readonly xForwardedPrefix: string;
	/** Of custom-headers' ConfigMap: added to the answer. */
	readonly customHeaders: Readonly<Record<string, string>>;
	/** connection-proxy-header; empty: `$connection_upgrade`. */
	readonly connectionHeader: string;
	readonly clientBodyBufferSize: string;
	readonly backendProtocol: 'HTTP' | 'HTTPS' | 'GRPC' | 'GRPCS' | 'FCGI' | 'AUTO_HTTP';
	readonly customHttpErrors: readonly number[];
	readonly disableProxyInterceptErrors: boolean;
	readonly satisfy: '' | 'any' | 'all';
	readonly mirror?: {readonly source: string; readonly target: string; readonly host: string; readonly requestBody: 'on' | 'off'};
	readonly logs: {readonly access: boolean; readonly rewrite: boolean};
	readonly http2PushPreload: boolean;
	readonly configurationSnippet: string;
}

export interface BasicAuth {
	readonly type: 'basic' | 'digest';
	readonly realm: string;
	/** `<namespace>/<secret>` */
	readonly secret: string;
	/** Where the controller writes it: /etc/ingress-controller/auth/<namespace>-<ingress>-<uid>.passwd */
	readonly file: string;
	/** Its text, htpasswd's lines. */
	readonly passwords: string;
}

export interface ExternalAuth {
	/** With nginx variables. */
	readonly url: string;
	readonly host: string;
	readonly signinUrl: string;
	/** `rd` unless told. */
	readonly signinRedirectParam: string;
	readonly method: string;
	readonly responseHeaders: readonly string[];
	readonly requestRedirect: string;
	readonly snippet: string;
	readonly cacheKey: string;
	readonly cacheDuration: readonly string[];
	readonly proxySetHeaders: Readonly<Record<string, string>>;
	readonly alwaysSetCookie: boolean;
	readonly keepaliveConnections: number;
}

export interface Cors {
	/** Patterns are written as the annotation has them: `*`, `https://*.foo.com`. */
	readonly allowOrigin: readonly string[];
	readonly allowMethods: string;
	readonly allowHeaders: string;
	readonly allowCredentials: boolean;
	readonly exposeHeaders: string;
	readonly maxAge: number;
}

export interface RateLimit {
	/** `<namespace>_<ingress>_<uid>`; zones are named after it. */
	readonly id: string;
	readonly name: string;
	readonly connections: RateLimitZone;
	readonly rps: RateLimitZone;
	readonly rpm: RateLimitZone;
	/** Bytes a second of an answer, and after how many of them; 0: no limit. */
	readonly rate: number;
	readonly rateAfter: number;
	/** CIDRs that are not counted. */
	readonly allowlist: readonly string[];
}

export interface RateLimitZone {
	readonly name: string;
	/** 0: none. */
	readonly limit: number;
	readonly burst: number;
	/** MiB. */
	readonly sharedSize: number;
}

export interface Redirect {
	/** Target, with nginx variables; empty: none. */
	readonly url: string;
	readonly code: number;
	readonly fromToWww: boolean;
	readonly relative: boolean;
}

export interface Rewrite {
	/** rewrite-target; empty: none. */
	readonly target: string;
	readonly sslRedirect: boolean;
	readonly forceSslRedirect: boolean;
	readonly preserveTrailingSlash: boolean;
	/** Also true of an Ingress with a rewrite-target. */
	readonly useRegex: boolean;
	readonly appRoot: string;
}

export interface ProxySettings {
	/** As nginx writes sizes: `1m`, `0` means any. */
	readonly bodySize: string;
	/** Seconds. */
	readonly connectTimeout: number;
	readonly sendTimeout: number;
	readonly readTimeout: number;
	readonly buffersNumber: number;
	readonly bufferSize: string;
	readonly busyBuffersSize?: string;
	readonly cookieDomain: string;
	readonly cookiePath: string;
	readonly nextUpstream: string;
	readonly nextUpstreamTimeout: number;
	readonly nextUpstreamTries: number;
	readonly redirectFrom: string;
	readonly redirectTo: string;
	readonly requestBuffering: string;
	readonly buffering: string;
	readonly httpVersion: string;
	readonly maxTempFileSize: string;
}

/** How the upstream's TLS is checked (proxy-ssl-*). */
export interface ProxySsl {
	/** `<namespace>/<secret>` */
	readonly secret: string;
	readonly certificate: string;
	readonly key: string;
	readonly ca: string;
	readonly ciphers: string;
	readonly protocols: string;
	readonly verify: 'on' | 'off';
	readonly verifyDepth: number;
	readonly name: string;
	readonly serverName: 'on' | 'off';
}
