import type {ValidatorName} from './validators.js';

export const risks = ['Low', 'Medium', 'High', 'Critical'] as const;
export type Risk = (typeof risks)[number];

export interface Field {
	readonly group: string;
	readonly risk: Risk;
	readonly validator: ValidatorName;
	readonly aliases?: readonly string[];
	/** Values for which the engine has nothing; most often all of them. */
	readonly absent?: RegExp;
}

type Row = readonly [name: string, risk: Risk, validator: ValidatorName, more?: Pick<Field, 'aliases' | 'absent'>];
const absent = {absent: /./} as const;
const absentFor = (values: RegExp) => ({absent: values});

/** Annotations by group, as docs/user-guide/nginx-configuration/annotations-risk.md has them, with what may stand in each. */
const groups: Readonly<Record<string, readonly Row[]>> = {
	Aliases: [['server-alias', 'High', 'serverNames']],
	Allowlist: [['allowlist-source-range', 'Medium', 'cidrs', {aliases: ['whitelist-source-range']}]],
	BackendProtocol: [['backend-protocol', 'Low', 'protocol', absentFor(/^\s*(GRPCS?|FCGI)\s*$/i)]],
	BasicDigestAuth: [
		['auth-realm', 'Medium', 'words'],
		['auth-secret', 'Medium', 'basic'],
		['auth-secret-type', 'Low', 'authSecretType'],
		['auth-type', 'Low', 'authType', absentFor(/^digest$/)],
	],
	Canary: [
		['canary', 'Low', 'boolean'],
		['canary-by-cookie', 'Medium', 'basic'],
		['canary-by-header', 'Medium', 'basic'],
		['canary-by-header-pattern', 'Medium', 'regex'],
		['canary-by-header-value', 'Medium', 'basic'],
		['canary-weight', 'Low', 'int'],
		['canary-weight-total', 'Low', 'int'],
	],
	CertificateAuth: [
		['auth-tls-error-page', 'High', 'urlWithVariables'],
		['auth-tls-match-cn', 'High', 'commonName'],
		['auth-tls-pass-certificate-to-upstream', 'Low', 'boolean'],
		['auth-tls-secret', 'Medium', 'basic'],
		['auth-tls-verify-client', 'Medium', 'verifyClient'],
		['auth-tls-verify-depth', 'Low', 'int'],
	],
	ClientBodyBufferSize: [['client-body-buffer-size', 'Low', 'size']],
	ConfigurationSnippet: [['configuration-snippet', 'Critical', 'any']],
	Connection: [['connection-proxy-header', 'Low', 'connection']],
	CorsConfig: [
		['cors-allow-credentials', 'Low', 'boolean'],
		['cors-allow-headers', 'Medium', 'headers'],
		['cors-allow-methods', 'Medium', 'methods'],
		['cors-allow-origin', 'Medium', 'origins'],
		['cors-expose-headers', 'Medium', 'exposed'],
		['cors-max-age', 'Low', 'int'],
		['enable-cors', 'Low', 'boolean'],
	],
	CustomHTTPErrors: [['custom-http-errors', 'Low', 'codes']],
	CustomHeaders: [['custom-headers', 'Medium', 'basic']],
	DefaultBackend: [['default-backend', 'Low', 'serviceName']],
	Denylist: [['denylist-source-range', 'Medium', 'cidrs']],
	DisableProxyInterceptErrors: [['disable-proxy-intercept-errors', 'Low', 'boolean']],
	EnableGlobalAuth: [['enable-global-auth', 'Low', 'boolean']],
	ExternalAuth: [
		['auth-always-set-cookie', 'Low', 'boolean'],
		['auth-cache-duration', 'Medium', 'extended'],
		['auth-cache-key', 'Medium', 'variable', absent],
		['auth-keepalive', 'Low', 'int'],
		['auth-keepalive-requests', 'Low', 'int', absent],
		['auth-keepalive-share-vars', 'Low', 'boolean', absent],
		['auth-keepalive-timeout', 'Low', 'int', absent],
		['auth-method', 'Low', 'method'],
		['auth-proxy-set-headers', 'Medium', 'basic'],
		['auth-request-redirect', 'Medium', 'urlWithVariables'],
		['auth-response-headers', 'Medium', 'headers'],
		['auth-signin', 'High', 'urlWithVariables'],
		['auth-signin-redirect-param', 'Medium', 'urlWithVariables'],
		['auth-snippet', 'Critical', 'any', absent],
		['auth-url', 'High', 'urlWithVariables'],
	],
	FastCGI: [
		['fastcgi-index', 'Medium', 'basic', absent],
		['fastcgi-params-configmap', 'Medium', 'basic', absent],
	],
	GlobalRateLimit: [
		['global-rate-limit', 'Low', 'int', absent],
		['global-rate-limit-ignored-cidrs', 'Medium', 'cidrs', absent],
		['global-rate-limit-key', 'High', 'variable', absent],
		['global-rate-limit-window', 'Low', 'any', absent],
	],
	HTTP2PushPreload: [['http2-push-preload', 'Low', 'boolean', absent]],
	LoadBalancing: [['load-balance', 'Low', 'balance']],
	Logs: [
		['enable-access-log', 'Low', 'boolean'],
		['enable-rewrite-log', 'Low', 'boolean'],
	],
	Mirror: [
		['mirror-host', 'High', 'basic'],
		['mirror-request-body', 'Low', 'onOff'],
		['mirror-target', 'High', 'urlWithVariables'],
	],
	ModSecurity: [
		['enable-modsecurity', 'Low', 'boolean', absent],
		['enable-owasp-core-rules', 'Low', 'boolean', absent],
		['modsecurity-snippet', 'Critical', 'any', absent],
		['modsecurity-transaction-id', 'High', 'variable', absent],
	],
	Opentelemetry: [
		['enable-opentelemetry', 'Low', 'boolean', absent],
		['opentelemetry-operation-name', 'Medium', 'any', absent],
		['opentelemetry-trust-incoming-span', 'Low', 'boolean', absent],
	],
	Proxy: [
		['proxy-body-size', 'Medium', 'size'],
		['proxy-buffer-size', 'Low', 'size'],
		['proxy-buffering', 'Low', 'onOff'],
		['proxy-buffers-number', 'Low', 'int'],
		['proxy-busy-buffers-size', 'Low', 'size'],
		['proxy-connect-timeout', 'Low', 'int'],
		['proxy-cookie-domain', 'Medium', 'any'],
		['proxy-cookie-path', 'Medium', 'any'],
		['proxy-http-version', 'Low', 'httpVersion'],
		['proxy-max-temp-file-size', 'Low', 'size'],
		['proxy-next-upstream', 'Medium', 'nextUpstream'],
		['proxy-next-upstream-timeout', 'Low', 'int'],
		['proxy-next-upstream-tries', 'Low', 'int'],
		['proxy-read-timeout', 'Low', 'int'],
		['proxy-redirect-from', 'Medium', 'redirect'],
		['proxy-redirect-to', 'Medium', 'redirect'],
		['proxy-request-buffering', 'Low', 'onOff'],
		['proxy-send-timeout', 'Low', 'int'],
	],
	ProxySSL: [
		['proxy-ssl-ciphers', 'Medium', 'ciphers'],
		['proxy-ssl-name', 'High', 'basic'],
		['proxy-ssl-protocols', 'Low', 'protocols'],
		['proxy-ssl-secret', 'Medium', 'basic'],
		['proxy-ssl-server-name', 'Low', 'onOff'],
		['proxy-ssl-verify', 'Low', 'onOff', absentFor(/^on$/)],
		['proxy-ssl-verify-depth', 'Low', 'int'],
	],
	RateLimit: [
		['limit-allowlist', 'Low', 'cidrs', {aliases: ['limit-whitelist']}],
		['limit-burst-multiplier', 'Low', 'int'],
		['limit-connections', 'Low', 'int'],
		['limit-rate', 'Low', 'int', absentFor(/^[1-9]/)],
		['limit-rate-after', 'Low', 'int', absentFor(/^[1-9]/)],
		['limit-rpm', 'Low', 'int'],
		['limit-rps', 'Low', 'int'],
	],
	Redirect: [
		['from-to-www-redirect', 'Low', 'boolean'],
		['permanent-redirect', 'Medium', 'redirect'],
		['permanent-redirect-code', 'Low', 'int'],
		['relative-redirects', 'Low', 'boolean'],
		['temporal-redirect', 'Medium', 'redirect'],
		['temporal-redirect-code', 'Low', 'int'],
	],
	Rewrite: [
		['app-root', 'Medium', 'captures'],
		['force-ssl-redirect', 'Medium', 'boolean'],
		['preserve-trailing-slash', 'Medium', 'boolean'],
		['rewrite-target', 'Medium', 'captures'],
		['ssl-redirect', 'Low', 'boolean'],
		['use-regex', 'Low', 'boolean'],
	],
	SSLCipher: [
		['ssl-ciphers', 'Low', 'ciphers'],
		['ssl-prefer-server-ciphers', 'Low', 'boolean'],
	],
	SSLPassthrough: [['ssl-passthrough', 'Low', 'boolean', absentFor(/^(1|t|true)$/i)]],
	Satisfy: [['satisfy', 'Low', 'satisfy']],
	ServerSnippet: [['server-snippet', 'Critical', 'any']],
	ServiceUpstream: [['service-upstream', 'Low', 'boolean']],
	SessionAffinity: [
		['affinity', 'Low', 'affinity'],
		['affinity-canary-behavior', 'Low', 'canaryBehaviour'],
		['affinity-mode', 'Medium', 'affinityMode'],
		['session-cookie-change-on-failure', 'Low', 'boolean'],
		['session-cookie-conditional-samesite-none', 'Low', 'boolean'],
		['session-cookie-domain', 'Medium', 'basic'],
		['session-cookie-expires', 'Medium', 'seconds'],
		['session-cookie-max-age', 'Medium', 'seconds'],
		['session-cookie-name', 'Medium', 'basic'],
		['session-cookie-path', 'Medium', 'regex'],
		['session-cookie-samesite', 'Low', 'sameSite'],
		['session-cookie-secure', 'Low', 'boolean'],
	],
	StreamSnippet: [['stream-snippet', 'Critical', 'any', absent]],
	UpstreamHashBy: [
		['upstream-hash-by', 'High', 'any'],
		['upstream-hash-by-subset', 'Low', 'boolean'],
		['upstream-hash-by-subset-size', 'Low', 'int'],
	],
	UpstreamVhost: [['upstream-vhost', 'Low', 'variable']],
	UsePortInRedirects: [['use-port-in-redirects', 'Low', 'boolean']],
	XForwardedPrefix: [['x-forwarded-prefix', 'Medium', 'basic']],
};

/** Every annotation by its name without prefix; aliases stand for themselves too. */
export const fields: ReadonlyMap<string, Field> = new Map(
	Object.entries(groups).flatMap(([group, rows]) =>
		rows.flatMap(([name, risk, validator, more]) => {
			const field: Field = {group, risk, validator, ...more};
			return [[name, field] as const, ...(more?.aliases ?? []).map(alias => [alias, field] as const)];
		}),
	),
);

/** Objects that an annotation names, so that a change of one is a change of the Ingress. */
export const referring = {
	secrets: ['auth-secret', 'auth-tls-secret', 'proxy-ssl-secret', 'secure-verify-ca-secret'],
	configMaps: ['auth-proxy-set-headers', 'fastcgi-params-configmap', 'custom-headers'],
} as const;
