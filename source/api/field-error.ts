/**
 * One thing wrong with one field, printed as the API server does: `spec.ports[0].port: Invalid value: 70000: must be ...`.
 * Models k8s.io/apimachinery/pkg/util/validation/field/errors.go.
 */
export interface FieldError {
	readonly type:
		| 'Required'
		| 'Invalid'
		| 'NotSupported'
		| 'Forbidden'
		| 'Duplicate'
		| 'TooLong'
		| 'TooMany'
		| 'NotFound'
		| 'Internal'
		| 'TypeInvalid';
	/** Path such as `spec.containers[0].name` or `metadata.labels`. */
	readonly field: string;
	readonly value?: unknown;
	readonly detail: string;
	/** For `NotSupported`: what would be. */
	readonly supported?: readonly string[];
}

const labels: Record<FieldError['type'], [reason: string, text: string]> = {
	Required: ['FieldValueRequired', 'Required value'],
	Invalid: ['FieldValueInvalid', 'Invalid value'],
	NotSupported: ['FieldValueNotSupported', 'Unsupported value'],
	Forbidden: ['FieldValueForbidden', 'Forbidden'],
	Duplicate: ['FieldValueDuplicate', 'Duplicate value'],
	TooLong: ['FieldValueTooLong', 'Too long'],
	TooMany: ['FieldValueTooMany', 'Too many'],
	NotFound: ['FieldValueNotFound', 'Not found'],
	Internal: ['InternalError', 'Internal error'],
	TypeInvalid: ['FieldValueTypeInvalid', 'Invalid value'],
};

/** `Invalid value: 70000: must be between 1 and 65535, inclusive`, without the field. */
export function bodyOf(error: FieldError): string {
	const [, text] = labels[error.type];
	const detail = detailOf(error);
	const withoutValue = error.type === 'Required' || error.type === 'Forbidden' || error.type === 'TooLong' || error.type === 'Internal';
	const head = withoutValue || error.value === omitValue ? text : `${text}: ${goValue(error.value)}`;
	return detail ? `${head}: ${detail}` : head;
}

export const messageOf = (error: FieldError): string => `${error.field || '<nil>'}: ${bodyOf(error)}`;

export const causeOf = (error: FieldError): {reason: string; message: string; field: string} => ({
	reason: labels[error.type][0],
	message: bodyOf(error),
	field: error.field || '<nil>',
});

/** `supported values: "A", "B"`, sorted as the server does. */
export const detailOf = (error: FieldError): string =>
	error.type === 'NotSupported' && error.supported ? `supported values: ${error.supported.map(goValue).join(', ')}` : error.detail;

/** field.OmitValueType: the error is printed without its value. */
export const omitValue = Symbol('omitted value');

/** A value of a Go type that is not plain JSON, already printed. */
export interface GoText {
	readonly goText: string;
}
export const goText = (text: string): GoText => ({goText: text});

/** As fmt prints with %#v what JSON decoded; named types are printed by whoever makes the error, with `goText`. */
export function goValue(value: unknown): string {
	if (value === null) return '"null"';
	// A string that was left out.
	if (value === undefined) return '""';
	if (typeof value === 'string') return goQuote(value);
	if (typeof value === 'object' && 'goText' in value) return (value as GoText).goText;
	return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** strconv.Quote. */
export function goQuote(text: string): string {
	return `"${text.replace(/["\\\x00-\x1f\x7f\u0080-\u00a0\u00ad\u2028\u2029\ufeff]/g, char => {
		const named = {'"': '\\"', '\\': '\\\\', '\n': '\\n', '\t': '\\t', '\r': '\\r', '\b': '\\b', '\f': '\\f', '\v': '\\v', '\x07': '\\a'}[
			char
		];
		const code = char.charCodeAt(0);
		return named ?? (code < 0x80 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`);
	})}"`;
}
