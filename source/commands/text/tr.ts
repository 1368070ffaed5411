import type {Machine} from '../../node/host/machine.js';
import type {Command} from '../../shell/command.js';
import {parseArguments, refuse} from '../host/arguments.js';
import {readInput} from './input.js';

const long = {complement: '=c', delete: '=d', 'squeeze-repeats': '=s', 'truncate-set1': '=t'} as const;

export default {
	name: 'tr',
	summary: 'translate or delete characters',
	*run(io) {
		const args = parseArguments(io.argv.slice(1), {flags: 'cCdst', long, stopAtOperand: true});
		if (args.problem) return refuse(io, args.problem);
		const [first, second, more] = args.operands;
		const [removes, squeezes] = [args.has('d'), args.has('s')];
		if (first === undefined) return refuse(io, 'missing operand');
		const needsTwo = removes === squeezes;
		if (second === undefined && needsTwo)
			return refuse(
				io,
				`missing operand after ‘${first}’\nTwo strings must be given when ${removes ? 'both deleting and squeezing repeats' : 'translating'}.`,
			);
		if (second !== undefined && removes && !squeezes)
			return refuse(io, `extra operand ‘${second}’\nOnly one string may be given when deleting without squeezing repeats.`);
		if (more !== undefined) return refuse(io, `extra operand ‘${more}’`);
		const complement = args.has('c') || args.has('C');
		const sets = [first, second ?? ''].map(text => charactersOf(text));
		const wrong = sets.find(set => typeof set === 'string');
		if (wrong !== undefined) {
			io.err(`tr: ${wrong as string}\n`);
			return 1;
		}

		const [from, to] = sets as [CharacterSet, CharacterSet];
		if (second === '' && !removes && !args.has('t')) {
			io.err('tr: when not truncating set1, string2 must be non-empty\n');
			return 1;
		}

		const text: string | undefined = yield* readInput(io, '-');
		const inFirst = (character: string) => from.members.includes(character) !== complement;
		let result = [...(text ?? '')];
		if (removes) result = result.filter(character => !inFirst(character));
		else if (second !== undefined)
			result = result.map(character => (inFirst(character) ? translated(character, from, to, complement, args.has('t')) : character));
		if (squeezes) {
			const squeezed = second === undefined ? inFirst : (character: string) => to.members.includes(character);
			result = result.filter((character, index) => character !== result[index - 1] || !squeezed(character));
		}

		io.out(result.join(''));
		return 0;
	},
} satisfies Command<Machine>;

interface CharacterSet {
	readonly members: readonly string[];
	/** `[x*]`: this one fills up what is missing. */
	readonly filler?: string;
}

function translated(character: string, from: CharacterSet, to: CharacterSet, complement: boolean, truncate: boolean): string {
	const last = to.filler ?? to.members.at(-1) ?? character;
	if (complement) return last;
	const index = from.members.lastIndexOf(character);
	return to.members[index] ?? (truncate ? character : last);
}

const span = (first: number, last: number): string[] =>
	Array.from({length: last - first + 1}, (_, index) => String.fromCharCode(first + index));
const upper = span(65, 90);
const lower = span(97, 122);
const digits = span(48, 57);
const punctuation = span(33, 126).filter(character => !/[A-Za-z0-9]/.test(character));
const classes: Readonly<Record<string, readonly string[]>> = {
	upper,
	lower,
	digit: digits,
	alpha: [...upper, ...lower],
	alnum: [...digits, ...upper, ...lower],
	punct: punctuation,
	space: ['\t', '\n', '\v', '\f', '\r', ' '],
	blank: ['\t', ' '],
	cntrl: [...span(0, 31), '\u007f'],
	print: span(32, 126),
	graph: span(33, 126),
	xdigit: [...digits, ...span(65, 70), ...span(97, 102)],
};

const escapes: Readonly<Record<string, string>> = {a: '\u0007', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v'};
/** More have nothing to stand opposite to. */
const repeatsMax = 0x11_00_00;
const item = /\[:(\w+):\]|\[=(.)=\]|\[(.)\*(\d*)\]|((?:\\[0-7]{1,3}|\\.|[^\\]))(?:-((?:\\[0-7]{1,3}|\\.|[^\\])))?|\\$/gsu;

/** The characters a SET stands for; what is wrong, as text. */
function charactersOf(text: string): CharacterSet | string {
	const members: string[] = [];
	let filler: string | undefined;
	for (const [all, name, same, repeated, times, first, last] of text.matchAll(item)) {
		if (name !== undefined) {
			const named = classes[name];
			if (!named) return `invalid character class ‘${name}’`;
			members.push(...named);
		} else if (same !== undefined) members.push(same);
		else if (repeated !== undefined) {
			if (times === '' || times === '0') filler = repeated;
			else
				for (let left = Math.min(repeatsMax, Number.parseInt(times!, times!.startsWith('0') ? 8 : 10)); left > 0; left--)
					members.push(repeated);
		} else if (first === undefined) members.push(all);
		else if (last === undefined) members.push(character(first));
		else {
			const [low, high] = [character(first), character(last)];
			if (low > high) return `range-endpoints of '${all}' are in reverse collating sequence order`;
			for (const each of span(low.codePointAt(0)!, high.codePointAt(0)!)) members.push(each);
		}
	}

	return {members, ...(filler !== undefined && {filler})};
}

const character = (text: string): string =>
	/^\\[0-7]/.test(text)
		? String.fromCharCode(Number.parseInt(text.slice(1), 8) & 255)
		: text.startsWith('\\')
			? (escapes[text[1]!] ?? text[1]!)
			: text;
