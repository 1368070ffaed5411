import {parseBool} from './arguments.js';
import {cacheDurations, isHeaderName, isMethod} from './annotations/external-auth.js';
import {LocationDenied} from './annotations/reader.js';
import {readUrl} from './annotations/url.js';
import type {ExternalAuth} from './location-settings.js';
import type {Log} from './log.js';
import {defaultOptions, type Options} from './options.js';

type Data = Readonly<Record<string, string>>;

const camel = (key: string): string => key.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

/** Keys of v1.11.2 that change nothing here; the rest that is not in `Options` is no key at all, and passed over as the real one does. */
const absentKeys: ReadonlySet<string> = new Set(
	`access-log-params bind-address brotli-level brotli-min-length brotli-types debug-connections disable-ipv6 disable-ipv6-dns enable-aio-write
	enable-modsecurity enable-multi-accept enable-ocsp enable-syslog geoip2-autoreload-in-minutes enable-opentelemetry enable-owasp-modsecurity-crs global-rate-limit-memcached-host
	global-rate-limit-memcached-connect-timeout global-rate-limit-memcached-max-idle-timeout global-rate-limit-memcached-pool-size
	global-rate-limit-memcached-port global-rate-limit-status-code gzip-disable grpc-buffer-size-kb http2-max-concurrent-streams http2-max-field-size
	http2-max-header-size http2-max-requests http2-push-preload limit-conn-zone-variable log-format-escape-none lua-shared-dicts map-hash-bucket-size
	max-worker-open-files modsecurity-snippet nginx-status-ipv4-whitelist nginx-status-ipv6-whitelist opentelemetry-config
	opentelemetry-operation-name opentelemetry-trust-incoming-span otlp-collector-host otlp-collector-port otel-max-export-batch-size otel-max-queuesize
	otel-sampler otel-sampler-parent-based otel-sampler-ratio otel-schedule-delay-millis otel-service-name
	plugins proxy-headers-hash-bucket-size proxy-headers-hash-max-size proxy-protocol-header-timeout proxy-ssl-location-only
	proxy-stream-next-upstream proxy-stream-next-upstream-timeout proxy-stream-next-upstream-tries proxy-stream-responses
	proxy-stream-timeout reuse-port server-name-hash-bucket-size server-name-hash-max-size service-upstream-ipv6 ssl-buffer-size
	ssl-dh-param ssl-early-data ssl-ecdh-curve ssl-session-cache ssl-session-cache-size ssl-session-ticket-key ssl-session-tickets
	ssl-session-timeout stream-access-log-path syslog-host syslog-port use-geoip use-geoip2 variables-hash-bucket-size variables-hash-max-size
	worker-cpu-affinity worker-serial-reloads`.split(/\s+/),
);

/** Keys that are not called as what they set. */
const otherNames: Readonly<Record<string, string>> = {'http-access-log-path': 'accessLogPath', 'server-tokens': 'showServerTokens'};

const redirectCodes = [301, 302, 307, 308];

/** The ConfigMap over the defaults (internal/ingress/controller/template/configmap.go): what cannot be read stays as it is, aloud. */
export function readOptions(data: Data, log: Log, notSimulated: (key: string) => void): Options {
	const errors: string[] = [];
	const options: Record<string, unknown> = {...defaultOptions};
	const proxy: Record<string, unknown> = {...defaultOptions.proxy};
	for (const [key, text] of Object.entries(data)) {
		if (key.startsWith('global-auth-')) continue;
		if (absentKeys.has(key) || (/^(main|http|stream)-snippet$/.test(key) && text !== '')) notSimulated(key);
		const name = otherNames[key] ?? camel(key);
		const inProxy = key.startsWith('proxy-') ? camel(key.slice('proxy-'.length)) : '';
		if (inProxy in proxy || inProxy === 'busyBuffersSize') proxy[inProxy] = valueLike(proxy[inProxy] ?? '', key, text, errors);
		else if (name in options && name !== 'proxy') options[name] = readOne(name, options[name], key, text, log, errors);
	}

	if (errors.length > 0)
		log.plain(
			'W',
			'configmap.go:457',
			`unexpected error merging defaults: ${errors.length} error(s) decoding:\n\n${errors.map(error => `* ${error}`).join('\n')}`,
		);
	const globalExternalAuth = readGlobalAuth(data, log);
	return {...options, proxy, ...(globalExternalAuth && {globalExternalAuth})} as unknown as Options;
}

