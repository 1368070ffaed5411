import {widthOf} from './width.js';

/** Characters that nobody prints (Unicode, private use area), each one column wide. */
const first = 0xe100;
const count = 0xf8ff - first;
const standIn = /([\ue100-\uf8ff])( *)/g;

/**
 * Rows that are drawn already go through Ink as one character each, in whose place they are put when its frame is taken. A place keeps its
 * character whatever stands there: as long as only rows change, and not where they stand, Ink has nothing to compose anew.
 */
export class StandIns {
	readonly #rows = new Map<string, {readonly text: string; readonly width: number}>();
	#next = 0;

	/** The character of a place from now on. */
	take(): string {
		let code: string;
		do {
			code = String.fromCharCode(first + this.#next);
			this.#next = (this.#next + 1) % count;
		} while (this.#rows.has(code));
		this.#rows.set(code, {text: '', width: 0});
		return code;
	}

	put(code: string, row: string): void {
		if (this.#rows.get(code)?.text !== row) this.#rows.set(code, {text: row, width: widthOf(row)});
	}

	giveBack(code: string): void {
		this.#rows.delete(code);
	}

	/** The frame as it is to be painted. Pieces side by side: each begins at its column. */
	fill(frame: string): string[] {
		return frame.split('\n').map(line =>
			line
				.replaceAll(standIn, (_, code: string, room: string, at: number) => {
					const {text = '', width = 0} = this.#rows.get(code) ?? {};
					const more = at + 1 + room.length < line.length;
					return more ? `${text}${' '.repeat(Math.max(0, 1 + room.length - width))}\u001b[0m` : text;
				})
				.trimEnd(),
		);
	}
}
