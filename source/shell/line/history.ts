import {ShellError} from '../run/signals.js';
import {designated, designator, modified, modifier} from './history-words.js';

/** What was typed, oldest first. Plain data: a session saves it. */
export interface History {
	entries: readonly string[];
	/** Number of the first entry that is still kept. */
	first: number;
}

const entriesMax = 1000;

export function remember(history: History, line: string): void {
	const text = line.replace(/\n+$/, '');
	if (text.trim() === '' || text.startsWith(' ') || history.entries.at(-1) === text) return;
	history.entries = [...history.entries, text];
	const surplus = history.entries.length - entriesMax;
	if (surplus <= 0) return;
	history.entries = history.entries.slice(surplus);
	history.first += surplus;
}

/** `!!`, `!n`, `!-n`, `!text`, `!?text`, each with `:2`, `$`, `:h`, `:s/a/b/` ..., and `^old^new`, outside single quotes. `undefined` when nothing was to be expanded. */
export function expandHistory(line: string, history: History): string | undefined {
	const quick = /^\^([^^\n]+)\^([^^\n]*)\^?$/.exec(line);
	if (quick) {
		const last = history.entries.at(-1) ?? '';
		if (!last.includes(quick[1]!)) throw new ShellError(`:s${line}: substitution failed`);
		return last.replace(quick[1]!, () => quick[2]!);
	}

	if (!line.includes('!')) return undefined;
	// The body of a heredoc is text, not a command.
	const end = /<</.test(line) && line.includes('\n') ? line.indexOf('\n') : line.length;
	const expanded = expandEvents(line.slice(0, end), history);
	return expanded === undefined ? undefined : expanded + line.slice(end);
}

function expandEvents(line: string, history: History): string | undefined {
	let result = '';
	let changed = false;
	let inDouble = false;
	for (let at = 0; at < line.length; ) {
		const character = line[at]!;
		if (character === '\\') {
			result += line.slice(at, at + 2);
			at += 2;
		} else if (character === "'" && !inDouble) {
			const end = line.indexOf("'", at + 1);
			const stop = end < 0 ? line.length : end + 1;
			result += line.slice(at, stop);
			at = stop;
		} else if (character === '#' && !inDouble && /(^|\s)$/.test(result)) {
			result += line.slice(at);
			at = line.length;
		} else if (character === '!') {
			const rest = line.slice(at);
			const event = eventPattern.exec(rest);
			// `! command`, `!=` and `!(` are no events.
			if (!event || (inDouble && event[0] === '!"')) {
				result += character;
				at++;
			} else {
				const found = expandEvent(rest, event[0], result, history);
				result += found.text;
				changed = true;
				at += found.length;
			}
		} else {
			if (character === '"') inDouble = !inDouble;
			result += character;
			at++;
		}
	}

	return changed ? result : undefined;
}

const eventPattern = /^!(?:!|#|-?\d+|(?=[$*^:])|\?[^?\n]+\??|[^\s=(!"'$*^?:-][^\s;&|<>()"':^$*]*)/;

/** One event with the words and changes that are asked of it: `!!`, `!$`, `!kub:2`, `!!:gs/a/b/`. */
function expandEvent(rest: string, event: string, before: string, history: History): {text: string; length: number} {
	let length = event.length;
	let text = event === '!#' ? before : lookUp(event, history);
	const words = designator.exec(rest.slice(length))?.[0];
	if (words) {
		length += words.length;
		const chosen = designated(text, words);
		if (chosen === undefined) throw new ShellError(`${rest.slice(0, length).replace(/^!/, '')}: bad word specifier`);
		text = chosen;
	}
	for (let change = modifier.exec(rest.slice(length)); change; change = modifier.exec(rest.slice(length))) {
		length += change[0].length;
		const next = modified(text, change[0]);
		if (next === undefined) throw new ShellError(`${change[0]}: substitution failed`);
		text = next;
	}
	return {text, length};
}

function lookUp(event: string, {entries, first}: History): string {
	const name = event.slice(1);
	let found: string | undefined;
	if (name === '!' || name === '') found = entries.at(-1);
	else if (/^\d+$/.test(name)) found = entries[Number(name) - first];
	else if (/^-\d+$/.test(name)) found = entries.at(Number(name));
	else if (name.startsWith('?')) found = entries.findLast(entry => entry.includes(name.slice(1).replace(/\?$/, '')));
	else found = entries.findLast(entry => entry.startsWith(name));
	if (found === undefined) throw new ShellError(`${event}: event not found`);
	return found;
}
