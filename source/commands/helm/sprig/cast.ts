import {floatText, goText, GoStruct, isNil} from '../../go-template/go-value.js';

/** github.com/spf13/cast, as Sprig uses it: what is no number is zero. */
export function toInt(value: unknown): bigint {
	if (typeof value === 'bigint') return value;
	if (typeof value === 'number') return Number.isFinite(value) ? BigInt(Math.trunc(value)) : 0n;
	if (typeof value === 'boolean') return value ? 1n : 0n;
	if (typeof value !== 'string') return 0n;
	const text = value.replace(/^([-+]?)0+(?=[1-9])/, '$1').replace(/\.0*$/, '');
	const match = /^([-+]?)(0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO][0-7]+|\d+)$/.exec(text);
	if (!match) return 0n;
	const size = BigInt(match[2]!);
	return match[1] === '-' ? -size : size;
}

export function toFloat(value: unknown): number {
	if (typeof value === 'number') return value;
	if (typeof value === 'bigint') return Number(value);
	if (typeof value === 'boolean') return value ? 1 : 0;
	return typeof value === 'string' && /^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$/.test(value) ? Number(value) : 0;
}

/** sprig's strval. */
export function toText(value: unknown): string {
	if (typeof value === 'string') return value;
	if (typeof value === 'number') return floatText(value);
	if (value instanceof GoStruct && value.text !== undefined) return value.text;
	return goText(value);
}

export const toTexts = (list: unknown): string[] =>
	Array.isArray(list) ? list.filter(each => !isNil(each)).map(toText) : isNil(list) ? [] : [toText(list)];

export const fail = (text: string): never => {
	throw new Error(text);
};

/** What Helm has and the simulation lacks. */
export class NotSimulated extends Error {}

export const notSimulated = (name: string): never => {
	throw new NotSimulated(`kubelab: not simulated: the template function ${name}`);
};
