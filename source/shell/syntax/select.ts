/** The parser knows no `select`: it is shown a `for` with a name of this kind, and `compound.ts` knows it by that. */
const sign = 'kubelab_select_';
const written = /((?:^|[;&|({\n]|\b(?:then|do|else)\b)[ \t]*)select[ \t]+(?=[A-Za-z_]\w*\s*(?:in\b|;|do\b))/g;

export function withSelect<T>(text: string, parse: (text: string) => T): T {
	try {
		return parse(text);
	} catch (error) {
		const shown = text.replace(written, `$1for ${sign}`);
		if (shown === text) throw error;
		return restored(parse(shown)) as T;
	}
}

/** `select` again, wherever the text itself is kept. */
export const selectText = (text: string): string => text.replaceAll(`for ${sign}`, 'select ');

function restored(value: unknown): unknown {
	if (typeof value === 'string') return selectText(value);
	if (Array.isArray(value)) return value.map(restored);
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, restored(each)]));
}

/** The variable of a `select`; undefined: it is a `for`. */
export const selectVariable = (variable: string): string | undefined =>
	variable.startsWith(sign) ? variable.slice(sign.length) : undefined;
