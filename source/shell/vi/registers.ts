import type {Register, Vi} from './state.js';

/** The unnamed register, a named one, and `0` for what was yanked. An upper-case name adds to the register. */
export function keep(vi: Vi, register: Register, name: string, yanked: boolean): Vi {
	if (name === '_') return vi;
	const lower = name.toLowerCase();
	const old = name !== lower ? vi.registers[lower] : undefined;
	const value = old
		? {text: old.text + (old.lines || register.lines ? '\n' : '') + register.text, lines: old.lines || register.lines}
		: register;
	return {
		...vi,
		registers: {...vi.registers, '"': value, ...(yanked && name === '"' ? {'0': value} : {}), ...(name === '"' ? {} : {[lower]: value})},
	};
}
