import {ShellError} from '../run/signals.js';

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

/** `!!`, `!n`, `!-n`, `!text`, `!?text`, `!$`, `!*`, `^old^new`, outside single quotes. `undefined` when nothing was to be expanded. */
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
			const event = eventPattern.exec(line.slice(at));
			// `! command`, `!=` and `!(` are no events.
			if (!event || (inDouble && event[0] === '!"')) {
				result += character;
				at++;
			} else {
				result += lookUp(event[0], history);
				changed = true;
				at += event[0].length;
			}
		} else {
			if (character === '"') inDouble = !inDouble;
			result += character;
			at++;
		}
	}

	return changed ? result : undefined;
}

const eventPattern = /^!(?:!|-?\d+|\$|\*|\^|\?[^?\n]+\??|[^\s=(!"'$*^?-][^\s;&|<>()"']*)/;

function lookUp(event: string, {entries, first}: History): string {
	const name = event.slice(1);
	const last = entries.at(-1);
	const fail = () => new ShellError(`${event}: event not found`);
	let found: string | undefined;
	if (name === '!') found = last;
	else if (name === '$') found = last?.split(/\s+/).at(-1);
	else if (name === '^') found = last?.split(/\s+/)[1];
	else if (name === '*') found = last?.split(/\s+/).slice(1).join(' ');
	else if (/^\d+$/.test(name)) found = entries[Number(name) - first];
	else if (/^-\d+$/.test(name)) found = entries.at(Number(name));
	else if (name.startsWith('?')) found = entries.findLast(entry => entry.includes(name.slice(1).replace(/\?$/, '')));
	else found = entries.findLast(entry => entry.startsWith(name));
	if (found === undefined) throw fail();
	return found;
}
