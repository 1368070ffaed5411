import {parseIpv4} from '../address.js';
import type {NatRange} from '../flow.js';
import {readPort} from '../iptables-text.js';
import {usageError} from '../match-kind.js';

/** `10.1.2.3`, `10.1.2.3:80`, `:80`, `10.1.2.3:1000-2000`; IPv6 in brackets when a port follows. */
export function readRange(text: string): string {
	const {address, ports} = splitRange(text);
	if (address !== '' && parseIpv4(address.split('-')[0]!) === undefined && !address.includes(':'))
		throw usageError(`Bad IP address "${address}"`);
	if (ports !== undefined) for (const port of ports.split('-')) readPort(port);
	return text;
}

export function splitRange(text: string): {address: string; ports?: string} {
	const bracket = /^\[([^\]]+)\](?::(.+))?$/.exec(text);
	if (bracket) return {address: bracket[1]!, ports: bracket[2]};
	const colons = text.split(':');
	if (colons.length > 2) return {address: text};
	return {address: colons[0]!, ports: colons[1]};
}

export function rangeOf(text: string, random: boolean): NatRange {
	const {address, ports} = splitRange(text);
	const [low, high = low] = ports?.split('-') ?? [];
	return {
		...(address && {address: address.split('-')[0]!}),
		...(low !== undefined && {portMin: readPort(low), portMax: readPort(high!)}),
		random,
	};
}
