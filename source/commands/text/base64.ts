import type {Machine} from '../../node/host/machine.js';
import {FileError} from '../../os/files.js';
import type {Command, Io} from '../../shell/command.js';
import {fromBytes, toBytes} from '../../shell/run/stream.js';
import {isBusybox} from '../net-client/flavour.js';
import {parseArguments, refuse} from '../host/arguments.js';
import {standardInput, readContent} from './input.js';

interface Alphabet {
	readonly letters: string;
	readonly bits: number;
	/** Characters that stand for a whole number of bytes. */
	readonly group: number;
}

const alphabets: Readonly<Record<string, Alphabet>> = {
	base64: {letters: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/', bits: 6, group: 4},
	base32: {letters: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567', bits: 5, group: 8},
};

const tool = (name: string): Command<Machine> => ({
	name,
	summary: `encode and decode ${name}`,
	*run(io) {
		const args = parseArguments(io.argv.slice(1), {flags: 'di', values: 'w', long: {decode: '=d', 'ignore-garbage': '=i', wrap: '=w'}});
		if (args.problem) return refuse(io, args.problem);
		const [file = '-', more] = args.operands;
		if (more !== undefined) return refuse(io, `extra operand ‘${more}’`);
		const wrap = args.value('w') ?? '76';
		if (!/^\d+$/.test(wrap)) {
			io.err(`${name}: invalid wrap size: ‘${wrap}’\n`);
			return 1;
		}

		const bytes: Uint8Array | undefined = file === '-' ? toBytes(yield* standardInput(io)) : read(io, file);
		if (!bytes) return 1;
		const alphabet = alphabets[name]!;
		if (!args.has('d')) {
			const text = encode(bytes, alphabet);
			const size = Number(wrap);
			io.out(size === 0 ? text : (text.match(new RegExp(`.{1,${size}}`, 'g')) ?? []).map(line => `${line}\n`).join(''));
			return 0;
		}

		const {decoded, isWhole} = decode(fromBytes(bytes), alphabet, args.has('i'));
		io.out(fromBytes(decoded));
		if (isWhole) return 0;
		io.err(isBusybox(io.machine, name) ? `${name}: truncated input\n` : `${name}: invalid input\n`);
		return 1;
	},
});

function read(io: Io<Machine>, name: string): Uint8Array | undefined {
	try {
		return readContent(io, io.path(name));
	} catch (error) {
		if (!(error instanceof FileError)) throw error;
		io.err(`${io.argv[0]}: ${error.code === 'EISDIR' ? 'read error' : name}: ${error.message}\n`);
		return undefined;
	}
}

function encode(bytes: Uint8Array, {letters, bits, group}: Alphabet): string {
	let text = '';
	let value = 0;
	let held = 0;
	for (const byte of bytes) {
		value = (value << 8) | byte;
		held += 8;
		for (; held >= bits; held -= bits) text += letters[(value >> (held - bits)) & (2 ** bits - 1)];
		value &= 2 ** held - 1;
	}

	if (held > 0) text += letters[(value << (bits - held)) & (2 ** bits - 1)];
	return text.padEnd(Math.ceil(text.length / group) * group, '=');
}

/** As far as it is valid: what came before a mistake is kept. Padding may be followed by more. */
function decode(text: string, {letters, bits, group}: Alphabet, lenient: boolean): {decoded: Uint8Array; isWhole: boolean} {
	const decoded: number[] = [];
	let part: string[] = [];
	const flush = () => {
		const digits = part.filter(char => char !== '=');
		let value = 0;
		let held = 0;
		for (const char of digits) {
			value = (value << bits) | letters.indexOf(char);
			held += bits;
			if (held >= 8) decoded.push((value >> (held -= 8)) & 255);
			value &= 2 ** held - 1;
		}

		part = [];
	};
	for (const char of text) {
		if (char === '\n') continue;
		const padding = char === '=' && part.length > 1;
		if (!padding && (!letters.includes(char) || part.includes('='))) {
			if (lenient) continue;
			flush();
			return {decoded: Uint8Array.from(decoded), isWhole: false};
		}

		part.push(char);
		if (part.length === group) flush();
	}

	const isWhole = part.length === 0;
	flush();
	return {decoded: Uint8Array.from(decoded), isWhole};
}

export default [tool('base64'), tool('base32')];
