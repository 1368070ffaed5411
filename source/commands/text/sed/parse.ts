import {compileRegex} from '../../../shell/regex/regex.js';
import {RegexError} from '../../../regex/regex-error.js';
import {unescapeCharacters, unescapeText} from './escapes.js';
import type {ScriptReader} from './reader.js';
import {type Address, type Instruction, type RangeEnd, type Script, SedError} from './script.js';
import {parseReplacement, type Substitution} from './substitution.js';

/** Reads the texts of `-e` and `-f` as one script. Source: sed/compile.c. */
export function parseScript(readers: readonly ScriptReader[], extended: boolean): Script {
	const parser = new Parser(extended);
	for (const [index, reader] of readers.entries()) parser.read(reader, readers[index + 1]);
	return parser.finish();
}

const withText = new Set(['a', 'i', 'c']);
const withFile = new Set(['r', 'R', 'w', 'W']);
const withLabel = new Set(['b', 't', 'T']);
const withNumber = new Set(['q', 'Q', 'l', 'L']);
const bare = new Set(['=', 'd', 'D', 'F', 'g', 'G', 'h', 'H', 'n', 'N', 'p', 'P', 'x', 'z']);
const oneAddress = new Set(['q', 'Q']);

type Draft = {-readonly [Name in keyof Instruction]: Instruction[Name]};

class Parser {
	readonly #extended: boolean;
	readonly #instructions: Instruction[] = [];
	readonly #labels = new Map<string, number>();
	readonly #outputs = new Set<string>();
	readonly #open: Draft[] = [];
	/** Text of a, i or c whose line ended with a backslash goes on in the next `-e`. */
	#continued: Draft | undefined;

	constructor(extended: boolean) {
		this.#extended = extended;
	}

	read(reader: ScriptReader, next: ScriptReader | undefined): void {
		if (this.#continued) {
			this.#continued.text = this.#text(reader);
			this.#continued = undefined;
		}

		for (;;) {
			reader.skip(/[\s;]/);
			if (reader.peek === undefined) return;
			if (reader.take('#')) reader.line();
			else this.#instruction(reader, next);
		}
	}

	finish(): Script {
		if (this.#open.length > 0) throw new SedError("-e expression #1, char 0: unmatched `{'");
		for (const {name, text} of this.#instructions) {
			if (withLabel.has(name) && text !== '' && !this.#labels.has(text)) throw new SedError(`can't find label for jump to \`${text}'`, 4);
		}

		return {instructions: this.#instructions, labels: this.#labels, outputs: this.#outputs};
	}

	#instruction(reader: ScriptReader, next: ScriptReader | undefined): void {
		const draft = this.#addressed(reader);
		const name = reader.next();
		if (name === undefined) reader.fail('missing command');
		draft.name = name;
		if (draft.to && oneAddress.has(name)) reader.fail('command only uses one address');
		if (name === '}') this.#close(reader, draft);
		else if (name === ':') this.#label(reader, draft);
		else {
			if (name === '{') this.#open.push(draft);
			else if (withText.has(name)) this.#lines(reader, draft, next);
			else if (name === 's') draft.substitution = this.#substitution(reader);
			else if (name === 'y') draft.table = this.#table(reader);
			else if (withFile.has(name)) this.#file(reader, draft);
			else if (withLabel.has(name)) draft.text = this.#labelName(reader);
			else if (withNumber.has(name)) this.#numbered(reader, draft);
			else if (name === 'e' || name === 'v') draft.text = reader.line().trim();
			else if (bare.has(name)) this.#end(reader);
			else reader.fail(`unknown command: \`${name}'`);
			if (name !== 'v') this.#instructions.push(draft);
		}
	}

	#addressed(reader: ScriptReader): Draft {
		const draft: Draft = {
			name: '',
			from: undefined,
			to: undefined,
			negated: false,
			text: '',
			number: undefined,
			substitution: undefined,
			table: undefined,
			jump: 0,
		};
		draft.from = this.#address(reader);
		if (draft.from) {
			reader.skip(/[ \t]/);
			if (reader.take(',')) {
				reader.skip(/[ \t]/);
				draft.to = this.#rangeEnd(reader);
			}

			const {from, to} = draft;
			if (from.kind === 'line' && from.line === 0 && to?.kind !== 'regex') reader.failAfter('invalid usage of line address 0');
		} else if (reader.peek === '+' || reader.peek === '~') {
			reader.next();
			reader.failAfter('invalid usage of +N or ~N as first address');
		}

		reader.skip(/\s/);
		while (reader.take('!')) {
			if (draft.negated) reader.fail("multiple `!'s");
			draft.negated = true;
			reader.skip(/\s/);
		}

		return draft;
	}

	#address(reader: ScriptReader): Address | undefined {
		const start = reader.peek;
		if (start === '/' || start === '\\') {
			reader.next();
			const delimiter = start === '/' ? '/' : reader.next();
			const pattern = delimiter === undefined ? undefined : reader.until(delimiter, true);
			if (pattern === undefined) reader.fail('unterminated address regex');
			const flags = {ignoreCase: false, multiline: false};
			for (;;) {
				if (reader.take('I')) flags.ignoreCase = true;
				else if (reader.take('M')) flags.multiline = true;
				else break;
			}

			return {kind: 'regex', regex: this.#regex(reader, pattern, flags)?.regex};
		}

		if (reader.take('$')) return {kind: 'last'};
		const line = reader.number();
		if (line === undefined) return undefined;
		reader.skip(/[ \t]/);
		if (!reader.take('~')) return {kind: 'line', line};
		return {kind: 'step', first: line, step: reader.number() ?? 0};
	}

	#rangeEnd(reader: ScriptReader): RangeEnd {
		if (reader.take('+')) return {kind: 'lines', count: reader.number() ?? reader.fail('expected number')};
		if (reader.take('~')) return {kind: 'multiple', of: reader.number() ?? reader.fail('expected number')};
		return this.#address(reader) ?? reader.fail("unexpected `,'");
	}

