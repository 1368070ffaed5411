import test from 'ava';
import {extractAnnotations} from '../../source/images/ingress-nginx/annotations/extract.js';
import {fields} from '../../source/images/ingress-nginx/annotations/fields.js';
import {readOptions} from '../../source/images/ingress-nginx/read-options.js';
import {selfSignedPair} from '../../source/tls/self-signed.js';
import {prefix, viewFor} from '../helpers/ingress-view.js';

const words = (text: string): readonly string[] => text.split(/\s+/).filter(Boolean);

/** Keys of the ConfigMap, as v1.11.2 reads them (internal/ingress/controller/config/config.go, docs/user-guide/nginx-configuration/configmap.md). */
const keys = words(`
	add-headers allow-backend-server-header allow-snippet-annotations annotation-value-word-blocklist annotations-risk-level hide-headers
	access-log-params access-log-path http-access-log-path stream-access-log-path enable-access-log-for-default-backend
	enable-auth-access-log error-log-path enable-modsecurity modsecurity-snippet enable-owasp-modsecurity-crs client-header-buffer-size
	client-header-timeout client-body-buffer-size client-body-timeout disable-access-log disable-ipv6 disable-ipv6-dns
	enable-underscores-in-headers enable-ocsp ignore-invalid-headers retry-non-idempotent error-log-level http2-max-field-size
	http2-max-header-size http2-max-requests http2-max-concurrent-streams hsts hsts-include-subdomains hsts-max-age hsts-preload keep-alive
	keep-alive-requests large-client-header-buffers log-format-escape-none log-format-escape-json log-format-upstream log-format-stream
	enable-multi-accept max-worker-connections max-worker-open-files map-hash-bucket-size nginx-status-ipv4-whitelist
	nginx-status-ipv6-whitelist proxy-real-ip-cidr proxy-set-headers server-name-hash-max-size server-name-hash-bucket-size
	proxy-headers-hash-max-size proxy-headers-hash-bucket-size plugins reuse-port server-tokens ssl-ciphers ssl-ecdh-curve ssl-dh-param
	ssl-protocols ssl-session-cache ssl-session-cache-size ssl-session-tickets ssl-session-ticket-key ssl-session-timeout ssl-buffer-size
	ssl-early-data use-proxy-protocol proxy-protocol-header-timeout use-gzip use-geoip use-geoip2 geoip2-autoreload-in-minutes
	enable-aio-write enable-brotli brotli-level brotli-min-length brotli-types use-http2 gzip-disable gzip-level gzip-min-length gzip-types
	worker-processes worker-cpu-affinity worker-serial-reloads worker-shutdown-timeout load-balance variables-hash-bucket-size
	variables-hash-max-size upstream-keepalive-connections upstream-keepalive-time upstream-keepalive-timeout upstream-keepalive-requests
	limit-conn-zone-variable proxy-stream-timeout proxy-stream-next-upstream proxy-stream-next-upstream-timeout
	proxy-stream-next-upstream-tries proxy-stream-responses bind-address use-forwarded-headers enable-real-ip forwarded-for-header
	compute-full-forwarded-for proxy-add-original-uri-header generate-request-id enable-opentelemetry opentelemetry-config
	opentelemetry-operation-name opentelemetry-trust-incoming-span otlp-collector-host otlp-collector-port otel-max-queuesize
	otel-schedule-delay-millis otel-max-export-batch-size otel-service-name otel-sampler otel-sampler-parent-based otel-sampler-ratio
	main-snippet http-snippet server-snippet stream-snippet location-snippet custom-http-errors disable-proxy-intercept-errors
	proxy-body-size proxy-connect-timeout proxy-read-timeout proxy-send-timeout proxy-buffers-number proxy-buffer-size
	proxy-busy-buffers-size proxy-cookie-path proxy-cookie-domain proxy-next-upstream proxy-next-upstream-timeout proxy-next-upstream-tries
	proxy-redirect-from proxy-redirect-to proxy-request-buffering proxy-http-version proxy-max-temp-file-size ssl-redirect
	force-ssl-redirect denylist-source-range whitelist-source-range skip-access-log-urls limit-rate limit-rate-after lua-shared-dicts
	http-redirect-code proxy-buffering limit-req-status-code limit-conn-status-code enable-syslog syslog-host syslog-port
	no-tls-redirect-locations global-allowed-response-headers global-auth-url global-auth-method global-auth-signin
	global-auth-signin-redirect-param global-auth-response-headers global-auth-request-redirect global-auth-snippet global-auth-cache-key
	global-auth-cache-duration global-auth-always-set-cookie no-auth-locations block-cidrs block-user-agents block-referers
	proxy-ssl-location-only default-type global-rate-limit-memcached-host global-rate-limit-memcached-port
	global-rate-limit-memcached-connect-timeout global-rate-limit-memcached-max-idle-timeout global-rate-limit-memcached-pool-size
	global-rate-limit-status-code service-upstream ssl-reject-handshake debug-connections strict-validate-path-type grpc-buffer-size-kb
	relative-redirects preserve-trailing-slash use-port-in-redirects
`);

