import {isIpv6, parseIpv4} from '../../address.js';
import type {NatRange} from '../../flow.js';
import {portNumber, readPort} from '../text.js';
import {usageError} from '../iptables.js';

/** `10.1.2.3`, `10.1.2.3:80`, `:80`, `10.1.2.3:1000-2000`; IPv6 in brackets when a port follows. */
export function readRange(text: string): string {
	const {address, ports} = splitRange(text);
	const wrong = address.split('-').find(each => parseIpv4(each) === undefined && !isIpv6(each));
	if (address !== '' && wrong !== undefined) throw usageError(`Bad IP address "${wrong}"`);
	return ports === undefined ? text : `${text.slice(0, text.length - ports.length)}${readPorts(ports)}`;
}

/** `80`, `http`, `80-90`. */
export function readPorts(text: string): string {
	if (text.includes(':')) throw usageError('Invalid port:port syntax - use dash');
	const numbers = text.split('-').map(word => {
		const port = /^\d+$/.test(word) && Number(word) > 65_535 ? undefined : portNumber(word);
		if (port === undefined) throw usageError(`Port \`${word}' not valid`);
		return port;
	});
	if (numbers.length > 1 && numbers[0]! > numbers[1]!) throw usageError(`Port range \`${numbers[1]}' funky`);
	return numbers.join('-');
}

export const hasPort = (text: string): boolean => splitRange(text).ports !== undefined;

/** Ports are for protocols that have some. */
export function withPorts<T>(given: T, protocol: {readonly value: string} | undefined, ports: boolean): T {
	if (ports && !['tcp', 'udp', 'sctp'].includes(protocol?.value ?? ''))
		throw usageError('Need TCP, UDP, SCTP or DCCP with port specification');
	return given;
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
