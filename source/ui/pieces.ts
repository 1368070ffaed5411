import {padTo} from './width.js';

/** A rectangle of the screen. It is drawn again only when something in `depends` is another value than before. */
export interface Piece {
	/** Its place: what was drawn there last is kept. */
	readonly id: string;
	readonly x: number;
	readonly y: number;
	readonly columns: number;
	readonly rows: number;
	readonly depends: readonly unknown[];
	/** Its rows; those that are missing are empty. */
	draw(): readonly string[];
	/** Shown in its place when drawing fails. */
	failed(why: string): string;
}

/** Puts pieces together, each kept until it changes: a key costs what it changes, however full the screen is. */
export function createComposer(): (pieces: readonly Piece[], rows: number) => string[] {
	let kept = new Map<string, {readonly depends: readonly unknown[]; readonly lines: readonly string[]}>();
	return (pieces, rows) => {
		const next: typeof kept = new Map();
		for (const piece of pieces) {
			const old = kept.get(piece.id);
			const depends = [piece.columns, piece.rows, ...piece.depends];
			next.set(piece.id, old && sameList(old.depends, depends) ? old : {depends, lines: draw(piece)});
		}
		kept = next;
		return lay(
			pieces.map(piece => ({piece, lines: next.get(piece.id)!.lines})),
			rows,
		);
	};
}

const sameList = (a: readonly unknown[], b: readonly unknown[]) => a.length === b.length && a.every((each, index) => each === b[index]);

/** A piece that fails says so in its own place; the shell and everything else go on. */
function draw(piece: Piece): readonly string[] {
	try {
		return piece.draw();
	} catch (error) {
		return [piece.failed((error instanceof Error && error.message) || String(error))];
	}
}

/** Pieces side by side share their rows: from left to right, each begins at its column. */
function lay(drawn: ReadonlyArray<{piece: Piece; lines: readonly string[]}>, rows: number): string[] {
	const screen = Array.from({length: rows}, () => '');
	for (const {piece, lines} of drawn) {
		for (let row = 0; row < piece.rows && piece.y + row < rows; row++) {
			const line = lines[row] ?? '';
			const before = screen[piece.y + row]!;
			screen[piece.y + row] = piece.x > 0 ? `${padTo(before, piece.x)}\u001b[0m${line}` : line;
		}
	}
	return screen;
}
