import type {FieldError} from '../api/field-error.js';

/** Field errors in short. Models k8s.io/apimachinery/pkg/util/validation/field. */
export type Errors = FieldError[];

export const required = (field: string, detail = ''): FieldError => ({type: 'Required', field, detail});
export const invalid = (field: string, value: unknown, detail: string): FieldError => ({type: 'Invalid', field, value, detail});
export const forbidden = (field: string, detail: string): FieldError => ({type: 'Forbidden', field, detail});
export const duplicate = (field: string, value: unknown): FieldError => ({type: 'Duplicate', field, value, detail: ''});
export const notFound = (field: string, value: unknown): FieldError => ({type: 'NotFound', field, value, detail: ''});
export const tooLong = (field: string, max: number): FieldError => ({type: 'TooLong', field, detail: `may not be more than ${max} bytes`});
export const tooMany = (field: string, count: number, max: number): FieldError => ({
	type: 'TooMany',
	field,
	value: count,
	detail: `must have at most ${max} items`,
});
/** The server sorts most of its lists of what is supported; give them in its order. */
export const notSupported = (field: string, value: unknown, supported: readonly string[]): FieldError => ({
	type: 'NotSupported',
	field,
	value: value ?? '',
	detail: '',
	supported,
});

/** One error for each thing that is wrong with one value. */
export const each = (field: string, value: unknown, problems: readonly string[]): Errors =>
	problems.map(detail => invalid(field, value, detail));

/** Required when empty, else one of a list. */
export const oneOf = (field: string, value: string | undefined | null, supported: readonly string[]): Errors =>
	value === undefined || value === null || value === ''
		? [required(field)]
		: supported.includes(value)
			? []
			: [notSupported(field, value, supported)];

export const nonNegative = (field: string, value: number | undefined | null): Errors =>
	value !== undefined && value !== null && value < 0 ? [invalid(field, value, 'must be greater than or equal to 0')] : [];

/** Every item of a list, with its path. */
export const items = <T>(
	field: string,
	list: readonly T[] | undefined | null,
	check: (item: T, path: string, index: number) => Errors,
): Errors => (list ?? []).flatMap((item, index) => check(item, `${field}[${index}]`, index));
