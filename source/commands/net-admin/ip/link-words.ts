import {IpFailure} from './failure.js';

export const decimal = (value: string, name: string): number => {
	if (!/^-?\d+$/.test(value)) throw new IpFailure(255, `Error: argument "${value}" is wrong: Invalid "${name}" value\n`);
	return Number(value);
};

export const mtuOf = (value: string): number => decimal(value, 'mtu');

export function hardwareAddress(value: string): string {
	if (!/^[0-9a-f]{1,2}(:[0-9a-f]{1,2})*$/i.test(value)) throw new IpFailure(1, `"${value}" is invalid lladdr.`);
	return value
		.toLowerCase()
		.split(':')
		.map(part => part.padStart(2, '0'))
		.join(':');
}