/** Annotations of v1.11.2 (docs/user-guide/nginx-configuration/annotations-risk.md). */
const annotations = words(`
	affinity affinity-canary-behavior affinity-mode allowlist-source-range app-root auth-always-set-cookie auth-cache-duration
	auth-cache-key auth-keepalive auth-keepalive-requests auth-keepalive-share-vars auth-keepalive-timeout auth-method
	auth-proxy-set-headers auth-realm auth-request-redirect auth-response-headers auth-secret auth-secret-type auth-signin
	auth-signin-redirect-param auth-snippet auth-tls-error-page auth-tls-match-cn auth-tls-pass-certificate-to-upstream auth-tls-secret
	auth-tls-verify-client auth-tls-verify-depth auth-type auth-url backend-protocol canary canary-by-cookie canary-by-header
	canary-by-header-pattern canary-by-header-value canary-weight canary-weight-total client-body-buffer-size configuration-snippet
	connection-proxy-header cors-allow-credentials cors-allow-headers cors-allow-methods cors-allow-origin cors-expose-headers cors-max-age
	custom-headers custom-http-errors default-backend denylist-source-range disable-proxy-intercept-errors enable-access-log enable-cors
	enable-global-auth enable-modsecurity enable-opentelemetry enable-owasp-core-rules enable-rewrite-log fastcgi-index
	fastcgi-params-configmap force-ssl-redirect from-to-www-redirect global-rate-limit global-rate-limit-ignored-cidrs global-rate-limit-key
	global-rate-limit-window http2-push-preload limit-allowlist limit-burst-multiplier limit-connections limit-rate limit-rate-after
	limit-rpm limit-rps limit-whitelist load-balance mirror-host mirror-request-body mirror-target modsecurity-snippet
	modsecurity-transaction-id opentelemetry-operation-name opentelemetry-trust-incoming-span permanent-redirect permanent-redirect-code
	preserve-trailing-slash proxy-body-size proxy-buffer-size proxy-buffering proxy-buffers-number proxy-busy-buffers-size
	proxy-connect-timeout proxy-cookie-domain proxy-cookie-path proxy-http-version proxy-max-temp-file-size proxy-next-upstream
	proxy-next-upstream-timeout proxy-next-upstream-tries proxy-read-timeout proxy-redirect-from proxy-redirect-to proxy-request-buffering
	proxy-send-timeout proxy-ssl-ciphers proxy-ssl-name proxy-ssl-protocols proxy-ssl-secret proxy-ssl-server-name proxy-ssl-verify
	proxy-ssl-verify-depth relative-redirects rewrite-target satisfy server-alias server-snippet service-upstream
	session-cookie-change-on-failure session-cookie-conditional-samesite-none session-cookie-domain session-cookie-expires
	session-cookie-max-age session-cookie-name session-cookie-path session-cookie-samesite session-cookie-secure ssl-ciphers ssl-passthrough
	ssl-prefer-server-ciphers ssl-redirect stream-snippet temporal-redirect temporal-redirect-code upstream-hash-by upstream-hash-by-subset
	upstream-hash-by-subset-size upstream-vhost use-port-in-redirects use-regex whitelist-source-range x-forwarded-prefix
`);

