import {AwkArray, type Element} from './array.js';
import {AwkFatal} from './errors.js';
import type {ArrayName} from './syntax.js';

/** A variable. A parameter that was handed a variable without a value makes that one an array when it becomes one. */
export interface Cell {
	value: Element;
	readonly origin?: Cell;
}

/** Global variables, and the parameters of the functions being run. */
export class Memory {
	readonly #globals = new Map<string, Cell>();
	readonly #frames: Cell[][] = [];

	cell({name, slot}: ArrayName): Cell {
		if (slot !== undefined) return this.#frames.at(-1)![slot]!;
		let cell = this.#globals.get(name);
		if (!cell) {
			cell = {value: undefined};
			this.#globals.set(name, cell);
		}

		return cell;
	}

	array(name: ArrayName): AwkArray {
		const cell = this.cell(name);
		if (cell.value instanceof AwkArray) return cell.value;
		// The variable it was handed may have become an array meanwhile.
		for (let each = cell.origin; each; each = each.origin) if (each.value instanceof AwkArray) return (cell.value = each.value);
		if (cell.value !== undefined) throw new AwkFatal(`attempt to use scalar \`${name.name}' as an array`);
		const array = new AwkArray();
		for (let each: Cell | undefined = cell; each; each = each.origin) each.value ??= array;
		return array;
	}

	/** Node keeps `s = s "a"` as a tree of its parts until somebody looks at a character. */
	flatten(): void {
		for (const {value} of this.#globals.values()) if (typeof value === 'string') value.charCodeAt(0);
		for (const frame of this.#frames.slice(-1)) for (const {value} of frame) if (typeof value === 'string') value.charCodeAt(0);
	}

	enter(frame: Cell[]): void {
		if (this.#frames.length > 5000) throw new AwkFatal('function call nesting too deep');
		this.#frames.push(frame);
	}

	leave(): void {
		this.#frames.pop();
	}
}
