import type {KubeObject} from '../../../api/object.js';
import type {CertificateAuth, UpstreamHash} from '../configuration.js';
import type {LocationSettings} from '../location-settings.js';
import {allowlist, basicAuth, certificateAuth, denylist, satisfy} from './access.js';
import {type Affinity, affinity, type Canary, canary, upstreamHash} from './balancing.js';
import {externalAuth, isHeaderName, isHeaderValue} from './external-auth.js';
import {fields, risks} from './fields.js';
import {cors, rateLimit} from './limits.js';
import {backendProtocol, mirror, proxySettings, proxySsl} from './proxy.js';
import {AnnotationError, type AnnotationReader, annotationReader, LocationDenied, type ReaderSetting} from './reader.js';
import {keyIn, type Resolver} from './resolver.js';
import {redirect, rewrite} from './rewrite.js';

/** All that the annotations of one Ingress say (internal/ingress/annotations/annotations.go). */
export interface Annotations {
	readonly location: LocationSettings;
	/** Why its locations let nobody in. */
	readonly denied?: string;
	readonly aliases: readonly string[];
	readonly canary: Canary;
	readonly affinity: Affinity;
	readonly upstreamHash: UpstreamHash;
	readonly loadBalance: string;
	readonly serviceUpstream: boolean;
	readonly sslPassthrough: boolean;
	readonly sslCiphers: string;
	readonly sslPreferServerCiphers: string;
	readonly certificateAuth?: CertificateAuth;
	readonly serverSnippet: string;
	/** Service that is asked when others have no endpoint. */
	readonly defaultBackend?: KubeObject;
}

/** Throws an AnnotationError when the Ingress is not to be taken at all. */
export function extractAnnotations(ingress: KubeObject, resolver: Resolver, setting: ReaderSetting): Annotations {
	checkRisk(ingress, setting.prefix, resolver.options.annotationsRiskLevel);
	const reader = annotationReader(ingress, setting);
	let denied: string | undefined;
	let tlsError: string | undefined;
	/** The first refusal is what the location's clients meet. */
	const or = <T>(group: string, parse: (reader: AnnotationReader, resolver: Resolver) => T, otherwise: T): T => {
		try {
			return parse(reader, resolver);
		} catch (error) {
			if (!(error instanceof LocationDenied)) throw error;
			if (group === 'CertificateAuth') tlsError = error.message;
			if (denied === undefined) {
				const {namespace, name} = ingress.metadata;
				setting.log.error('annotations.go:199', error.message, 'error reading Ingress annotation', {
					name: group,
					ingress: `${namespace}/${name}`,
				});
			}

			denied ??= error.message;
			return otherwise;
		}
	};

	const location = locationSettings(reader, resolver, or);
	const tls = or('CertificateAuth', certificateAuth, undefined);
	const {text, boolean} = reader;
	const ciphers = boolean('ssl-prefer-server-ciphers');
	const backend = defaultBackend(reader, resolver);
	return {
		location,
		...(denied !== undefined && {denied}),
		aliases: aliases(text('server-alias')),
		canary: canary(reader),
		affinity: affinity(reader),
		upstreamHash: upstreamHash(reader),
		loadBalance: text('load-balance') ?? '',
		serviceUpstream: boolean('service-upstream') ?? resolver.options.serviceUpstream,
		sslPassthrough: boolean('ssl-passthrough') ?? false,
		sslCiphers: text('ssl-ciphers') ?? '',
		sslPreferServerCiphers: ciphers === undefined ? '' : ciphers ? 'on' : 'off',
		...(tls && {certificateAuth: tls}),
		...(tlsError !== undefined && {certificateAuth: {...noCertificateAuth, error: tlsError}}),
		serverSnippet: resolver.options.allowSnippetAnnotations ? (text('server-snippet') ?? '') : '',
		...(backend && {defaultBackend: backend}),
	};
}

const noCertificateAuth: CertificateAuth = {
	caPem: '',
	secret: '',
	verifyClient: 'off',
	validationDepth: 1,
	errorPage: '',
	passCertToUpstream: false,
	matchCommonName: '',
};

type Or = <T>(group: string, parse: (reader: AnnotationReader, resolver: Resolver) => T, otherwise: T) => T;

