import {plainOf} from './lines.js';
import {isShown, need, type Pager, placesOf, redraw, type Steps, toLine} from './pager.js';
import {compileSearch, matchesIn, type Search} from './search.js';

/** `''` comes back from a jump. */
export function remember(pager: Pager): void {
	pager.marks.set("'", {file: pager.file, top: pager.top});
}

/** `/` begins with the first line on the screen, `?` with the last; with `-a` behind what is shown. */
export function* search(pager: Pager, pattern: string, kinds: string, forward: boolean, count: number): Steps {
	const old = pager.search;
	if (pattern === '' && !old) return say(pager, 'No previous regular expression');
	const next = pattern === '' ? {...old!, forward} : compileSearch(pattern, pager.options, kinds, forward);
	if (typeof next === 'string') return say(pager, next);
	pager.search = next;
	pager.highlights = true;
	redraw(pager);
	const places = placesOf(pager);
	const top = places[0] ?? pager.top;
	// A line that begins above the screen is no line of it.
	const first = top.line + Math.min(1, top.row);
	const last = places.at(-1)?.line ?? first;
	const skips = pager.options.on.has('a');
	const again = pattern === '' ? 1 : 0;
	const start = forward ? (skips ? last + 1 : first + again) : skips ? first - 1 : again ? first - 1 : last;
	yield* goToMatch(pager, next, start, forward ? 1 : -1, count);
}

/** `n` and `N`: behind the first line on the screen, or before it. */
export function* repeatSearch(pager: Pager, count: number, reverse: boolean): Steps {
	if (!pager.search) return say(pager, 'No previous regular expression');
	const forward = pager.search.forward !== reverse;
	pager.highlights = true;
	redraw(pager);
	const first = placesOf(pager)[pager.options.target - 1]?.line ?? pager.top.line;
	yield* goToMatch(pager, pager.search, first + (forward ? 1 : -1), forward ? 1 : -1, count);
}

function* goToMatch(pager: Pager, wanted: Search, start: number, step: 1 | -1, count: number): Steps {
	let left = count;
	for (let at = start; at >= 0; at += step) {
		yield* need(pager, at + 1);
		const line = pager.text.lines[at];
		if (line === undefined) break;
		if (matchesIn(plainOf(line, pager.options), wanted).length > 0 === wanted.inverted || !isShown(pager, at) || --left > 0) continue;
		remember(pager);
		return yield* toLine(pager, at);
	}
	say(pager, 'Pattern not found');
}

/** `&`: only the lines that match; an empty pattern shows all again. */
export function* filter(pager: Pager, pattern: string, kinds: string): Steps {
	const next = pattern === '' ? undefined : compileSearch(pattern, pager.options, kinds, true);
	if (typeof next === 'string') return say(pager, next);
	yield* need(pager, Number.POSITIVE_INFINITY);
	pager.filter = next;
	yield* toLine(pager, pager.top.line);
	redraw(pager);
}

function say(pager: Pager, message: string): void {
	pager.message = message;
}
