/**
 * A `$` that begins no expansion stands for itself. just-bash's parser of arithmetic never gets past one (`$(($ ))`, `a[$]=1`), so it is
 * shown a sign that begins nothing instead, and the tree is given its dollars back.
 */
const sign = '\uFDD0';
const dollars = /\\[\s\S]|\$[\w{(*@#?!$'"-]|\$/g;

export function withoutLoneDollars<T>(text: string, parse: (text: string) => T): T {
	const hidden = text.replace(dollars, found => (found === '$' ? sign : found));
	if (hidden === text) return parse(text);
	try {
		return restored(parse(hidden)) as T;
	} catch (error) {
		throw restored(error);
	}
}

function restored(value: unknown): unknown {
	if (typeof value === 'string') return value.replaceAll(sign, '$');
	if (typeof value !== 'object' || value === null) return value;
	if (value instanceof Error) value.message = value.message.replaceAll(sign, '$');
	for (const [key, inner] of Object.entries(value)) (value as Record<string, unknown>)[key] = restored(inner);
	return value;
}
