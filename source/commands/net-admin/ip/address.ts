import {isIpv6, parseIpv4} from '../../../net/address.js';
import type {Namespace} from '../../../net/namespace.js';
import {asKernel, IpFailure, NotSimulated} from './failure.js';
import type {IpOptions} from './print.js';
import {selectionOf} from './selection.js';
import {showAddresses} from './show.js';

export function ipAddress(stack: Namespace, words: readonly string[], options: IpOptions): string {
	const [verb = 'show', ...rest] = words;
	if ('show'.startsWith(verb) || 'list'.startsWith(verb) || verb === 'lst') return showAddresses(stack, selectionOf(stack, rest), options);
	if ('add'.startsWith(verb) || verb === 'replace' || verb === 'change') return change(stack, rest, 'add');
	if ('delete'.startsWith(verb)) return change(stack, rest, 'delete');
	if (verb === 'flush') return flush(stack, rest);
	if (selectable(stack, verb)) return showAddresses(stack, selectionOf(stack, words), options);
	if (verb === 'help') throw new NotSimulated('ip address help');
	throw new IpFailure(255, `Command "${verb}" is unknown, try "ip address help".`);
}

const selectable = (stack: Namespace, word: string) =>
	['dev', 'up', 'scope', 'to', 'label', 'type', 'master'].includes(word) || stack.links.get(word) !== undefined;

const broadcastOf = (address: string, prefix: number): string => {
	const value = parseIpv4(address)!;
	const last = prefix >= 31 ? value : (value | (0xff_ff_ff_ff >>> prefix)) >>> 0;
	return [24, 16, 8, 0].map(shift => (last >>> shift) & 255).join('.');
};

const optionsOfAddress = ['dev', 'brd', 'scope', 'label', 'peer', 'valid_lft', 'preferred_lft', 'metric', 'noprefixroute'];

function change(stack: Namespace, words: readonly string[], verb: 'add' | 'delete'): string {
	const [text, ...rest] = words;
	const noDevice = () => new IpFailure(1, 'Not enough information: "dev" argument is required.');
	if (text === undefined) throw noDevice();
	const [address = '', length] = text.split('/');
	const isV6 = isIpv6(address);
	const most = isV6 ? 128 : 32;
	const prefix = length === undefined ? most : Number(length);
	if ((parseIpv4(address) === undefined && !isV6) || !(prefix <= most))
		throw new IpFailure(1, `Error: any valid prefix is expected rather than "${text}".`);
	const given = new Map<string, string>();
	for (let i = 0; i < rest.length; i += 2) {
		const word = rest[i] === 'broadcast' ? 'brd' : rest[i]!;
		if (!optionsOfAddress.includes(word)) throw new IpFailure(255, `Error: either "local" is duplicate, or "${word}" is a garbage.`);
		given.set(word, rest[i + 1] ?? '');
	}
	const dev = given.get('dev');
	if (dev === undefined) throw noDevice();
	if (!stack.links.get(dev)) throw new IpFailure(1, `Cannot find device "${dev}"`);
	const brd = given.get('brd');
	const broadcast = brd === '+' ? broadcastOf(address, prefix) : brd;
	const scope = (given.get('scope') as 'global' | 'host' | 'link' | undefined) ?? (address.startsWith('127.') ? 'host' : 'global');
	if (!['global', 'host', 'link', 'site'].includes(scope))
		throw new IpFailure(255, `Error: argument "${scope}" is wrong: invalid scope value.`);
	const label = given.get('label');
	asKernel(() => {
		if (verb === 'delete') stack.links.removeAddress(dev, address);
		else
			stack.links.addAddress(dev, {
				address,
				prefix,
				scope,
				...(broadcast !== undefined && {broadcast}),
				...(label !== undefined && {label}),
			});
	});
	if (verb === 'delete' && length === undefined && !isV6) throw new IpFailure(0, wildcardWarning(address));
	return '';
}

/** It is done, and told on stderr. */
const wildcardWarning = (address: string) =>
	[
		'Warning: Executing wildcard deletion to stay compatible with old scripts.',
		`         Explicitly specify the prefix length (${address}/32) to avoid this warning.`,
		'         This special behaviour is likely to disappear in further releases,',
		'         fix your scripts!',
	].join('\n');

function flush(stack: Namespace, words: readonly string[]): string {
	const name = words[0] === 'dev' ? words[1] : words[0];
	const link = stack.links.get(name ?? '');
	if (!link) throw new IpFailure(1, name === undefined ? 'Flush requires arguments.' : `Device "${name}" does not exist.`);
	for (const {address} of link.addresses) stack.links.removeAddress(link.name, address);
	return '';
}
