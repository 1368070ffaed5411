import {DockerfileError} from './dockerfile.js';

/** Words of a line: quotes and backslashes as a shell has them, `$NAME`, `${NAME}`, `${NAME:-x}`, `${NAME:+x}` from `values`. */
export function words(text: string, values: Readonly<Record<string, string>>, line: number): string[] {
	const result: string[] = [];
	let word: string | undefined;
	let quote = '';
	// What a variable leaves empty is no word.
	let isQuoted = false;
	for (let at = 0; at < text.length; at++) {
		const char = text[at]!;
		if (quote === "'" ? char === "'" : quote !== '' && char === quote) quote = '';
		else if (quote === "'") word = (word ?? '') + char;
		else if (char === '\\' && at + 1 < text.length) {
			const next = text[++at]!;
			word = (word ?? '') + (quote === '"' && !'"\\$`'.includes(next) ? char : '') + next;
		} else if (char === '$') {
			const [value, length] = variable(text.slice(at), values, line);
			word = (word ?? '') + value;
			at += length - 1;
		} else if (quote === '' && (char === '"' || char === "'")) {
			quote = char;
			isQuoted = true;
			word ??= '';
		} else if (quote === '' && /\s/.test(char)) {
			if (word) result.push(word);
			else if (word === '' && isQuoted) result.push('');
			word = undefined;
			isQuoted = false;
		} else word = (word ?? '') + char;
	}

	if (quote !== '')
		throw new DockerfileError(
			`failed to process "${text}": unexpected end of statement while looking for matching ${quote === '"' ? 'double-quote' : 'single-quote'}`,
			line,
		);
	if (word || (word === '' && isQuoted)) result.push(word);
	return result;
}

/** The whole text as one word. */
export const expand = (text: string, values: Readonly<Record<string, string>>, line: number): string => {
	let result = '';
	for (let at = 0; at < text.length; at++) {
		if (text[at] === '\\' && text[at + 1] === '$') {
			result += '$';
			at++;
		} else if (text[at] === '$') {
			const [value, length] = variable(text.slice(at), values, line);
			result += value;
			at += length - 1;
		} else result += text[at];
	}

	return result;
};

/** The value of what begins with `$`, and how long it is. */
function variable(text: string, values: Readonly<Record<string, string>>, line: number): readonly [value: string, length: number] {
	const plain = /^\$([A-Za-z_]\w*)/.exec(text);
	if (plain) return [values[plain[1]!] ?? '', plain[0].length];
	if (!text.startsWith('${')) return ['$', 1];
	let depth = 0;
	let end = 1;
	do {
		if (text[end] === '{') depth++;
		if (text[end] === '}') depth--;
		end++;
	} while (depth > 0 && end <= text.length);
	const inner = /^\$\{([A-Za-z_]\w*)(?:(:?[-+?])(.*))?\}$/s.exec(text.slice(0, end));
	if (depth > 0 || !inner)
		throw new DockerfileError(`failed to process "${text}": unsupported modifier or missing } in substitution`, line);
	const [, name = '', operator = '', other = ''] = inner;
	const value = values[name];
	const isSet = operator.startsWith(':') ? value !== undefined && value !== '' : value !== undefined;
	if (operator.endsWith('-')) return [isSet ? value! : expand(other, values, line), end];
	if (operator.endsWith('+')) return [isSet ? expand(other, values, line) : '', end];
	if (operator.endsWith('?') && !isSet)
		throw new DockerfileError(`failed to process "${text}": ${name}: ${other || 'parameter not set'}`, line);
	return [value ?? '', end];
}

/** `a=b c="d e"`, or the old `a b c`. */
export function keyValues(
	text: string,
	values: Readonly<Record<string, string>>,
	line: number,
	name: string,
): ReadonlyArray<readonly [key: string, value: string]> {
	const [first = ''] = text.split(/\s/);
	if (!first.includes('=')) {
		const rest = text.slice(first.length).trim();
		if (rest === '') throw new DockerfileError(`dockerfile parse error on line ${line}: ${name} must have two arguments`, line);
		return [[first, words(rest, values, line).join(' ')]];
	}

	return words(text, values, line).map(word => {
		const equals = word.indexOf('=');
		if (equals < 0)
			throw new DockerfileError(
				`dockerfile parse error on line ${line}: Syntax error - can't find = in "${word}". Must be of the form: name=value`,
				line,
			);
		if (equals === 0) throw new DockerfileError(`dockerfile parse error on line ${line}: ${name} names can not be blank`, line);
		return [word.slice(0, equals), word.slice(equals + 1)];
	});
}
