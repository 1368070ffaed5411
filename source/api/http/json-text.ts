/** Parses JSON from outside; a mistake is told in the words of Go's encoding/json. */
export function parseJson(text: string): unknown {
	try {
		return withoutPrototypes(JSON.parse(text), text);
	} catch (error) {
		throw new SyntaxError(problem(text, (error as Error).message));
	}
}

/** `__proto__` is a field like any other to JSON.parse, but an invitation to whoever copies the object. No Kubernetes type has it. */
function withoutPrototypes(value: unknown, text: string): unknown {
	if (/__proto__|\\u005f/i.test(text)) strip(value);
	return value;
}

function strip(value: unknown): void {
	if (typeof value !== 'object' || value === null) return;
	if (Object.hasOwn(value, '__proto__')) Reflect.deleteProperty(value, '__proto__');
	for (const inner of Object.values(value)) strip(inner);
}

function problem(text: string, message: string): string {
	if (/call stack/i.test(message)) return 'exceeded max depth';
	const at = Number(/position (\d+)/.exec(message)?.[1] ?? text.length);
	const char = text[at];
	if (char === undefined || /end of JSON input|Unterminated/.test(message)) return 'unexpected end of JSON input';
	const before = text.slice(0, at).trimEnd().at(-1);
	const shown = char === "'" ? "'\\''" : char === '"' ? "'\"'" : `'${char}'`;
	return `invalid character ${shown} ${expected(before, text.slice(0, at))}`;
}

function expected(before: string | undefined, soFar: string): string {
	if (before === undefined || before === ':' || before === '[') return 'looking for beginning of value';
	if (before === '{') return 'looking for beginning of object key string';
	const inObject = soFar.lastIndexOf('{') > soFar.lastIndexOf('[');
	if (before === ',') return inObject ? 'looking for beginning of object key string' : 'looking for beginning of value';
	return inObject ? 'after object key:value pair' : 'after top-level value';
}

/** What is quoted of a body that cannot be read. Models json.summarizeData. */
export function summary(text: string): string {
	const max = 64;
	if (text === '') return '<empty>';
	if (text.startsWith('{')) return text.length > max ? `${text.slice(0, max)} ...` : text;
	const hex = Buffer.from(text.slice(0, max)).toString('hex');
	return text.length > max ? `${hex} ...` : hex;
}
