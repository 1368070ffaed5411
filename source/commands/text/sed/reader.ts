import {SedError} from './script.js';

/** Reads one `-e` text or script file character by character, and knows where it is for messages. */
export class ScriptReader {
	readonly text: readonly string[];
	readonly name: string;
	readonly isFile: boolean;
	at = 0;

	constructor(text: string, name: string, isFile: boolean) {
		this.text = [...text];
		this.name = name;
		this.isFile = isFile;
	}

	get peek(): string | undefined {
		return this.text[this.at];
	}

	next(): string | undefined {
		return this.at < this.text.length ? this.text[this.at++] : undefined;
	}

	/** The next character when it is this one. */
	take(character: string): boolean {
		if (this.peek !== character) return false;
		this.at++;
		return true;
	}

	skip(blank: RegExp): void {
		while (this.peek !== undefined && blank.test(this.peek)) this.at++;
	}

	/** A decimal number; undefined when there is none. */
	number(): number | undefined {
		let digits = '';
		while (this.peek !== undefined && /\d/.test(this.peek)) digits += this.next();
		return digits === '' ? undefined : Number(digits);
	}

	/** Up to the end of the line, which is read too. */
	line(): string {
		let text = '';
		for (let character = this.next(); character !== undefined && character !== '\n'; character = this.next()) text += character;
		return text;
	}

	/** Up to a delimiter that no backslash protects; undefined when there is none. Source: match_slash in sed/compile.c. */
	until(delimiter: string, pattern: boolean): string | undefined {
		let text = '';
		for (let character = this.next(); character !== undefined; character = this.next()) {
			if (character === delimiter) return text;
			if (character === '[' && pattern) {
				const rest = this.#bracket();
				if (rest === undefined) return undefined;
				text += character + rest;
				continue;
			}

			if (character === '\n' && pattern) return undefined;
			if (character === '\\') {
				const next = this.next();
				if (next === undefined) return undefined;
				if (next === delimiter) character = pattern || delimiter !== '&' ? '' : '\\';
				else if (next === 'n' && pattern) {
					text += '\n';
					continue;
				} else if (next !== '\n' || !pattern) character = '\\';
				text += character + next;
				continue;
			}

			text += character;
		}

		return undefined;
	}

	/** The rest of a bracket expression: a delimiter in it is a character like any other. Undefined when it does not end. */
	#bracket(): string | undefined {
		const text = this.text.slice(this.at).join('');
		const found = /^\^?\]?(?:\[:[^\]]*:\]|\[\.[^\]]*\.\]|\[=[^\]]*=\]|[^\]\n])*\]/.exec(text);
		this.at = found ? this.at + [...found[0]].length : this.text.length;
		return found?.[0].replaceAll('\\n', '\n');
	}

	/** For mistakes that show only at the character after them. */
	failAfter(message: string): never {
		this.next();
		this.fail(message);
	}

	fail(message: string): never {
		const where = this.isFile
			? `file ${this.name} line ${1 + this.text.slice(0, Math.max(0, this.at - 1)).filter(each => each === '\n').length}:`
			: `-e expression #${this.name}, char ${this.at}:`;
		throw new SedError(`${where} ${message}`);
	}
}
