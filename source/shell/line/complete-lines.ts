import type {Script} from '../syntax/ast.js';
import {parsePlain} from '../session/plain.js';
import {SyntaxFault} from '../session/toolbox.js';

export type Parse = (text: string) => Script;

/** Whether a command goes on after this text: an open quote, heredoc, loop, `\` or `|` at the end. */
export function needsMore(text: string, parse: Parse): boolean {
	const source = text.replace(/\n+$/, '');
	if (endsInBackslash(source)) return true;
	if (parsePlain(source)) return false;
	try {
		const script = parse(text);
		if (openHeredoc(script)) return true;
		return /(?:&&|\|\|?)\s*$/.test(source) && !/(?:^|\s)#[^\n]*$/.test(source);
	} catch (error) {
		return error instanceof SyntaxFault && isUnfinished(error, source);
	}
}

function isUnfinished(fault: SyntaxFault, source: string): boolean {
	if (fault.token === undefined) return true;
	const lines = source.split('\n');
	return fault.line === lines.length && fault.column > lines.at(-1)!.trimEnd().length;
}

const endsInBackslash = (text: string) => /(?:^|[^\\])(?:\\\\)*\\$/.test(text) && !/(?:^|\s)#[^\n]*$/.test(text);

/** The first heredoc that has no end yet. */
export function openHeredoc(node: unknown): {delimiter: string; stripTabs: boolean} | undefined {
	if (Array.isArray(node)) {
		for (const each of node) {
			const found = openHeredoc(each);
			if (found) return found;
		}

		return undefined;
	}

	if (typeof node !== 'object' || node === null) return undefined;
	const {type, terminated, delimiter, stripTabs} = node as {type?: string; terminated?: boolean; delimiter?: string; stripTabs?: boolean};
	if (type === 'HereDoc') return terminated === false ? {delimiter: delimiter ?? '', stripTabs: stripTabs ?? false} : undefined;
	return openHeredoc(Object.values(node));
}

/**
 * Cuts a text into complete commands, line by line, as a shell reads it. An open heredoc or quote is followed to the line that can end
 * it, so that a long one is not parsed again for each of its lines.
 */
export function splitCommands(text: string, parse: Parse): string[] {
	const lines = text.replace(/\n$/, '').split('\n');
	if (lines.length === 1) return [text];
	const commands: string[] = [];
	let pending: string[] = [];
	const flush = () => {
		if (pending.length > 0) commands.push(pending.join('\n'));
		pending = [];
	};
	for (let at = 0; at < lines.length; at++) {
		pending.push(lines[at]!);
		if (lines[at]!.trim() === '' && pending.length === 1) {
			pending = [];
			continue;
		}

		const skipTo = endOfOpenPart(pending.join('\n'), lines, at, parse);
		if (skipTo === undefined) {
			if (!needsMore(pending.join('\n'), parse)) flush();
			continue;
		}

		pending.push(...lines.slice(at + 1, skipTo + 1));
		at = skipTo;
		if (!needsMore(pending.join('\n'), parse)) flush();
	}

	flush();
	return commands;
}

/** The next line that could end what is open at line `at`; the last line when none does. */
function endOfOpenPart(text: string, lines: readonly string[], at: number, parse: Parse): number | undefined {
	if (parsePlain(text)) return undefined;
	let isEnd: ((line: string) => boolean) | undefined;
	try {
		const heredoc = openHeredoc(parse(text));
		if (heredoc) isEnd = line => (heredoc.stripTabs ? line.replace(/^\t+/, '') : line) === heredoc.delimiter;
	} catch (error) {
		const quote = error instanceof SyntaxFault ? error.open : undefined;
		if (quote === '"' || quote === "'") isEnd = line => line.includes(quote);
	}

	if (!isEnd) return undefined;
	for (let next = at + 1; next < lines.length; next++) if (isEnd(lines[next]!)) return next;
	return lines.length - 1;
}