function readOne(name: string, standing: unknown, key: string, text: string, log: Log, errors: string[]): unknown {
	switch (name) {
		case 'httpRedirectCode': {
			if (!/^\d+$/.test(text)) {
				log.plain(
					'W',
					'configmap.go:230',
					`${text} is not a valid HTTP code: strconv.Atoi: parsing ${JSON.stringify(text)}: invalid syntax`,
				);
				return standing;
			}

			if (redirectCodes.includes(Number(text))) return Number(text);
			log.plain('W', 'configmap.go:235', `The code ${text} is not a valid as HTTP redirect code. Using the default.`);
			return standing;
		}

		case 'customHttpErrors':
			return parts(text).flatMap(code => {
				const valid = /^\d+$/.test(code) && Number(code) > 299 && Number(code) < 600;
				if (!/^\d+$/.test(code))
					log.plain(
						'W',
						'configmap.go:150',
						`${code} is not a valid http code: strconv.Atoi: parsing ${JSON.stringify(code)}: invalid syntax`,
					);
				else if (!valid) log.plain('W', 'configmap.go:480', `error code ${code} is not valid for custom error pages`);
				return valid ? [Number(code)] : [];
			});
		case 'workerProcesses':
			return text === 'auto' ? '2' : text;
		default:
			return Array.isArray(standing) ? parts(text) : valueLike(standing, key, text, errors);
	}
}

const parts = (text: string): string[] =>
	text
		.split(',')
		.map(part => part.trim())
		.filter(Boolean);

/** mapstructure's weak decoding: text becomes what the field holds. */
function valueLike(standing: unknown, key: string, text: string, errors: string[]): unknown {
	if (typeof standing === 'boolean') {
		const value = text === '' ? false : parseBool(text);
		if (value === undefined)
			errors.push(`cannot parse '${key}' as bool: strconv.ParseBool: parsing ${JSON.stringify(text)}: invalid syntax`);
		return value ?? standing;
	}

	if (typeof standing === 'number') {
		if (/^-?\d+$/.test(text) || text === '') return Number(text);
		errors.push(`cannot parse '${key}' as int: strconv.ParseInt: parsing ${JSON.stringify(text)}: invalid syntax`);
		return standing;
	}

	return text;
}

/** `global-auth-*`: a setting that is wrong is left out. */
function readGlobalAuth(data: Data, log: Log): ExternalAuth | undefined {
	const of = (name: string) => data[`global-auth-${name}`] ?? '';
	const deny = (why: string) => log.plain('W', 'configmap.go:249', `Global auth location denied - ${why}.`);
	const url = of('url');
	if (url === '') return undefined;
	const parsed = readUrl(url);
	if ('error' in parsed) {
		deny(parsed.error);
		return undefined;
	}

	const method = of('method');
	if (method !== '' && !isMethod(method)) deny('invalid HTTP method');
	const signin = of('signin');
	const signinWrong = signin !== '' && 'error' in readUrl(signin);
	if (signinWrong) deny('global-auth-signin setting is undefined and will not be set');
	const headers = parts(of('response-headers'));
	if (!headers.every(isHeaderName)) deny('invalid headers list');
	return {
		url,
		host: parsed.host,
		signinUrl: signinWrong ? '' : signin,
		signinRedirectParam: of('signin-redirect-param') || 'rd',
		method: isMethod(method) ? method : '',
		responseHeaders: headers.filter(isHeaderName),
		requestRedirect: of('request-redirect'),
		snippet: of('snippet'),
		cacheKey: of('cache-key'),
		cacheDuration: durations(of('cache-duration'), deny),
		proxySetHeaders: {},
		alwaysSetCookie: parseBool(of('always-set-cookie')) ?? false,
		keepaliveConnections: 0,
	};
}

function durations(text: string, deny: (why: string) => void): readonly string[] {
	try {
		return cacheDurations(text);
	} catch (error) {
		if (!(error instanceof LocationDenied)) throw error;
		deny(error.message);
		return [];
	}
}
