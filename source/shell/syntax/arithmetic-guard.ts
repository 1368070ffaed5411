import {closesTogether} from './double-parentheses.js';

/**
 * Of arithmetic only the text is wanted (`arithmetic/expression.ts`), but just-bash's parser reads it: it refuses whole scripts for
 * `$((1.5))`, takes `((x << 2))` for a here-document, and never gets past a `$` that begins nothing (`a[$]=1`) or a name that an open `$((`
 * ends with. So it is shown signs instead, which stand for nothing, and the tree is given back what was written.
 */
const dollar = '\uFDD0';
const endSign = '\uFDD1';
/** The parser leaves out some of what an open `$((` ends with. */
const end = `\n#${endSign.repeat(4)}`;
const less = '\uFDD2';
const hole = '\uFDD3';

/** `<<< a=b`: the parser wants no assignment behind a redirection, though it is a word there. */
const equals = '\uFDD4';
const redirected = /([<>]\s*[A-Za-z_]\w*)=/g;

const dollars = /\\[\s\S]|\$[\w{([*@#?!$'"-]|\$/g;
/** Where a command may begin. */
const commandStart = /(?:^|[;&|\n{!]|\b(?:then|do|else|elif|if|while|until|time))\s*$/;

export function guarded<T>(text: string, parse: (text: string) => T): T {
	const written: string[] = [];
	let shown = withoutExpressions(text, written)
		.replace(dollars, found => (found === '$' ? dollar : found))
		.replace(redirected, `$1${equals}`);
	if (shown.includes('$((')) shown += end;
	if (shown === text) return parse(text);
	try {
		return restored(parse(shown), written) as T;
	} catch (error) {
		throw restored(error, written);
	}
}

function withoutExpressions(text: string, written: string[]): string {
	let result = '';
	let from = 0;
	for (let at = text.indexOf('(('); at >= 0; at = text.indexOf('((', Math.max(from, at + 2))) {
		const before = text.slice(Math.max(0, at - 100), at);
		const isCommand = commandStart.test(before);
		const isLoop = /\bfor\s*$/.test(before);
		if (!(isCommand || isLoop || before.endsWith('$'))) continue;
		const close = closesTogether(text, at);
		if (close === undefined) continue;
		const content = text.slice(at + 2, close);
		result += text.slice(from, at + 2);
		result += isLoop ? content.replaceAll('<<', less + less) : `${hole}${written.push(content) - 1}${hole}`;
		from = close;
	}

	return result + text.slice(from);
}

const holes = new RegExp(`${hole}(\\d+)${hole}`, 'g');

function restored(value: unknown, written: readonly string[], key = ''): unknown {
	if (typeof value === 'string') {
		// Bash, too, reads on to the end of the file.
		if (key === 'originalText' && value.includes(`\n#${endSign}`)) throw new Error("unexpected EOF while looking for matching `)'");
		return value
			.replaceAll(dollar, '$')
			.replaceAll(less, '<')
			.replaceAll(equals, '=')
			.replace(end, '')
			.replaceAll(holes, (_, index) => written[index]!);
	}

	if (typeof value !== 'object' || value === null) return value;
	if (value instanceof Error) value.message = restored(value.message, written) as string;
	for (const [name, inner] of Object.entries(value)) (value as Record<string, unknown>)[name] = restored(inner, written, name);
	return value;
}
