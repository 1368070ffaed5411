/** Field selectors in text form. Models k8s.io/apimachinery/pkg/fields/selector.go. */
export interface FieldTerm {
	readonly field: string;
	readonly operator: '=' | '!=';
	readonly value: string;
}

/** Throws a plain `Error` with the parser's words. */
export function parseFieldSelector(text: string): readonly FieldTerm[] {
	return split(text)
		.sort()
		.filter(part => part !== '')
		.map((part): FieldTerm => {
			const match = term(part);
			if (!match) throw new Error(`invalid selector: '${text}'; can't understand '${part}'`);
			const [field, operator, value] = match;
			return {field, operator: operator === '!=' ? '!=' : '=', value: unescaped(value)};
		});
}

export const matchesFields = (terms: readonly FieldTerm[], fieldValue: (field: string) => string): boolean =>
	terms.every(({field, operator, value}) => (fieldValue(field) === value) === (operator === '='));

export const printFieldSelector = (terms: readonly FieldTerm[]): string =>
	terms.map(({field, operator, value}) => `${field}${operator}${value.replace(/[\\,=]/g, '\\$&')}`).join(',');

/** At commas that no backslash precedes. */
function split(text: string): string[] {
	const parts: string[] = [];
	let part = '';
	for (let i = 0; i < text.length; i++) {
		if (text[i] === '\\' && i + 1 < text.length) part += text[i]! + text[++i]!;
		else if (text[i] === ',') {
			parts.push(part);
			part = '';
		} else part += text[i]!;
	}

	return [...parts, part];
}

function term(text: string): [string, string, string] | undefined {
	for (let i = 0; i < text.length; i++) {
		for (const operator of ['!=', '==', '=']) {
			if (text.startsWith(operator, i)) return [text.slice(0, i), operator, text.slice(i + operator.length)];
		}
	}

	return undefined;
}

function unescaped(text: string): string {
	let value = '';
	for (let i = 0; i < text.length; i++) {
		const char = text[i]!;
		if (char === '\\') {
			const next = text[++i];
			if (next !== '\\' && next !== ',' && next !== '=')
				throw new Error(`invalid field selector: invalid escape sequence: \\${next ?? ''}`);
			value += next;
		} else if (char === ',' || char === '=') {
			throw new Error(`invalid field selector: unescaped character in value: ${char.charCodeAt(0)}`);
		} else value += char;
	}

	return value;
}
