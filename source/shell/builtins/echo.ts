import {fromBytes, toBytes} from '../run/stream.js';
import {out} from '../run/streams.js';
import type {Builtin} from './builtin.js';

const simple: Readonly<Record<string, string>> = {
	a: '\u0007',
	b: '\b',
	e: '\u001b',
	E: '\u001b',
	f: '\f',
	n: '\n',
	r: '\r',
	t: '\t',
	v: '\v',
	'\\': '\\',
};

/** Backslash sequences of `echo -e` and `printf %b`; `\c` ends all output. */
export function unescapeText(text: string): {text: string; stop: boolean} {
	let result = '';
	for (let at = 0; at < text.length; at++) {
		if (text[at] !== '\\') {
			result += text[at];
			continue;
		}

		const rest = text.slice(at + 1);
		const number = /^(?:0([0-7]{1,3})|x([\da-fA-F]{1,2})|u([\da-fA-F]{1,4})|U([\da-fA-F]{1,8}))/.exec(rest);
		if (number) {
			const code = number[1] === undefined ? Number.parseInt(number[2] ?? number[3] ?? number[4]!, 16) : Number.parseInt(number[1], 8);
			// Bytes travel as lone surrogates until they make a character together.
			const isByte = number[3] === undefined && number[4] === undefined && code > 127;
			result += isByte ? String.fromCharCode(0xdc00 + (code & 255)) : String.fromCodePoint(Math.min(code, 0x10ffff));
			at += number[0].length;
		} else if (rest[0] === 'c') return {text: joinBytes(result), stop: true};
		else if (rest[0] !== undefined && Object.hasOwn(simple, rest[0])) {
			result += simple[rest[0]];
			at++;
		} else result += '\\';
	}

	return {text: joinBytes(result), stop: false};
}

/** Escaped bytes that make up a character become that character. */
export const joinBytes = (text: string): string => (/[\udc80-\udcff]/.test(text) ? fromBytes(toBytes(text)) : text);

export default [
	{
		name: 'echo',
		run({shell, streams}, args) {
			let newline = true;
			let escapes = shell.shoptions.has('xpg_echo') || shell.dialect.name === 'dash';
			let at = 0;
			for (; at < args.length && /^-[neE]+$/.test(args[at]!); at++) {
				for (const letter of args[at]!.slice(1)) {
					if (letter === 'n') newline = false;
					else escapes = letter === 'e';
				}
			}

			const text = args.slice(at).join(' ');
			const {text: written, stop} = escapes ? unescapeText(text) : {text, stop: false};
			out(streams, written + (newline && !stop ? '\n' : ''));
			return 0;
		},
	},
] satisfies Builtin[];
