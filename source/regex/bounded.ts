import {compileProgram, type Instruction} from './program.js';
import {RegexError} from './regex-error.js';
import {type Nature, natureOf, parseTree} from './tree.js';

/** Tries that JavaScript may need at worst before our own machine takes over. */
const triesMax = 5_000_000;
/** With back references no time is certain. */
const stepsMax = 3_000_000;

/**
 * A regular expression whose time is bounded: patterns come from learners, and `(a+)+$` on a line of thirty letters would keep
 * JavaScript busy for hours. What is harmless runs as it is; the rest on a machine that never tries the same thing twice.
 * With `longest` it matches as POSIX wants it: of all matches that begin first, the longest.
 */
export class BoundedRegExp extends RegExp {
	readonly #longest: boolean;
	readonly #nature: Nature | undefined;
	readonly #groups: number = 0;
	#program: readonly Instruction[] | undefined;

	constructor(source: string | RegExp, flags?: string, options: {readonly longest?: boolean} = {}) {
		super(source, flags);
		this.#longest = options.longest ?? false;
		try {
			const {tree, groups} = parseTree(this.source);
			this.#nature = natureOf(tree);
			this.#groups = groups;
			this.#program = undefined;
		} catch (error) {
			if (!(error instanceof SyntaxError)) throw error;
		}
	}

	override test(text: string): boolean {
		return this.#harmless(text) ? super.exec(text) !== null : this.exec(text) !== null;
	}

	override exec(text: string): RegExpExecArray | null {
		const start = this.global || this.sticky ? this.lastIndex : 0;
		let from = start;
		if (this.#harmless(text)) {
			const match = super.exec(text);
			if (!match || !this.#longest || !this.#nature?.ambiguous) return match;
			from = match.index;
		}

		const match = start > text.length ? undefined : this.#search(text, from);
		if (this.global || this.sticky) this.lastIndex = match ? match.indices![0]![1] : 0;
		return match ?? null;
	}

	#harmless(text: string): boolean {
		const nature = this.#nature;
		if (!nature) return true;
		return !nature.nested && (nature.open < 2 || text.length ** (nature.open + 1) < triesMax);
	}

	#search(text: string, from: number): RegExpExecArray | undefined {
		this.#program ??= compileProgram(parseTree(this.source).tree, this.flags);
		const seen = new Set<number | string>();
		for (let start = from; start <= text.length; start++) {
			const saved = this.#matchAt(text, start, seen);
			if (saved) return describe(text, saved);
			if (this.sticky) break;
		}

		return undefined;
	}

	/** Where the match and its groups begin and end. */
	#matchAt(text: string, start: number, seen: Set<number | string>): number[] | undefined {
		const program = this.#program!;
		const saved: number[] = Array.from({length: this.#groups * 2 + 2}, () => -1);
		saved[0] = start;
		let best: number[] | undefined;
		// Pairs: where to go on and at which place, or (negative) which slot gets its old value back.
		const jobs = [0, start];
		while (jobs.length > 0) {
			let at = jobs.pop()!;
			let next = jobs.pop()!;
			if (next < 0) {
				saved[-next] = at;
				continue;
			}

			for (;;) {
				const instruction = program[next]!;
				if (instruction.type === 'match') {
					if (!best || at > best[1]!) best = saved.map((place, slot) => (slot === 1 ? at : place));
					if (!this.#longest) return best;
					break;
				}

				if (instruction.type === 'split') {
					if (this.#visited(seen, next, at, saved, text)) break;
					jobs.push(instruction.second, at);
					next = instruction.first;
				} else if (instruction.type === 'jump') next = instruction.to;
				else if (instruction.type === 'save') {
					jobs.push(-instruction.slot, saved[instruction.slot]!);
					saved[instruction.slot] = at;
					next++;
				} else {
					const width = this.#width(instruction, text, at, saved);
					if (width === undefined) break;
					at += width;
					next++;
				}
			}
		}

		return best;
	}

	/** How much a character, a place or a back reference takes; undefined when it does not fit. */
	#width(instruction: Instruction, text: string, at: number, saved: readonly number[]): number | undefined {
		if (instruction.type === 'character') {
			if (at >= text.length) return undefined;
			const character = String.fromCodePoint(text.codePointAt(at)!);
			return instruction.accepts(character) ? character.length : undefined;
		}

		if (instruction.type === 'place') return instruction.holds(text, at) ? 0 : undefined;
		if (instruction.type !== 'again') return undefined;
		const [begin, end] = [saved[instruction.group * 2]!, saved[instruction.group * 2 + 1]!];
		if (begin < 0 || end < begin) return undefined;
		const same = (one: string, two: string) => (this.ignoreCase ? one.toLowerCase() === two.toLowerCase() : one === two);
		const wanted = text.slice(begin, end);
		return same(text.slice(at, at + wanted.length), wanted) ? wanted.length : undefined;
	}

	/** What failed once from a place fails always from there; with back references it also depends on what the groups hold. */
	#visited(seen: Set<number | string>, next: number, at: number, saved: readonly number[], text: string): boolean {
		const place = next * (text.length + 1) + at;
		const key = this.#nature!.again ? `${place}:${saved.join(',')}` : place;
		if (seen.has(key)) return true;
		seen.add(key);
		if (this.#nature!.again && seen.size > stepsMax) throw new RegexError('Regular expression too big');
		return false;
	}
}

function describe(text: string, saved: readonly number[]): RegExpExecArray {
	const ranges = Array.from({length: saved.length / 2}, (_, group): [number, number] | undefined => {
		const [begin, end] = [saved[group * 2]!, saved[group * 2 + 1]!];
		return begin < 0 || end < begin ? undefined : [begin, end];
	});
	const words = ranges.map(range => (range ? text.slice(...range) : undefined));
	return Object.assign(words as [string, ...string[]], {
		index: saved[0]!,
		input: text,
		groups: undefined,
		indices: Object.assign(ranges as RegExpIndicesArray, {groups: undefined}),
	}) as RegExpExecArray;
}
