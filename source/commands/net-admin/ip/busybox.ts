import type {Link} from '../../../net/link.js';
import type {Namespace} from '../../../net/namespace.js';
import {addressesOf, addressText, firstLine, type IpOptions, lifetime, linkLine, linkName, netnsId} from './print.js';

/** BusyBox's ip looks the other end's index up among the devices it can see itself. */
function nameOf(stack: Namespace, link: Link): string {
	const index = /@if(\d+)$/.exec(linkName(stack, link))?.[1];
	const here = stack.links.list().find(each => String(each.index) === index);
	return here ? `${link.name}@${here.name}` : linkName(stack, link);
}

/** `ip addr` and `ip link` of BusyBox: neither state nor group. */
export function showBusybox(stack: Namespace, links: readonly Link[], options: IpOptions, withAddresses: boolean): string {
	return links
		.flatMap(link => {
			const first = firstLine(stack, link, false)
				.replace(linkName(stack, link), nameOf(stack, link))
				.replace(/ state \w+ group default /, ' ')
				.trimEnd();
			const second = linkLine(stack, link).replace(netnsId(stack, link), '');
			const addresses = withAddresses ? addressesOf(stack, link, options.family) : [];
			if (options.family !== undefined && addresses.length === 0) return [];
			return [
				first,
				...(options.family === undefined ? [second] : []),
				...addresses.flatMap(each => [`    ${addressText(link, each)}`, lifetime]),
			];
		})
		.map(line => `${line}\n`)
		.join('');
}
