import {showBusybox} from './busybox.js';
import type {Link, LinkAddress} from '../../../net/link.js';
import {linkState} from '../../../net/link-state.js';
import type {Namespace} from '../../../net/namespace.js';
import {addressesOf, addressText, firstLine, type IpOptions, lifetime, linkFlags, linkLine, linkName, netnsId} from './print.js';
import {counterLines, countersJson} from './counters.js';
import {details} from './details.js';
import {addressJson, jsonText, linkJson} from './json.js';
import {keepAddresses, type Selection} from './selection.js';

/** `ip addr` */
export function showAddresses(stack: Namespace, selection: Selection, given: IpOptions): string {
	const options = selection.family ? {...given, family: selection.family} : given;
	if (options.busybox) return showBusybox(stack, selection.links, options, true);
	const rows = selection.links.flatMap(link => {
		const addresses = keepAddresses(selection, link, addressesOf(stack, link, options.family), options.family);
		return addresses ? [{link, addresses}] : [];
	});
	if (options.json) {
		const own = (link: Link, addresses: readonly LinkAddress[]) => ({addr_info: addresses.map(each => addressJson(link, each, options))});
		return jsonText(
			rows.map(({link, addresses}) => ({
				...linkJson(stack, link, options, false),
				...own(link, addresses),
				...countersJson(options, stack, link),
			})),
			options,
		);
	}
	return rows
		.map(({link, addresses}) => {
			if (options.brief)
				return `${linkName(stack, link).padEnd(16)} ${linkState(link).padEnd(14)} ${addresses.map(({address, prefix}) => `${address}/${prefix} `).join('')}\n`;
			if (options.oneLine)
				return addresses.map(each => `${link.index}: ${link.name}    ${addressText(link, each)}\\${lifetime}\n`).join('');
			const head =
				options.family === undefined
					? [firstLine(stack, link, false), linkLine(stack, link) + (options.details ? details(link, false) : '')]
					: [firstLine(stack, link, false) + netnsId(stack, link)];
			return [
				...(selection.bare ? [] : head),
				...addresses.flatMap(each => [`    ${addressText(link, each)}`, lifetime]),
				...counterLines(options, stack, link),
			]
				.map(line => `${line}\n`)
				.join('');
		})
		.join('');
}

/** `ip link` */
export function showLinks(stack: Namespace, links: readonly Link[], options: IpOptions): string {
	if (options.busybox) return showBusybox(stack, links, options, false);
	if (options.json)
		return jsonText(
			links.map(link => ({...linkJson(stack, link, options, true), ...countersJson(options, stack, link)})),
			options,
		);
	return links
		.map(link => {
			if (options.brief)
				return `${linkName(stack, link).padEnd(16)} ${linkState(link).padEnd(14)} ${link.mac} <${linkFlags(stack, link)}> \n`;
			const more = options.details ? details(link, true) : '';
			const lines = [firstLine(stack, link, true), ...`${linkLine(stack, link)}${more}`.split('\n'), ...counterLines(options, stack, link)];
			return options.oneLine ? `${lines.join('\\')}\n` : lines.map(line => `${line}\n`).join('');
		})
		.join('');
}
