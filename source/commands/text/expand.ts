import type {Machine} from '../../node/host/machine.js';
import type {Command, Io} from '../../shell/command.js';
import {type Arguments, parseArguments, refuse} from '../host/arguments.js';
import {readInput} from './input.js';

/** Where tabs end: every so many columns, or at the places named and then nowhere. */
type Stops = (column: number) => number | undefined;

function stopsOf(text: string): Stops | undefined {
	if (!/^\d+(?:[, ]\d+)*$/.test(text)) return undefined;
	const places = text.split(/[, ]/).map(Number);
	if (places.some((place, index) => place === 0 || (index > 0 && place <= places[index - 1]!))) return undefined;
	const [every] = places;
	if (places.length === 1) return column => column + every! - (column % every!);
	return column => places.find(place => place > column);
}

function* eachInput(io: Io<Machine>, args: Arguments, change: (line: string) => string): Generator<any, number, any> {
	let status = 0;
	for (const name of args.operands.length > 0 ? args.operands : ['-']) {
		const text: string | undefined = yield* readInput(io, name);
		if (text === undefined) status = 1;
		else io.out(text.replace(/[^\n]+/g, change));
	}

	return status;
}

export const expand: Command<Machine> = {
	name: 'expand',
	summary: 'turn tabs into blanks',
	*run(io) {
		const args = parseArguments(numbered(io), {flags: 'i', values: 't', long: {initial: '=i', tabs: '=t'}});
		if (args.problem) return refuse(io, args.problem);
		const stops = stopsOf(args.value('t') ?? '8');
		if (!stops) return badStops(io, args.value('t')!);
		return yield* eachInput(io, args, line => {
			let column = 0;
			let text = '';
			let inside = false;
			for (const char of line) {
				inside ||= char !== ' ' && char !== '\t';
				if (char !== '\t' || (inside && args.has('i'))) {
					text += char;
					column++;
					continue;
				}

				const next = stops(column) ?? column + 1;
				text += ' '.repeat(next - column);
				column = next;
			}

			return text;
		});
	},
};

export const unexpand: Command<Machine> = {
	name: 'unexpand',
	summary: 'turn blanks into tabs',
	*run(io) {
		const args = parseArguments(numbered(io), {flags: 'a', values: 't', long: {all: '=a', 'first-only': 'flag', tabs: '=t'}});
		if (args.problem) return refuse(io, args.problem);
		const stops = stopsOf(args.value('t') ?? '8');
		if (!stops) return badStops(io, args.value('t')!);
		const everywhere = (args.has('a') || args.has('t')) && !args.has('first-only');
		return yield* eachInput(io, args, line => joined(line, stops, everywhere));
	},
};

/** Blanks that reach a stop become a tab, a single one among words does not. */
function joined(line: string, stops: Stops, everywhere: boolean): string {
	let text = '';
	let blanks = '';
	let column = 0;
	for (const [index, char] of [...line].entries()) {
		if (char !== ' ' && char !== '\t') {
			text += blanks + char;
			blanks = '';
			column++;
			if (!everywhere) return text + [...line].slice(index + 1).join('');
			continue;
		}

		const next = stops(column);
		column = char === '\t' ? (next ?? column + 1) : column + 1;
		if (next === undefined || (char === ' ' && column < next)) blanks += char;
		else {
			// One blank just before a stop stays what it is among words.
			text += char === ' ' && blanks === '' && text !== '' && [...line][index + 1] !== ' ' && [...line][index + 1] !== '\t' ? ' ' : '\t';
			blanks = '';
		}
	}

	return text + blanks;
}

/** `-4` is short for `-t 4`. */
const numbered = (io: Io<Machine>): string[] => io.argv.slice(1).map(word => (/^-\d+(?:,\d+)*$/.test(word) ? `-t${word.slice(1)}` : word));

function badStops(io: Io<Machine>, text: string): number {
	const problem = /^[\d, ]*$/.test(text)
		? /(?:^|[, ])0+(?:[, ]|$)/.test(text)
			? 'tab size cannot be 0'
			: 'tab sizes must be ascending'
		: undefined;
	io.err(`${io.argv[0]}: ${problem ?? `tab size contains invalid character(s): ‘${text.replace(/^[\d, ]+/, '')}’`}\n`);
	return 1;
}
