/** Lines of one input, and whether the last one lacks its end. */
export interface Source {
	/** As written on the command line; `-` is standard input. */
	readonly name: string;
	readonly lines: readonly string[];
	readonly unended: boolean;
}

export function sourceOf(name: string, text: string, end: string): Source {
	const lines = text.split(end);
	const unended = lines.at(-1) !== '';
	if (!unended) lines.pop();
	return {name, lines, unended};
}

/** Reads several inputs as one stream of lines. */
export class Input {
	readonly #sources: readonly Source[];
	#source = 0;
	#line = 0;
	number = 0;

	constructor(sources: readonly Source[]) {
		this.#sources = sources;
	}

	/** Absent at the end. `unended`: the file's last line, without its line end. */
	next(): {readonly text: string; readonly unended: boolean} | undefined {
		if (this.atEnd) return undefined;
		while (this.#line >= this.#sources[this.#source]!.lines.length) {
			this.#source++;
			this.#line = 0;
		}

		const {lines, unended} = this.#sources[this.#source]!;
		this.number++;
		const text = lines[this.#line++]!;
		return {text, unended: unended && this.#line === lines.length};
	}

	/** Name of the file the last line came from. */
	get name(): string {
		return this.#sources[this.#source]?.name ?? '-';
	}

	get atEnd(): boolean {
		const here = this.#sources[this.#source];
		return (!here || this.#line >= here.lines.length) && this.#sources.slice(this.#source + 1).every(({lines}) => lines.length === 0);
	}
}
