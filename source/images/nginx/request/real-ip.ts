import {isOn, settings, word} from '../config/levels.js';
import {within} from './access.js';
import type {Exchange} from './exchange.js';

/** ngx_http_realip_module: the last address of the header, or with `real_ip_recursive` the last that is not of a trusted proxy. */
export function realIp({levels, peer, request}: Exchange): string {
	const name = word('real_ip_header', levels) ?? 'X-Real-IP';
	const trusted = settings('set_real_ip_from', levels).map(({args}) => args[0]!);
	const header = request.headers[name.toLowerCase()];
	if (header === undefined || trusted.length === 0 || !within(peer.address, trusted)) return peer.address;
	let client = peer.address;
	for (const address of header.split(',').reverse()) {
		const text = address.trim().replace(/:\d+$/, '');
		if (!/^\d{1,3}(\.\d{1,3}){3}$/.test(text)) return client;
		client = text;
		if (!isOn('real_ip_recursive', levels) || !within(text, trusted)) return client;
	}

	return client;
}
