import type {Machine} from '../../node/host/machine.js';
import type {Command, Io} from '../../shell/command.js';
import {type Arguments, parseArguments, refuse} from '../host/arguments.js';
import {linesOf, standardInput} from './input.js';

const long = {
	from: 'value',
	to: 'value',
	padding: 'value',
	field: 'value',
	delimiter: '=d',
	suffix: 'value',
	header: 'flag',
	'zero-terminated': '=z',
} as const;
const letters = 'KMGTPEZY';
const failed = 2;

class NumberProblem extends Error {}

export default {
	name: 'numfmt',
	summary: 'write numbers for people, and back',
	*run(io) {
		const args = parseArguments(io.argv.slice(1), {flags: 'z', values: 'd', long});
		if (args.problem) return refuse(io, args.problem);
		const wrong = (['from', 'to'] as const).find(name => !['none', 'auto', 'si', 'iec', 'iec-i'].includes(args.value(name) ?? 'none'));
		if (wrong) return refuse(io, `invalid argument ‘${args.value(wrong)}’ for ‘--${wrong}’`);
		const lines = args.operands.length > 0 ? args.operands : linesOf(yield* standardInput(io));
		for (const [index, line] of lines.entries()) {
			if (index === 0 && args.has('header') && args.operands.length === 0) io.out(`${line}\n`);
			else if (!show(io, args, line)) return failed;
		}

		return 0;
	},
} satisfies Command<Machine>;

/** Changes one field of a line and leaves the others, and the blanks, as they are. */
function show(io: Io, args: Arguments, line: string): boolean {
	const delimiter = args.value('d');
	const fields = delimiter === undefined ? (line.match(/\s*\S+/g) ?? [line]) : line.split(delimiter);
	const at = Number(args.value('field') ?? 1) - 1;
	try {
		const changed = fields.map((field, index) => (index === at ? fieldOf(field, args) : field));
		io.out(`${changed.join(delimiter ?? '')}\n`);
		return true;
	} catch (error) {
		if (!(error instanceof NumberProblem)) throw error;
		io.err(`numfmt: ${error.message}\n`);
		return false;
	}
}

function fieldOf(field: string, args: Arguments): string {
	const blanks = /^\s*/.exec(field)![0];
	const suffix = args.value('suffix') ?? '';
	const text = field.slice(blanks.length);
	const bare = suffix !== '' && text.endsWith(suffix) ? text.slice(0, -suffix.length) : text;
	const value = written(parse(bare, args.value('from') ?? 'none'), args.value('to') ?? 'none', bare) + suffix;
	const padding = args.value('padding');
	if (padding === undefined) return blanks.length > 1 ? value.padStart(field.length) : blanks + value;
	return padding.startsWith('-') ? value.padEnd(-Number(padding)) : value.padStart(Number(padding));
}

function parse(text: string, from: string): number {
	const [, digits, unit = '', rest = ''] = /^(-?\d+(?:\.\d+)?)\s?([KMGTPEZY]?)(.*)$/.exec(text) ?? [];
	if (digits === undefined) throw new NumberProblem(`invalid number: ‘${text}’`);
	if (unit === '' && rest === '') return Number(digits);
	if (from === 'none') {
		throw new NumberProblem(
			unit === '' ? `invalid suffix in input: ‘${text}’` : `rejecting suffix in input: ‘${text}’ (consider using --from)`,
		);
	}

	const binary = rest === 'i' && (from === 'auto' || from === 'iec-i');
	if (from === 'iec-i' && !binary) throw new NumberProblem(`missing 'i' suffix in input: ‘${text}’ (e.g Ki/Mi/Gi)`);
	if (unit === '' || (rest !== '' && !binary)) throw new NumberProblem(`invalid suffix in input: ‘${text}’`);
	return Number(digits) * (binary || from === 'iec' ? 1024 : 1000) ** (letters.indexOf(unit) + 1);
}

/** One decimal below ten; rounded away from zero. */
function written(value: number, to: string, text: string): string {
	if (to === 'none' || to === 'auto') return /^-?\d+\.\d+$/.test(text) ? text : String(value);
	const base = to === 'si' ? 1000 : 1024;
	const round = (number: number) => {
		const scale = Math.abs(number) < 10 ? 10 : 1;
		return (Math.sign(number) * Math.ceil(Math.abs(number) * scale - 1e-9)) / scale;
	};
	let rest = value;
	let power = 0;
	while (Math.abs(rest) >= base && power < letters.length) {
		rest /= base;
		power++;
	}

	if (power === 0) return String(Math.sign(rest) * Math.ceil(Math.abs(rest)));
	if (Math.abs(round(rest)) >= base && power < letters.length) {
		rest /= base;
		power++;
	}

	const shown = Math.abs(rest) < 10 ? round(rest).toFixed(Math.abs(round(rest)) < 10 ? 1 : 0) : String(round(rest));
	return `${shown}${to === 'si' && power === 1 ? 'K' : letters[power - 1]}${to === 'iec-i' ? 'i' : ''}`;
}
