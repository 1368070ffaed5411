import type {Machine} from '../../node/host/machine.js';
import type {Command} from '../../shell/command.js';
import {notSimulated, parseArguments, refuse} from '../host/arguments.js';
import {readInput} from './input.js';

const table = Array.from({length: 256}, (_, byte) => {
	let value = byte << 24;
	for (let bit = 0; bit < 8; bit++) value = value & 0x8000_0000 ? (value << 1) ^ 0x04c1_1db7 : value << 1;
	return value >>> 0;
});

/** POSIX's CRC: the bytes, then their number, lowest first. */
function crc(bytes: string): number {
	let value = 0;
	const add = (byte: number) => (value = ((value << 8) ^ table[((value >>> 24) ^ byte) & 255]!) >>> 0);
	for (let at = 0; at < bytes.length; at++) add(bytes.charCodeAt(at));
	for (let left = bytes.length; left > 0; left = Math.floor(left / 256)) add(left & 255);
	return ~value >>> 0;
}

function rotated(bytes: string): number {
	let value = 0;
	for (let at = 0; at < bytes.length; at++) value = ((value >> 1) + ((value & 1) << 15) + bytes.charCodeAt(at)) & 0xffff;
	return value;
}

function added(bytes: string): number {
	let value = 0;
	for (let at = 0; at < bytes.length; at++) value += bytes.charCodeAt(at);
	const folded = (value & 0xffff) + Math.floor(value / 0x1_0000);
	return (folded & 0xffff) + (folded >> 16);
}

const checksum = (
	name: string,
	flags: string,
	line: (text: string, file: string, many: boolean, has: (flag: string) => boolean) => string,
): Command<Machine> => ({
	name,
	summary: 'print a checksum and count bytes',
	*run(io) {
		const args = parseArguments(io.argv.slice(1), {flags, values: name === 'cksum' ? 'a' : '', long: {algorithm: '=a', sysv: '=s'}});
		if (args.problem) return refuse(io, args.problem);
		if (args.has('a')) return notSimulated(io, 'cksum -a');
		let status = 0;
		for (const file of args.operands.length > 0 ? args.operands : ['']) {
			const text: string | undefined = yield* readInput(io, file || '-');
			if (text === undefined) status = 1;
			else io.out(`${line(text, file, args.operands.length > 1, args.has)}${file && ` ${file}`}\n`);
		}

		return status;
	},
});

export default [
	checksum('cksum', '', text => `${crc(text)} ${text.length}`),
	checksum('sum', 'rs', (text, _file, _many, has) =>
		has('s')
			? `${added(text)} ${Math.ceil(text.length / 512)}`
			: `${String(rotated(text)).padStart(5, '0')} ${String(Math.ceil(text.length / 1024)).padStart(5)}`,
	),
];
