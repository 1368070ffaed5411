interface CelFailure extends Error {
	readonly code?: string;
	readonly summary?: string;
	readonly range?: {readonly start: number; readonly end: number};
	readonly node?: {readonly op?: string};
}

const operators: Readonly<Record<string, string>> = {in: '@in', '!': '!_', '-_': '-_'};

/** The library's words in those of cel-go: pattern of a summary and what is said instead. */
const compileWords: ReadonlyArray<readonly [RegExp, (...found: string[]) => string]> = [
	[/^No such key: (.*)$/, name => `undefined field '${name}'`],
	[/^Unknown variable: (.*)$/, name => `undeclared reference to '${name}' (in container '')`],
	[
		/^no such overload: (\S+) (\S+) (\S+)$/,
		(left, sign, right) => `found no matching overload for '${operators[sign!] ?? `_${sign}_`}' applied to '(${left}, ${right})'`,
	],
	[/^no such overload: !(\S+)$/, type => `found no matching overload for '!_' applied to '(${type})'`],
	[/^found no matching overload for '(\w+)\((.*)\)'$/, (name, types) => `found no matching overload for '${name}' applied to '(${types})'`],
	[
		/^found no matching overload for '(.*)\.(\w+)\((.*)\)'$/,
		(type, name, types) => `found no matching overload for '${name}' applied to '${type}.(${types})'`,
	],
	[
		/^Unexpected token: EOF$/,
		() =>
			"Syntax error: mismatched input '<EOF>' expecting {'[', '{', '(', '.', '-', '!', 'true', 'false', 'null', NUM_FLOAT, NUM_INT, NUM_UINT, STRING, BYTES, IDENTIFIER}",
	],
	[/^Unexpected character: '(.*)'$/, found => `Syntax error: extraneous input '${found}' expecting <EOF>`],
	[/^(?:Expected|Unexpected) .*$/, () => 'Syntax error: no viable alternative at input'],
];

const runtimeWords: ReadonlyArray<readonly [RegExp, (...found: string[]) => string]> = [
	[/^No such key: index out of bounds, index (-?\d+) .*$/, index => `index out of bounds: ${index}`],
	[/^No such key: (.*)$/, key => `no such key: ${key}`],
	[/^Unknown variable: (.*)$/, name => `no such attribute(s): ${name}`],
	[/^(?:no such overload|found no matching overload).*$/, () => 'no such overload'],
];

const inWordsOf = (table: typeof compileWords, summary: string): string => {
	for (const [pattern, words] of table) {
		const found = pattern.exec(summary);
		if (found) return words(...found.slice(1));
	}

	return summary;
};

const summaryOf = (error: unknown): string =>
	((error as CelFailure).summary ?? (error as Error).message).replaceAll('matchesRe2', 'matches');

/** Where and why an expression cannot be read, with the drawing of its place. */
export function errorText(error: unknown, text: string): string {
	const {range} = error as CelFailure;
	return placed(inWordsOf(compileWords, summaryOf(error)), text, placeOf(summaryOf(error), text, range?.start ?? 0));
}

/** cel-go points at the dot before a field, and at an operator rather than at what stands left of it. */
function placeOf(summary: string, text: string, start: number): number {
	if (summary.startsWith('No such key')) return Math.max(0, start - 1);
	const sign = /^no such overload: \S+ (\S+) \S+$/.exec(summary)?.[1];
	return sign ? Math.max(start, text.indexOf(sign, start)) : start;
}

function placed(message: string, text: string, offset: number): string {
	const before = text.slice(0, offset);
	const line = before.split('\n').length;
	const column = offset - before.lastIndexOf('\n') - 1;
	return `ERROR: <input>:${line}:${column + 1}: ${message}\n | ${text.split('\n')[line - 1]}\n | ${'.'.repeat(column)}^`;
}

/** Why an evaluation gave no value. */
export const reasonText = (error: unknown): string => inWordsOf(runtimeWords, summaryOf(error));

/** The field that is missing, if that is what an error says. */
export const undefinedIn = (error: unknown): string | undefined =>
	error === undefined ? undefined : /^No such key: (.*)$/.exec(summaryOf(error))?.[1];
