import {parseIpv4} from '../../net/address.js';

/** Numbers as the files of /proc/net hold them. */
export const hex = (value: number, digits: number): string => value.toString(16).toUpperCase().padStart(digits, '0');

/** In the byte order of the machine: 127.0.0.1 is 0100007F. */
export const hexAddress = (address: string): string =>
	address
		.split('.')
		.reverse()
		.map(part => hex(Number(part), 2))
		.join('');

/** In that of the network, as IPVS prints them: 127.0.0.1 is 7F000001. */
export const hexInOrder = (address: string): string => hex(parseIpv4(address) ?? 0, 8);
