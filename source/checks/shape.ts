/**
 * What a piece of lab.yaml may look like. One definition validates, explains mistakes and becomes the published JSON Schema.
 */
export type Shape =
	| {
			readonly type: 'text';
			readonly help: string;
			readonly oneOf?: readonly string[];
			readonly pattern?: RegExp;
			readonly patternHelp?: string;
			readonly maxLength?: number;
			/** It is a regular expression. */
			readonly isPattern?: boolean;
	  }
	| {readonly type: 'integer'; readonly help: string; readonly min?: number; readonly max?: number}
	| {readonly type: 'flag'; readonly help: string}
	| {readonly type: 'list'; readonly help: string; readonly of: Shape; readonly min?: number; readonly max?: number}
	| {readonly type: 'map'; readonly help: string; readonly of: Shape}
	| {readonly type: 'object'; readonly help: string; readonly fields: Fields}
	/** An object with exactly one of these keys. */
	| {readonly type: 'choice'; readonly help: string; readonly of: () => Fields}
	/** Told apart by the YAML type of the value. */
	| {readonly type: 'either'; readonly help: string; readonly of: readonly Shape[]}
	/** Any YAML: a partial Kubernetes object. */
	| {readonly type: 'anything'; readonly help: string};

export interface Fields {
	readonly [name: string]: Field;
}

export interface Field {
	readonly shape: Shape;
	readonly required?: boolean;
}

export const text = (help: string, more: Partial<Extract<Shape, {type: 'text'}>> = {}): Shape => ({type: 'text', help, ...more});
/** Text that names something of the cluster. */
export const objectName = (help: string): Shape =>
	text(help, {pattern: /^[a-z0-9]([\w.:-]*[a-z0-9])?$/i, patternHelp: 'a name: letters, digits, "-" and "."'});
/** Text that must say something. */
export const words = (help: string): Shape => text(help, {pattern: /\S/, patternHelp: help});
export const integer = (help: string, min?: number, max?: number): Shape => ({
	type: 'integer',
	help,
	...(min !== undefined && {min}),
	...(max !== undefined && {max}),
});
export const flag = (help: string): Shape => ({type: 'flag', help});
export const list = (help: string, of: Shape, min?: number, max?: number): Shape => ({
	type: 'list',
	help,
	of,
	...(min !== undefined && {min}),
	...(max !== undefined && {max}),
});
export const map = (help: string, of: Shape): Shape => ({type: 'map', help, of});
export const object = (help: string, fields: Fields): Shape => ({type: 'object', help, fields});
export const choice = (help: string, of: () => Fields): Shape => ({type: 'choice', help, of});
export const either = (help: string, ...of: Shape[]): Shape => ({type: 'either', help, of});
export const anything = (help: string): Shape => ({type: 'anything', help});
export const required = (shape: Shape): Field => ({shape, required: true});
export const optional = (shape: Shape): Field => ({shape});
