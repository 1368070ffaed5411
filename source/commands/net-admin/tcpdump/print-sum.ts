import {type Internet, number16} from './decoded.js';
import {sumOf, word16} from './packet-bytes.js';

/** What stands as checksum, and what should: on the way out the device has not finished it yet. */
export function checked(bytes: Uint8Array, ip: Internet, offset: number, kind: 'tcp' | 'udp'): string {
	const body = Array.from(bytes.subarray(ip.body, ip.end));
	const stands = number16(bytes, ip.body + offset);
	body.splice(offset, 2, 0, 0);
	const pseudo = sumOf([...bytes.subarray(ip.at + 12, ip.at + 20), 0, ip.protocol, ...word16(body.length)]);
	const right = ~sumOf(body, pseudo) & 0xff_ff;
	const hex = (value: number) => `0x${value.toString(16).padStart(4, '0')}`;
	if (kind === 'udp') return stands === right ? '[udp sum ok]' : `[bad udp cksum ${hex(stands)} -> ${hex(right)}!]`;
	return stands === right ? `cksum ${hex(stands)} (correct)` : `cksum ${hex(stands)} (incorrect -> ${hex(right)})`;
}
