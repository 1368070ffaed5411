import {goJsonProblem} from '../values/go-json.js';

/** Parses JSON from outside; a mistake is told in the words of Go's encoding/json. */
export function parseJson(text: string): unknown {
	try {
		return withoutPrototypes(JSON.parse(text), text);
	} catch (error) {
		const {message} = error as Error;
		throw new SyntaxError(/call stack/i.test(message) ? 'exceeded max depth' : (goJsonProblem(text) ?? message));
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

/** What is quoted of a body that cannot be read. Models json.summarizeData. */
export function summary(text: string): string {
	const max = 30;
	if (text === '') return '<empty>';
	if (text.startsWith('{')) return text.length > max ? `${text.slice(0, max)} ...` : text;
	const bytes = Buffer.from(text);
	const hex = bytes.subarray(0, max).toString('hex');
	return bytes.length > max ? `${hex} ...` : hex;
}
