import type {Machine} from '../../node/host/machine.js';
import type {Command} from '../../shell/command.js';
import {compileRegex} from '../../shell/regex/regex.js';
import {type Arguments, notSimulated, parseArguments, refuse} from '../host/arguments.js';
import {linesOf, readInput} from './input.js';

const long = {
	'body-numbering': '=b',
	'line-increment': '=i',
	'join-blank-lines': '=l',
	'number-format': '=n',
	'number-separator': '=s',
	'starting-line-number': '=v',
	'number-width': '=w',
	'header-numbering': '=h',
	'footer-numbering': '=f',
	'section-delimiter': '=d',
	'no-renumber': '=p',
} as const;

export default {
	name: 'nl',
	summary: 'number lines',
	*run(io) {
		const args = parseArguments(io.argv.slice(1), {flags: 'p', values: 'bdfhilnsvw', long});
		if (args.problem) return refuse(io, args.problem);
		for (const letter of ['d', 'f', 'h', 'l']) if (args.has(letter)) return notSimulated(io, `nl -${letter}`);
		const style = args.value('b') ?? 't';
		if (!/^(?:[atn]|p.*)$/s.test(style)) return refuse(io, `invalid body numbering style: ‘${style}’`);
		const format = args.value('n') ?? 'rn';
		if (!['ln', 'rn', 'rz'].includes(format)) return refuse(io, `invalid line numbering format: ‘${format}’`);
		const write = numbering(args, style, format);
		let status = 0;
		for (const name of args.operands.length > 0 ? args.operands : ['-']) {
			const text: string | undefined = yield* readInput(io, name);
			if (text === undefined) status = 1;
			else io.out(linesOf(text).map(write).join(''));
		}

		return status;
	},
} satisfies Command<Machine>;

/** Goes on counting from file to file. */
function numbering(args: Arguments, style: string, format: string): (line: string) => string {
	const width = Number(args.value('w') ?? 6);
	const separator = args.value('s') ?? '\t';
	const pattern = style.startsWith('p') ? compileRegex(style.slice(1)).regex : undefined;
	let number = Number(args.value('v') ?? 1);
	const counts = (line: string) =>
		style === 'a' || (style === 't' && line !== '') || (pattern !== undefined && line.search(pattern) !== -1);
	return line => {
		// What is not counted keeps the place of number and separator free.
		if (!counts(line)) return `${' '.repeat(width + separator.length)}${line}\n`;
		const text = String(number);
		number += Number(args.value('i') ?? 1);
		const shown = format === 'ln' ? text.padEnd(width) : text.padStart(width, format === 'rz' ? '0' : ' ');
		return `${shown}${separator}${line}\n`;
	};
}
