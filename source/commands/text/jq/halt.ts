import {print, type Value} from './value.js';

/** `halt` and `halt_error`: the program ends here. */
export class Halt {
	readonly value: Value | undefined;
	readonly status: number;

	constructor(value: Value | undefined, status: number) {
		this.value = value;
		this.status = status;
	}
}

/** A value in a message: not all of it. */
export const short = (value: Value): string => {
	const text = print(value);
	return text.length > 14 ? `${text.slice(0, 11)}...` : text;
};
