import {widthOf} from '../text/width.js';

/** A whole screen: one text a row, colours included. */
export interface Frame {
	readonly columns: number;
	readonly rows: number;
	readonly lines: readonly string[];
	/** Where the terminal's own cursor belongs, so that input methods open beside it; without one it is hidden. */
	readonly cursor?: {readonly x: number; readonly y: number} | undefined;
}

export interface Painter {
	/** The bytes that make the terminal show this frame instead of the one before; '' when it does already. */
	paint(frame: Frame): string;
	/** Something else has written on the screen. */
	forget(): void;
}

const csi = '\u001b[';
/** Terminals that know it show all of a frame at once. */
const begin = `${csi}?2026h${csi}?25l`;
const end = `${csi}?2026l`;

/** Draws only the rows that changed, from where they do: no flicker, and little to send over a slow line. */
export function createPainter(): Painter {
	let before: Frame | undefined;
	return {
		paint(frame) {
			const fresh = !before || before.columns !== frame.columns || before.rows !== frame.rows;
			const old = fresh ? undefined : before;
			let rows = '';
			for (let y = 0; y < frame.rows; y++) {
				const line = frame.lines[y] ?? '';
				if (line === (old ? (old.lines[y] ?? '') : '')) continue;
				// After the last column an erase would take the last character with it.
				const erase = widthOf(line) < frame.columns ? `${csi}K` : '';
				const from = old ? sameStart(old.lines[y] ?? '', line) : 0;
				rows += `${csi}${y + 1};${widthOf(line.slice(0, from)) + 1}H${csi}0m${line.slice(from)}${csi}0m${erase}`;
			}
			const moved = old?.cursor?.x !== frame.cursor?.x || old?.cursor?.y !== frame.cursor?.y;
			before = frame;
			if (!fresh && rows === '' && !moved) return '';
			const cursor = frame.cursor ? `${csi}${frame.cursor.y + 1};${frame.cursor.x + 1}H${csi}?25h` : '';
			return `${begin}${fresh ? `${csi}0m${csi}2J` : ''}${rows}${cursor}${end}`;
		},
		forget() {
			before = undefined;
		},
	};
}

const plain = `${csi}0m`;

/** How much of a row stands there already, up to a place where no colour is in force. */
function sameStart(old: string, line: string): number {
	let same = 0;
	while (same < line.length && old.charCodeAt(same) === line.charCodeAt(same)) same++;
	const at = line.slice(0, same).lastIndexOf(plain);
	return at < 0 ? 0 : at + plain.length;
}
