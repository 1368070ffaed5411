import type {LocationSettings, ProxySettings, ProxySsl} from '../location-settings.js';
import {namedCertificate} from './certificate.js';
import type {AnnotationReader} from './reader.js';
import type {Resolver} from './resolver.js';
import {readUrl} from './url.js';

/** annotations/proxy/main.go */
export function proxySettings({text, int}: AnnotationReader, {options: {proxy}}: Resolver): ProxySettings {
	const busy = text('proxy-busy-buffers-size') ?? proxy.busyBuffersSize;
	return {
		bodySize: text('proxy-body-size') ?? proxy.bodySize,
		connectTimeout: int('proxy-connect-timeout') ?? proxy.connectTimeout,
		sendTimeout: int('proxy-send-timeout') ?? proxy.sendTimeout,
		readTimeout: int('proxy-read-timeout') ?? proxy.readTimeout,
		buffersNumber: int('proxy-buffers-number') ?? proxy.buffersNumber,
		bufferSize: text('proxy-buffer-size') ?? proxy.bufferSize,
		...(busy !== undefined && {busyBuffersSize: busy}),
		cookieDomain: text('proxy-cookie-domain') ?? proxy.cookieDomain,
		cookiePath: text('proxy-cookie-path') ?? proxy.cookiePath,
		nextUpstream: text('proxy-next-upstream') ?? proxy.nextUpstream,
		nextUpstreamTimeout: int('proxy-next-upstream-timeout') ?? proxy.nextUpstreamTimeout,
		nextUpstreamTries: int('proxy-next-upstream-tries') ?? proxy.nextUpstreamTries,
		redirectFrom: text('proxy-redirect-from') ?? proxy.redirectFrom,
		redirectTo: text('proxy-redirect-to') ?? proxy.redirectTo,
		requestBuffering: text('proxy-request-buffering') ?? proxy.requestBuffering,
		buffering: text('proxy-buffering') ?? proxy.buffering,
		httpVersion: text('proxy-http-version') ?? proxy.httpVersion,
		maxTempFileSize: text('proxy-max-temp-file-size') ?? proxy.maxTempFileSize,
	};
}

const onOff = (value: string | undefined, otherwise: 'on' | 'off'): 'on' | 'off' => (value === 'on' || value === 'off' ? value : otherwise);

/** annotations/proxyssl/main.go */
export function proxySsl({text, int}: AnnotationReader, resolver: Resolver): ProxySsl | undefined {
	const reference = text('proxy-ssl-secret');
	if (reference === undefined) return undefined;
	const found = namedCertificate(reference, resolver);
	return {
		secret: reference,
		certificate: found.certificate,
		key: found.key,
		ca: found.ca ?? '',
		ciphers: text('proxy-ssl-ciphers') ?? 'DEFAULT',
		protocols: text('proxy-ssl-protocols') ?? 'TLSv1 TLSv1.1 TLSv1.2',
		verify: onOff(text('proxy-ssl-verify'), 'off'),
		verifyDepth: int('proxy-ssl-verify-depth') || 1,
		name: text('proxy-ssl-name') ?? '',
		serverName: onOff(text('proxy-ssl-server-name'), 'off'),
	};
}

/** annotations/backendprotocol/main.go */
export function backendProtocol({text, log}: AnnotationReader): LocationSettings['backendProtocol'] {
	const asked = text('backend-protocol');
	const protocol = (asked ?? 'HTTP').trim().toUpperCase();
	if (/^(HTTP|HTTPS|AUTO_HTTP|GRPC|GRPCS|FCGI)$/.test(protocol)) return protocol as LocationSettings['backendProtocol'];
	log.plain('W', 'main.go:86', `Protocol ${asked} is not a valid value for the backend-protocol annotation. Using HTTP as protocol`);
	return 'HTTP';
}

/** annotations/mirror/main.go */
export function mirror({text, ingress, log}: AnnotationReader): LocationSettings['mirror'] {
	const target = text('mirror-target');
	if (target === undefined) return undefined;
	const source = `/_mirror-${ingress.metadata.uid ?? ''}`;
	const requestBody = text('mirror-request-body') === 'off' ? ('off' as const) : ('on' as const);
	const host = text('mirror-host');
	if (host !== undefined) return {source, target, host, requestBody};
	const url = readUrl(target.split('$')[0]!);
	if ('error' in url) {
		log.plain('W', 'main.go:145', 'mirror-target annotation contains invalid value, defaulting');
		return undefined;
	}

	return {source, target, host: url.host.split('$')[0]!, requestBody};
}