function locationSettings(reader: AnnotationReader, resolver: Resolver, or: Or): LocationSettings {
	const {text, boolean} = reader;
	const {options} = resolver;
	const optional = {
		basicAuth: or('BasicDigestAuth', basicAuth, undefined),
		externalAuth: or('ExternalAuth', externalAuth, undefined),
		cors: cors(reader),
		rateLimit: rateLimit(reader, resolver),
		proxySsl: or('ProxySSL', proxySsl, undefined),
		mirror: mirror(reader),
	};
	return {
		...(Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined)) as Partial<typeof optional> as object),
		enableGlobalAuth: boolean('enable-global-auth') ?? true,
		redirect: redirect(reader, resolver),
		rewrite: rewrite(reader, resolver),
		denylist: or('Denylist', denylist, []),
		allowlist: or('Allowlist', allowlist, []),
		proxy: proxySettings(reader, resolver),
		usePortInRedirects: boolean('use-port-in-redirects') ?? options.usePortInRedirects,
		upstreamVhost: text('upstream-vhost') ?? '',
		xForwardedPrefix: text('x-forwarded-prefix') ?? '',
		customHeaders: or('CustomHeaders', customHeaders, {}),
		connectionHeader: text('connection-proxy-header') ?? '',
		clientBodyBufferSize: text('client-body-buffer-size') ?? '',
		backendProtocol: backendProtocol(reader),
		customHttpErrors: codes(text('custom-http-errors')) ?? [],
		disableProxyInterceptErrors: boolean('disable-proxy-intercept-errors') ?? false,
		satisfy: satisfy(reader),
		logs: {access: boolean('enable-access-log') ?? true, rewrite: boolean('enable-rewrite-log') ?? false},
		http2PushPreload: boolean('http2-push-preload') ?? false,
		configurationSnippet: options.allowSnippetAnnotations ? (text('configuration-snippet') ?? '') : '',
	};
}

/** Annotations above `annotations-risk-level` keep their Ingress out. */
function checkRisk(ingress: KubeObject, prefix: string, level: string): void {
	const known = risks.findIndex(risk => risk.toLowerCase() === level.toLowerCase());
	const limit = known < 0 ? risks.indexOf('High') : known;
	for (const name of Object.keys(ingress.metadata.annotations ?? {})) {
		const field = name.startsWith(`${prefix}/`) ? fields.get(name.slice(prefix.length + 1)) : undefined;
		if (field && risks.indexOf(field.risk) > limit)
			throw new AnnotationError(`annotation group ${field.group} contains risky annotation based on ingress configuration`);
	}
}

const aliases = (value: string | undefined): readonly string[] =>
	[...new Set((value ?? '').split(',').map(alias => alias.trim()))].filter(Boolean).sort();

/** One that is no number takes them all away. */
function codes(value: string | undefined): readonly number[] | undefined {
	const list = value?.split(',').map(code => code.trim());
	return list?.every(code => /^\d+$/.test(code)) ? list.map(Number) : undefined;
}

/** annotations/customheaders/main.go */
function customHeaders({text, ingress}: AnnotationReader, {configMap, options}: Resolver): Readonly<Record<string, string>> {
	const reference = text('custom-headers');
	if (reference === undefined) return {};
	const key = keyIn(reference, ingress.metadata.namespace ?? 'default');
	const found = key && configMap(key);
	if (!found) throw new LocationDenied(`could not find the configMap: ${reference}`);
	const headers: Readonly<Record<string, string>> = found['data'] ?? {};
	const allowed = options.globalAllowedResponseHeaders;
	for (const [name, value] of Object.entries(headers)) {
		if (!isHeaderName(name)) throw new LocationDenied('invalid header name in configmap');
		if (!isHeaderValue(value)) throw new LocationDenied('invalid header value in configmap');
		if (!allowed.includes(name))
			throw new LocationDenied(
				`header ${name} is not allowed, defined allowed headers inside global-allowed-response-headers [${allowed.join(' ')}]`,
			);
	}

	return headers;
}

/** annotations/defaultbackend/main.go: a service that is not there is no default. */
function defaultBackend({text, ingress}: AnnotationReader, {service}: Resolver): KubeObject | undefined {
	const name = text('default-backend');
	return name === undefined ? undefined : service(`${ingress.metadata.namespace}/${name}`);
}
