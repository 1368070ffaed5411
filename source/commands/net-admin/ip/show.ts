import {showBusybox} from './busybox.js';
import type {Link} from '../../../net/link.js';
import type {Namespace} from '../../../net/namespace.js';
import {
	addressesOf,
	addressText,
	firstLine,
	type IpOptions,
	lifetime,
	linkFlags,
	linkLine,
	linkName,
	linkState,
	netnsId,
	noCounters,
} from './print.js';

/** `ip addr` */
export function showAddresses(stack: Namespace, links: readonly Link[], options: IpOptions): string {
	if (options.busybox) return showBusybox(stack, links, options, true);
	return links
		.map(link => ({link, addresses: addressesOf(stack, link, options.family)}))
		.filter(({addresses}) => options.family === undefined || addresses.length > 0)
		.map(({link, addresses}) => {
			if (options.brief)
				return `${linkName(stack, link).padEnd(16)} ${linkState(link).padEnd(14)} ${addresses.map(({address, prefix}) => `${address}/${prefix} `).join('')}\n`;
			if (options.oneLine)
				return addresses.map(each => `${link.index}: ${link.name}    ${addressText(link, each)}\\${lifetime}\n`).join('');
			const head =
				options.family === undefined
					? [firstLine(stack, link, false), linkLine(stack, link)]
					: [firstLine(stack, link, false) + netnsId(stack, link)];
			const counters = options.stats ? noCounters : [];
			return [...head, ...counters, ...addresses.flatMap(each => [`    ${addressText(link, each)}`, lifetime])]
				.map(line => `${line}\n`)
				.join('');
		})
		.join('');
}

/** `ip link` */
export function showLinks(stack: Namespace, links: readonly Link[], options: IpOptions): string {
	if (options.busybox) return showBusybox(stack, links, options, false);
	return links
		.map(link => {
			if (options.brief) return `${linkName(stack, link).padEnd(16)} ${linkState(link).padEnd(14)} ${link.mac} <${linkFlags(link)}> \n`;
			const lines = [firstLine(stack, link, true), linkLine(stack, link), ...(options.stats ? noCounters : [])];
			return options.oneLine ? `${lines.join('\\')}\n` : lines.map(line => `${line}\n`).join('');
		})
		.join('');
}
