import type {Options} from '../options.js';
import {within} from './limits.js';

/** ngx_http_realip_module, recursive: the last address of the header that is not of a trusted proxy. */
export function realIp(options: Options, peer: string, headers: Readonly<Record<string, string>>): string {
	if (!options.useForwardedHeaders && !options.useProxyProtocol && !options.enableRealIp) return peer;
	const header = headers[options.forwardedForHeader.toLowerCase()];
	if (header === undefined || !within(peer, options.proxyRealIpCidr)) return peer;
	let client = peer;
	for (const address of header.split(',').reverse()) {
		const text = address.trim().replace(/:\d+$/, '');
		if (!/^\d{1,3}(\.\d{1,3}){3}$/.test(text)) return client;
		client = text;
		if (!within(text, options.proxyRealIpCidr)) return client;
	}

	return client;
}
