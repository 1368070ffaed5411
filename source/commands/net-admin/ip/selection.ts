import {lookup} from '../lookup.js';
import {inPrefix, parseIpv4, parsePrefix} from '../../../net/address.js';
import type {Link, LinkAddress} from '../../../net/link.js';
import type {Namespace} from '../../../net/namespace.js';
import {IpFailure, NotSimulated} from './failure.js';

/** What `show` was asked for: devices, and of their addresses those that pass all tests. */
export interface Selection {
	readonly links: readonly Link[];
	readonly tests: ReadonlyArray<(address: LinkAddress, link: Link) => boolean>;
	/** By `to`: IPv4 alone. */
	readonly family?: 4;
	/** By `label`: of a device, nothing but its addresses. */
	readonly bare: boolean;
}

const scopes: Readonly<Record<string, string>> = {
	global: 'global',
	link: 'link',
	host: 'host',
	site: 'site',
	nowhere: 'nowhere',
	0: 'global',
	253: 'link',
	254: 'host',
};
/** Words of which each changes nothing here: no address is tentative, none is the second of its network. */
const always = ['permanent', 'primary'];
const never = ['tentative', 'deprecated', 'dadfailed', 'temporary', 'secondary', 'mngtmpaddr', 'nodad', 'home'];

/** `dev eth0`, `eth0`, `up`, `type veth`, `scope global`, `to 10.0.0.0/8` ... */
export function selectionOf(stack: Namespace, words: readonly string[]): Selection {
	let links = stack.links.list();
	const tests: Array<Selection['tests'][number]> = [];
	for (let i = 0; i < words.length; i++) {
		const word = words[i]!;
		const value = () => {
			const next = words[++i];
			if (next === undefined) throw new IpFailure(255, 'Command line is not complete. Try option "help"');
			return next;
		};
		if (word === 'up') links = links.filter(link => link.up);
		else if (word === 'type') {
			const type = value();
			links = links.filter(link => link.type === type);
		} else if (word === 'master') links = ofMaster(stack, links, value());
		else if (word === 'scope') tests.push(inScope(value()));
		else if (word === 'to') tests.push(within(value()));
		else if (word === 'label') tests.push(labelled(value()));
		else if (word === 'dynamic') tests.push(address => address.dynamic === true);
		else if (always.includes(word)) tests.push(address => address.dynamic !== true || word === 'primary');
		else if (never.includes(word)) tests.push(() => false);
		else if (word === 'vrf' || word === 'group') throw new NotSimulated(`ip ... show ${word}`);
		else {
			const name = word === 'dev' ? value() : word;
			const link = stack.links.get(name);
			if (!link) throw new IpFailure(1, `Device "${name}" does not exist.`);
			links = [link];
		}
	}
	return {links, tests, bare: words.includes('label'), ...(words.includes('to') && {family: 4})};
}

/** A device that has addresses but none of these is left out; one that has none is not. */
export function keepAddresses(
	selection: Selection,
	link: Link,
	addresses: readonly LinkAddress[],
	family?: 4 | 6,
): readonly LinkAddress[] | undefined {
	const kept = addresses.filter(address => selection.tests.every(test => test(address, link)));
	if (kept.length > 0) return kept;
	return family === undefined && !selection.bare && (addresses.length === 0 || selection.tests.length === 0) ? kept : undefined;
}

function ofMaster(stack: Namespace, links: readonly Link[], master: string): readonly Link[] {
	if (!stack.links.get(master)) throw new IpFailure(255, `Error: argument "${master}" is wrong: Device does not exist\n`);
	return links.filter(link => link.master === master);
}

function inScope(word: string) {
	const scope = lookup(scopes, word);
	if (scope === undefined && word !== 'all') throw new IpFailure(255, `Error: argument "${word}" is wrong: invalid "scope"\n`);
	return (address: LinkAddress) => word === 'all' || address.scope === scope;
}

function within(text: string) {
	const prefix = parsePrefix(text);
	if (!prefix) throw new IpFailure(1, `Error: any valid prefix is expected rather than "${text}".`);
	return ({address}: LinkAddress) => parseIpv4(address) !== undefined && inPrefix(parseIpv4(address)!, prefix);
}

function labelled(pattern: string) {
	const shape = new RegExp(
		`^${pattern
			.replace(/[.+^${}()|[\]\\]/g, '\\$&')
			.replaceAll('*', '.*')
			.replaceAll('?', '.')}$`,
	);
	return (address: LinkAddress, link: Link) => !address.address.includes(':') && shape.test(address.label ?? link.name);
}
