import stringWidth from 'string-width';

/** Columns a text takes on the screen: two for each CJK character, none for colours. */
export function widthOf(text: string): number {
	if (isPlain(text)) return text.length;
	const bare = text.includes('\u001b') ? text.replaceAll(colour, '') : text;
	if (!isUsual(bare)) return stringWidth(bare);
	let width = bare.length;
	for (let at = 0; at < bare.length; at++) if (bare.charCodeAt(at) >= 0x2e80) width++;
	return width;
}

/** The usual cases, without the library's segmentation: ASCII; boxes, the signs that the screen is made of, and CJK. */
const isPlain = (text: string) => /^[\x20-\x7e]*$/.test(text);
const isUsual = (text: string) =>
	/^[\x20-\x7e\u00b7\u2018-\u201d\u2026\u2500-\u259f\u25a0\u25a1\u25b2-\u25b5\u25b8-\u25bf\u25c6\u25cb\u25cf\u2713\u2717\u2190-\u2193\u3001-\u3011\u4e00-\u9fff\uff01-\uff5e]*$/.test(
		text,
	);
const colour = /\u001b\[[\d;]*m/g;

/** At most `width` columns; what is cut off is marked by an ellipsis. */
export function shorten(text: string, width: number): string {
	if (widthOf(text) <= width) return text;
	if (width <= 1) return width === 1 ? '…' : '';
	let kept = '';
	let used = 0;
	for (const character of text) {
		used += widthOf(character);
		if (used > width - 1) break;
		kept += character;
	}
	return `${kept}…`;
}

/** The same, cut out before its last characters: `web-7d9c…x2k4q`. */
export function shortenMiddle(text: string, width: number, end: number): string {
	const tail = Math.min(end, width - 4);
	if (widthOf(text) <= width || tail < 1 || widthOf(text) !== text.length) return shorten(text, width);
	return `${text.slice(0, width - 1 - tail)}…${text.slice(-tail)}`;
}

export const padTo = (text: string, width: number): string => text + ' '.repeat(Math.max(0, width - widthOf(text)));

const closing = /^[。，、；：？！）」』】》”’,.;:?!)]/u;

/** Lines of at most `width` columns. Breaks at spaces, and between CJK characters, which have none; a long word is cut. */
export function wrap(text: string, width: number): string[] {
	if (width < 1) return [];
	const lines: string[] = [];
	let line = '';
	let used = 0;
	for (const piece of text.match(/[^\s\u2e80-\uffef]+|\s+|[\u2e80-\uffef]/gu) ?? []) {
		const size = widthOf(piece);
		if (used + size <= width) {
			line += piece;
			used += size;
			continue;
		}
		if (/^\s+$/.test(piece)) continue;
		// A closing mark does not begin a line: the character before it comes along.
		const taken = closing.test(piece) ? (/[\u2e80-\uffef]$/u.exec(line)?.[0] ?? '') : '';
		if (taken) line = line.slice(0, -taken.length);
		if (line) lines.push(line.trimEnd());
		[line, used] = [taken, widthOf(taken)];
		for (const character of piece) {
			const step = widthOf(character);
			if (used + step > width) {
				lines.push(line);
				[line, used] = ['', 0];
			}
			line += character;
			used += step;
		}
	}
	return [...lines, line.trimEnd()];
}