test('every key of the ConfigMap changes something, or is said to be not simulated', t => {
	const log: any = {plain() {}, info() {}, error() {}};
	const read = (data: Readonly<Record<string, string>>, said: string[]) => JSON.stringify(readOptions(data, log, key => said.push(key)));
	const silent = keys.filter(key => {
		const said: string[] = [];
		const beside: Record<string, string> =
			key.startsWith('global-auth-') && key !== 'global-auth-url' ? {'global-auth-url': 'http://a.com/auth'} : {};
		const before = read(beside, said);
		const tries = ['true', 'false', '77', '301', 'error', 'POST', 'X-Name', 'http://b.com/x', '200 5m'];
		return !tries.some(value => read({...beside, [key]: value}, said) !== before || said.length > 0) && !readElsewhere.has(key);
	});
	t.deepEqual(silent, []);
});

/** Names of ConfigMaps: what is in those is read where they are looked up. */
const readElsewhere = new Set(['add-headers', 'proxy-set-headers']);

const {certificate, key} = selfSignedPair('a.com', [], 'addons', Date.parse('2026-11-21T02:00:00Z'));
const data = {auth: 'lee:x', 'tls.crt': certificate, 'tls.key': key, 'ca.crt': certificate};
const secret = {
	apiVersion: 'v1',
	kind: 'Secret',
	metadata: {name: 'a', namespace: 'default', uid: 'a'},
	data: Object.fromEntries(Object.entries(data).map(([name, text]) => [name, Buffer.from(text).toString('base64')])),
};

test('every annotation is known, and read unless it is said to be not simulated', t => {
	t.deepEqual(
		annotations.filter(name => !fields.has(name)),
		[],
	);
	t.deepEqual(
		[...fields.keys()].filter(name => !annotations.includes(name)),
		[],
	);
	const seen = new Set<string>();
	// Values that let what depends on them be read as well.
	const given: Readonly<Record<string, string>> = {
		'auth-type': 'basic',
		'auth-secret': 'a',
		'auth-url': 'http://a.com',
		'auth-tls-secret': 'default/a',
		'proxy-ssl-secret': 'default/a',
		'mirror-target': 'https://a.com',
		affinity: 'cookie',
		canary: 'true',
		'enable-cors': 'true',
		'permanent-redirect': 'https://a.com',
		'temporal-redirect': 'https://a.com',
		'upstream-hash-by': '$uri',
	};
	const read = (left: readonly string[]) => {
		const values = Object.fromEntries(
			Object.entries(given).flatMap(([name, value]) => (left.includes(name) ? [] : [[`${prefix}/${name}`, value]])),
		);
		const watched = new Proxy(values, {
			get(target, name: string) {
				if (typeof name === 'string' && name.startsWith(prefix)) seen.add(name.slice(prefix.length + 1));
				return target[name];
			},
		});
		const view = viewFor({objects: [secret], configMap: {'allow-snippet-annotations': 'true'}});
		const metadata = {name: 'a', namespace: 'default', annotations: watched};
		const ingress = {apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata};
		extractAnnotations(ingress, view, {prefix, validates: false, log: view.log});
	};
	read([]);
	read(['temporal-redirect']);
	const unread = [...fields].filter(([name, {absent}]) => !seen.has(name) && !absent).map(([name]) => name);
	t.deepEqual(unread, []);
});
