/** Lines that are typed together. */
export interface TypedLines {
	readonly lines: readonly string[];
	/** There is something to run: it is no comment, nor empty. */
	readonly runs: boolean;
}

/** Groups lines by command: a here-document belongs to the line that opens it, and so does the rest of a loop, a quote, a line with a backslash. */
export function wholeCommands(lines: readonly string[]): TypedLines[] {
	const commands: TypedLines[] = [];
	for (let at = 0; at < lines.length; ) {
		const end = endOf(lines, at);
		commands.push({lines: lines.slice(at, end), runs: !/^\s*(#|$)/.test(lines[at]!)});
		at = end;
	}
	return commands;
}

/** The line after the last one of the command that begins here; without an end in sight it is one line. */
function endOf(lines: readonly string[], start: number): number {
	for (let end = start + 1; end <= lines.length; end++) if (isWhole(lines.slice(start, end))) return end;
	return start + 1;
}

function isWhole(lines: readonly string[]): boolean {
	const text = withoutDocuments(lines);
	if (text === undefined || /\\$/.test(text)) return false;
	const bare = text.replace(/\\.|"(?:\\.|[^"\\])*"|'[^']*'/gs, '');
	return !/["']/.test(bare) && count(bare, opens) <= count(bare, closes);
}

const opens = /(?:^|[;&|\n()]|\b(?:do|then|else))\s*(?:for|while|until|if|case|select|\{)(?=\s|$)/g;
const closes = /(?:^|[;\n])\s*(?:done|fi|esac|\})(?=[\s;)|&<>]|$)/g;
const count = (text: string, what: RegExp) => [...text.matchAll(what)].length;

/** What remains once here-documents are taken out; undefined while one is open. */
function withoutDocuments(lines: readonly string[]): string | undefined {
	const kept: string[] = [];
	for (let at = 0; at < lines.length; at++) {
		kept.push(lines[at]!);
		for (const [, dash, tag] of lines[at]!.matchAll(/(?<!<)<<(-?)\s*["'\\]?(\w+)["']?/g)) {
			const closing = lines.findIndex((line, index) => index > at && (dash ? line.replace(/^\t+/, '') : line) === tag);
			if (closing < 0) return undefined;
			at = closing;
		}
	}
	return kept.join('\n');
}
