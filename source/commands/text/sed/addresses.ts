import type {Address, Instruction, RangeEnd} from './script.js';

/** What an address is held against. */
export interface Place {
	readonly line: number;
	readonly last: boolean;
	/** Does the pattern match? An absent one is the one used last. */
	readonly matches: (regex: RegExp | undefined) => boolean;
}

const never = Number.POSITIVE_INFINITY;

/** Tells which instructions apply to a line; remembers the ranges that are open. Source: match_address_p in sed/execute.c. */
export class Addresses {
	/** Where an open range ends, by its instruction: a line, or `never` when a pattern or the last line ends it. */
	readonly #open = new Map<Instruction, number>();

	constructor(instructions: readonly Instruction[]) {
		// `0,/re/` is open before the first line.
		for (const each of instructions) if (each.from?.kind === 'line' && each.from.line === 0) this.#open.set(each, never);
	}

	apply(instruction: Instruction, place: Place): boolean {
		return this.#selected(instruction, place) !== instruction.negated;
	}

	/** Inside a range that goes on. */
	isOpen(instruction: Instruction): boolean {
		return this.#open.has(instruction);
	}

	#selected(instruction: Instruction, place: Place): boolean {
		const {from, to} = instruction;
		if (!from) return true;
		if (!to) return fits(from, place);
		const end = this.#open.get(instruction);
		if (end === undefined) {
			if (!fits(from, place)) return false;
			const last = lastLine(to, place.line);
			if (last > place.line) this.#open.set(instruction, last);
			return true;
		}

		if (end === never ? fits(to as Address, place) : place.line >= end) this.#open.delete(instruction);
		return end === never || place.line <= end;
	}
}

function fits(address: Address, {line, last, matches}: Place): boolean {
	if (address.kind === 'line') return line === address.line;
	if (address.kind === 'last') return last;
	if (address.kind === 'regex') return matches(address.regex);
	return address.step <= 0 ? line === address.first : line >= address.first && (line - address.first) % address.step === 0;
}

function lastLine(to: RangeEnd, line: number): number {
	if (to.kind === 'line') return to.line;
	if (to.kind === 'lines') return line + to.count;
	if (to.kind === 'multiple') return to.of <= 0 ? line : Math.ceil(line / to.of) * to.of;
	return never;
}
