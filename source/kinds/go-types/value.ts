import {parseQuantity} from '../../api/values/quantity.js';
import {equal} from '../../api/values/plain.js';
import {fieldsOf} from './structs.js';

/** A Go value, read from the JSON of an object. `nil` slices, maps and pointers hold `undefined`. */
export type GoValue =
	| {readonly kind: 'basic'; readonly type: string; readonly value: string | number | boolean}
	/** A named string with a String method: printed with an `s` before it. */
	| {readonly kind: 'stringer'; readonly type: string; readonly value: string}
	| {readonly kind: 'time'; readonly type: string}
	| {
			readonly kind: 'struct';
			readonly type: string;
			readonly fields: ReadonlyArray<readonly [name: string, value: GoValue]>;
			readonly leaf: boolean;
	  }
	| {readonly kind: 'slice'; readonly type: string; readonly items: readonly GoValue[] | undefined}
	| {readonly kind: 'map'; readonly type: string; readonly entries: ReadonlyArray<readonly [key: GoValue, value: GoValue]> | undefined}
	| {readonly kind: 'pointer'; readonly type: string; readonly to: GoValue | undefined};

const zeroes: Readonly<Record<string, string | number | boolean>> = {string: '', int32: 0, int64: 0, int: 0, bool: false};

export function goValueOf(type: string, json: unknown): GoValue {
	if (type.startsWith('*')) {
		const to = json === undefined || json === null ? undefined : goValueOf(type.slice(1), json);
		return {kind: 'pointer', type: `*${bare(type.slice(1))}`, to};
	}

	if (type.startsWith('[]')) {
		const items = json === undefined || json === null ? undefined : (json as unknown[]).map(item => goValueOf(type.slice(2), item));
		return {kind: 'slice', type: `[]${bare(type.slice(2))}`, items};
	}

	if (type === 'core.ResourceList' || type === 'map[string]string') return mapOf(type, json as Record<string, string> | undefined);
	if (type.startsWith("'")) return {kind: 'basic', type: type.slice(1), value: (json as string | undefined) ?? ''};
	if (type.startsWith('>')) return {kind: 'stringer', type: type.slice(1), value: (json as string | undefined) ?? ''};
	if (type in zeroes) return {kind: 'basic', type, value: (json as string | number | boolean | undefined) ?? zeroes[type]!};
	if (type === 'v1.Time') return {kind: 'time', type};
	if (type === 'quantity') return quantity(json === undefined || json === null ? undefined : String(json));
	if (type === 'intstr.IntOrString') return intOrString(json as string | number | undefined);
	const name = bare(type);
	const object = (name === 'core.PodSpec' ? internalPodSpec(json) : (json ?? {})) as Record<string, unknown>;
	const fields = fieldsOf(name).map(
		field => [field.name, goValueOf(field.type, field.type.startsWith('+') ? object : object[field.json])] as const,
	);
	return {kind: 'struct', type: name, fields, leaf: false};
}

const bare = (type: string): string =>
	type.startsWith('[]') ? `[]${bare(type.slice(2))}` : type === 'quantity' ? 'resource.Quantity' : type.replace(/^['+>]/, '');

function mapOf(type: string, json: Record<string, string> | undefined): GoValue {
	const keys = json ? Object.keys(json).sort() : undefined;
	const isList = type === 'core.ResourceList';
	const entries = keys?.map(
		key => [goValueOf(isList ? '>core.ResourceName' : 'string', key), goValueOf(isList ? 'quantity' : 'string', json![key])] as const,
	);
	return {kind: 'map', type, entries};
}

const basic = (type: string, value: string | number): GoValue => ({kind: 'basic', type, value});
const struct = (type: string, fields: ReadonlyArray<readonly [string, GoValue]>, leaf = false): GoValue => ({
	kind: 'struct',
	type,
	fields,
	leaf,
});

/** A number of its own and the text it came from; two are compared as one. */
function quantity(text: string | undefined): GoValue {
	const {digits, exponent, format} = text === undefined ? {digits: 0n, exponent: 0, format: ''} : parseQuantity(text);
	const amount = struct('resource.int64Amount', [
		['value', basic('int64', Number(digits))],
		['scale', basic('int32', exponent)],
	]);
	const exact = struct('resource.infDecAmount', [['Dec', {kind: 'pointer', type: '*inf.Dec', to: undefined}]]);
	return struct(
		'resource.Quantity',
		[
			['i', amount],
			['d', exact],
			['s', basic('string', text ?? '')],
			['Format', basic('resource.Format', format)],
		],
		true,
	);
}

const intOrString = (json: string | number | undefined): GoValue =>
	struct('intstr.IntOrString', [
		['Type', basic('int64', typeof json === 'string' ? 1 : 0)],
		['IntVal', basic('int32', typeof json === 'number' ? json : 0)],
		['StrVal', basic('string', typeof json === 'string' ? json : '')],
	]);

/** Inside the server what a pod shares with its host belongs to its security context. */
function internalPodSpec(json: unknown): Record<string, unknown> {
	const {hostNetwork, hostPID, hostIPC, shareProcessNamespace, hostUsers, ...spec} = (json ?? {}) as Record<string, any>;
	const shared = Object.entries({hostNetwork, hostPID, hostIPC, shareProcessNamespace, hostUsers}).filter(
		([, value]) => value !== undefined,
	);
	if (!spec['securityContext'] && shared.length === 0) return spec;
	return {...spec, securityContext: {...spec['securityContext'], ...Object.fromEntries(shared)}};
}

export function isZero(value: GoValue): boolean {
	switch (value.kind) {
		case 'basic':
		case 'stringer':
			return value.value === '' || value.value === 0 || value.value === false;
		case 'time':
			return true;
		case 'struct':
			return value.fields.every(([, field]) => isZero(field));
		case 'slice':
			return value.items === undefined;
		case 'map':
			return value.entries === undefined;
		case 'pointer':
			return value.to === undefined;
	}
}

export const same = (a: GoValue | undefined, b: GoValue | undefined): boolean => equal(a, b);
