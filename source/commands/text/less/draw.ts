import {drawnRows, heightOf, type Pager, placesOf} from './pager.js';
import {promptRow} from './prompt.js';

export const alternateScreen = '\u001b[?1049h';
export const earlierScreen = '\u001b[?1049l';

/** Writes what is to be seen: all of the screen or, on one that is kept (`-X`), the rows by which it moved on. */
export function draw(pager: Pager, prompt = promptRow(pager)): void {
	const {io, options, scrolled} = pager;
	const height = heightOf(pager);
	if (pager.message !== undefined) pager.painted = true;
	const rows = pager.frozen && pager.drawn ? pager.drawn : filled(pager, height);
	const moves = options.on.has('X') && scrolled !== undefined && scrolled <= height;
	const clear = moves ? (pager.drawn ? '\r\u001b[K' : '') : '\u001b[H\u001b[2J';
	const fresh = moves && pager.drawn ? rows.slice(rows.length - scrolled) : rows;
	io.out(clear + fresh.map(row => `${row}\n`).join('') + prompt);
	pager.scrolled = pager.frozen ? undefined : 0;
	pager.frozen = false;
	pager.drawn = rows;
}

/** Behind a short text stand tildes, as soon as something was done. */
function filled(pager: Pager, height: number): string[] {
	const rows = screenRows(pager);
	if (pager.painted) while (rows.length < height) rows.push(pager.options.on.has('~') ? '' : '\u001b[1m~\u001b[0m');
	return rows;
}

export function screenRows(pager: Pager): string[] {
	let [line, rows]: [number, string[]] = [-1, []];
	return placesOf(pager).map(place => {
		if (place.line !== line) [line, rows] = [place.line, drawnRows(pager, place.line)];
		return rows[place.row] ?? '';
	});
}