	#regex(reader: ScriptReader, pattern: string, flags: {ignoreCase: boolean; multiline: boolean}) {
		if (pattern === '') {
			if (flags.ignoreCase || flags.multiline) reader.fail('cannot specify modifiers on empty regexp');
			return undefined;
		}

		try {
			return compileRegex(unescapeCharacters(pattern), {extended: this.#extended, ...flags});
		} catch (error) {
			if (!(error instanceof RegexError)) throw error;
			reader.fail(error.message);
		}
	}

	#close(reader: ScriptReader, draft: Draft): void {
		const open = this.#open.pop();
		if (!open) reader.fail("unexpected `}'");
		if (draft.from) reader.fail("} doesn't want any addresses");
		open.jump = this.#instructions.length;
		this.#end(reader);
	}

	#label(reader: ScriptReader, draft: Draft): void {
		if (draft.from) reader.fail(": doesn't want any addresses");
		reader.skip(/[ \t]/);
		let label = '';
		while (reader.peek !== undefined && !/[\s;]/.test(reader.peek)) label += reader.next();
		if (label === '') reader.fail('":" lacks a label');
		this.#labels.set(label, this.#instructions.length);
	}

	#labelName(reader: ScriptReader): string {
		reader.skip(/[ \t]/);
		let label = '';
		while (reader.peek !== undefined && !/[\s;}]/.test(reader.peek)) label += reader.next();
		return label;
	}

	#lines(reader: ScriptReader, draft: Draft, next: ScriptReader | undefined): void {
		reader.skip(/[ \t]/);
		if (reader.peek === undefined) reader.fail("expected \\ after `a', `c' or `i'");
		if (reader.take('\\')) {
			const before = reader.at;
			reader.skip(/[ \t]/);
			// `a\text` on one line keeps its blanks; the classic form starts on the next line.
			if (!reader.take('\n')) reader.at = before;
			if (reader.peek === undefined) {
				if (next) this.#continued = draft;
				return;
			}
		}

		draft.text = this.#text(reader);
	}

	/** Lines up to the first one that does not end with a backslash. */
	#text(reader: ScriptReader): string {
		let text = '';
		for (let character = reader.next(); character !== undefined && character !== '\n'; character = reader.next()) {
			text += character;
			if (character === '\\') text += reader.next() ?? '';
		}

		return `${unescapeText(text)}\n`;
	}

	#file(reader: ScriptReader, draft: Draft): void {
		reader.skip(/[ \t]/);
		draft.text = reader.line();
		if (draft.text === '') reader.fail('missing filename in r/R/w/W commands');
		if (/[wW]/.test(draft.name)) this.#outputs.add(draft.text);
	}

	#numbered(reader: ScriptReader, draft: Draft): void {
		reader.skip(/[ \t]/);
		draft.number = reader.number();
		this.#end(reader);
	}

	#table(reader: ScriptReader): ReadonlyMap<string, string> {
		const delimiter = reader.next();
		const [from, to] = [0, 1].map(() => (delimiter === undefined ? undefined : reader.until(delimiter, false)));
		if (from === undefined || to === undefined) reader.fail("unterminated `y' command");
		const [keys, values] = [from, to].map(text => [
			...text.replaceAll(/\\([\s\S])/g, (all, next) => (next === 'n' ? '\n' : next === '\\' ? '\\' : unescapeCharacters(all))),
		]);
		if (keys!.length !== values!.length) reader.fail("strings for `y' command are different lengths");
		this.#end(reader);
		return new Map(keys!.map((key, index) => [key, values![index]!]));
	}

	#substitution(reader: ScriptReader): Substitution {
		const delimiter = reader.next();
		const pattern = delimiter === undefined ? undefined : reader.until(delimiter, true);
		const replacement = pattern === undefined ? undefined : reader.until(delimiter!, false);
		if (pattern === undefined || replacement === undefined) reader.fail("unterminated `s' command");
		const flags = {
			global: false,
			print: false,
			evaluate: false,
			nth: 0,
			ignoreCase: false,
			multiline: false,
			file: undefined as string | undefined,
		};
		this.#flags(reader, flags);
		const {ignoreCase, multiline, nth, ...rest} = flags;
		const compiled = this.#regex(reader, pattern, {ignoreCase, multiline});
		const pieces = parseReplacement(replacement);
		const highest = Math.max(0, ...pieces.map(piece => ('group' in piece ? piece.group : 0)));
		if (compiled && highest > compiled.groups) reader.fail(`invalid reference \\${highest} on \`s' command's RHS`);
		return {regex: compiled?.regex, pieces, nth: nth || 1, ...rest};
	}

	#flags(
		reader: ScriptReader,
		flags: {
			global: boolean;
			print: boolean;
			evaluate: boolean;
			nth: number;
			ignoreCase: boolean;
			multiline: boolean;
			file: string | undefined;
		},
	): void {
		for (;;) {
			const number = reader.number();
			if (number !== undefined) {
				if (flags.nth > 0) reader.fail("multiple number options to `s' command");
				if (number === 0) reader.fail("number option to `s' command may not be zero");
				flags.nth = number;
				continue;
			}

			const flag = reader.next();
			if (flag === undefined || flag === '\n' || flag === ';') return;
			if (flag === '}' || flag === '#') {
				reader.at--;
				return;
			}

			if (flag === 'g') {
				if (flags.global) reader.fail("multiple `g' options to `s' command");
				flags.global = true;
			} else if (flag === 'p') {
				if (flags.print) reader.fail("multiple `p' options to `s' command");
				flags.print = true;
			} else if (flag === 'i' || flag === 'I') flags.ignoreCase = true;
			else if (flag === 'm' || flag === 'M') flags.multiline = true;
			else if (flag === 'e') flags.evaluate = true;
			else if (flag === 'w') {
				reader.skip(/[ \t]/);
				flags.file = reader.line();
				if (flags.file === '') reader.fail('missing filename in r/R/w/W commands');
				this.#outputs.add(flags.file);
				return;
			} else if (!/[ \t\r]/.test(flag)) reader.fail("unknown option to `s'");
		}
	}

	/** Nothing but a separator may follow. */
	#end(reader: ScriptReader): void {
		reader.skip(/[ \t]/);
		const after = reader.next();
		if (after === '}' || after === '#') reader.at--;
		else if (after !== undefined && after !== '\n' && after !== ';') reader.fail('extra characters after command');
	}
}
