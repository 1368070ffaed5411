import {widthOf} from './width.js';

/** Characters that nobody prints (Unicode, private use area), each one column wide. */
const first = 0xe100;
const count = 0xf8ff - first;
const standIn = /([\ue100-\uf8ff])( *)/g;

/** When there are more, those that are not on the screen are forgotten. */
const keptMax = 4000;

/**
 * Rows that are drawn already go through Ink as one character each, in whose place they are put when its frame is taken. Ink would read
 * the colours of every row of the screen anew for each key: 10 ms on a large screen.
 */
export class StandIns {
	#codes = new Map<string, string>();
	#rows = new Map<string, {readonly text: string; readonly width: number}>();
	#next = 0;

	of(row: string): string {
		if (row === '') return '';
		let code = this.#codes.get(row);
		if (code === undefined) {
			while (this.#rows.has((code = String.fromCharCode(first + this.#next)))) this.#next = (this.#next + 1) % count;
			this.#codes.set(row, code);
			this.#rows.set(code, {text: row, width: widthOf(row)});
		}
		return code;
	}

	/** The frame as it is to be painted. Pieces side by side: each begins at its column. */
	fill(frame: string): string[] {
		const seen = new Set<string>();
		const lines = frame.split('\n').map(line =>
			line.replaceAll(standIn, (_, code: string, room: string, at: number) => {
				seen.add(code);
				const {text, width} = this.#rows.get(code)!;
				const more = at + 1 + room.length < line.length;
				return more ? `${text}${' '.repeat(Math.max(0, 1 + room.length - width))}\u001b[0m` : text;
			}),
		);
		if (this.#rows.size > keptMax) this.#keep(seen);
		return lines;
	}

	#keep(seen: ReadonlySet<string>): void {
		for (const [text, code] of this.#codes) {
			if (seen.has(code)) continue;
			this.#codes.delete(text);
			this.#rows.delete(code);
		}
	}
}
