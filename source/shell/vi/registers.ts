import type {Register, Vi} from './state.js';

/**
 * The unnamed register, a named one, `0` for what was yanked; of what was deleted without naming a register, `1` to `9` hold the last nine
 * that had a line's end in them, and `-` the last that had none. An upper-case name adds to the register.
 */
export function keep(vi: Vi, register: Register, name: string, yanked: boolean): Vi {
	if (name === '_') return vi;
	const lower = name.toLowerCase();
	const old = name !== lower ? vi.registers[lower] : undefined;
	const value = old
		? {text: old.text + (old.lines || register.lines ? '\n' : '') + register.text, lines: old.lines || register.lines}
		: register;
	const numbered = name !== '"' ? {[lower]: value} : yanked ? {0: value} : deleted(vi, value);
	return {...vi, registers: {...vi.registers, ...numbered, '"': value}};
}

function deleted({registers}: Vi, value: Register): Readonly<Record<string, Register>> {
	if (!value.lines && !value.text.includes('\n')) return {'-': value};
	const moved = Array.from({length: 8}, (_, index) => [index + 2, registers[index + 1]] as const).filter(([, each]) => each);
	return {...Object.fromEntries(moved), 1: value};
}
