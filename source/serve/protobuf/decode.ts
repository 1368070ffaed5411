import {createReader, type WireValue} from './reader.js';

/**
 * Kubernetes objects as kubectl's typed clients send them. `numbers.json` holds the field numbers of v1.33 by type: `number name type`, with
 * `>` for a struct whose fields are the outer one's in JSON, and a trailing `0` where Go leaves a zero out of its JSON.
 */
export type Numbers = Readonly<Record<string, string>>;

interface Field {
	readonly name: string;
	readonly type: string;
	readonly dropsZero: boolean;
}

const magic = [0x6b, 0x38, 0x73, 0x00];

/** The object in the envelope `runtime.Unknown`. Throws a `RangeError` where the bytes are no such thing. */
export function decodeProtobuf(bytes: Uint8Array, numbers: Numbers): Record<string, unknown> {
	if (magic.some((byte, at) => bytes[at] !== byte)) throw new RangeError('provided data does not appear to be a protobuf message');
	const envelope = new Map(createReader(bytes.subarray(magic.length)).fields());
	const meta = new Map(createReader(bytesOf(envelope.get(1))).fields());
	const [apiVersion, kind] = [1, 2].map(field => text(bytesOf(meta.get(field)))) as [string, string];
	const type = typeName(apiVersion, kind);
	if (!Object.hasOwn(numbers, type)) throw new RangeError(`no kind "${kind}" is registered for version "${apiVersion}"`);
	return {apiVersion, kind, ...createDecoder(numbers).struct(type, bytesOf(envelope.get(2)))};
}

const optionTypes = /Options$/;

/** `rbac.authorization.k8s.io/v1` Role is `rbac.v1.Role`. */
function typeName(apiVersion: string, kind: string): string {
	const [group, version] = apiVersion.includes('/') ? (apiVersion.split('/') as [string, string]) : ['core', apiVersion];
	return optionTypes.test(kind) ? `meta.v1.${kind}` : `${group.split('.')[0]}.${version}.${kind}`;
}

const bytesOf = (value: unknown): Uint8Array => (value instanceof Uint8Array ? value : new Uint8Array());
const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8');
const depthMax = 64;

function createDecoder(numbers: Numbers) {
	const parsed = new Map<string, ReadonlyMap<number, Field>>();
	const fieldsOf = (type: string): ReadonlyMap<number, Field> => {
		let fields = parsed.get(type);
		if (!fields) parsed.set(type, (fields = parseFields(numbers[type] ?? '')));
		return fields;
	};
	const struct = (type: string, bytes: Uint8Array, depth = 0): Record<string, unknown> => {
		if (depth > depthMax) throw new RangeError('messages are nested too deeply');
		const object: Record<string, unknown> = {};
		const fields = fieldsOf(type);
		for (const [number, raw] of createReader(bytes).fields()) {
			const field = fields.get(number);
			if (field) put(object, field, raw, depth);
		}

		return object;
	};
	const put = (object: Record<string, unknown>, {name, type, dropsZero}: Field, raw: WireValue, depth: number) => {
		if (name === '>') return void Object.assign(object, struct(type, bytesOf(raw), depth + 1));
		if (type.startsWith('[]')) return void ((object[name] ??= []) as unknown[]).push(value(type.slice(2), raw, depth));
		if (type.startsWith('{}')) {
			const entry = new Map(createReader(bytesOf(raw)).fields());
			const map = (object[name] ??= {}) as object;
			const key = text(bytesOf(entry.get(1)));
			Object.defineProperty(map, key, {
				value: value(type.slice(2), entry.get(2), depth),
				enumerable: true,
				writable: true,
				configurable: true,
			});
			return;
		}

		const decoded = value(type, raw, depth);
		if (decoded === undefined || (dropsZero && (decoded === '' || decoded === 0 || decoded === false))) return;
		object[name] = decoded;
	};
	const value = (type: string, raw: WireValue | undefined, depth: number): unknown => {
		const simple = Object.hasOwn(scalars, type) ? scalars[type] : undefined;
		return simple ? simple(raw) : struct(type, bytesOf(raw), depth + 1);
	};
	return {struct};
}

function parseFields(line: string): ReadonlyMap<number, Field> {
	return new Map(
		line
			.split(';')
			.filter(Boolean)
			.map(part => {
				const [number, name, type, zero] = part.split(' ') as [string, string, string, string?];
				return [Number(number), {name, type, dropsZero: zero === '0'}];
			}),
	);
}

const inner = (raw: unknown) => new Map(createReader(bytesOf(raw)).fields());
const integer = (raw: unknown): number => (typeof raw === 'bigint' ? Number(BigInt.asIntN(64, raw)) : 0);

const scalars: Readonly<Record<string, (raw: unknown) => unknown>> = {
	string: raw => text(bytesOf(raw)),
	bytes: raw => Buffer.from(bytesOf(raw)).toString('base64'),
	bool: raw => integer(raw) !== 0,
	int: integer,
	double: raw => (bytesOf(raw).length === 8 ? Buffer.from(bytesOf(raw)).readDoubleLE() : 0),
	quantity: raw => text(bytesOf(inner(raw).get(1))),
	/** An unset time is an empty message. */
	time(raw) {
		const parts = inner(raw);
		if (parts.size === 0) return null;
		const seconds = integer(parts.get(1));
		return Math.abs(seconds) < 1e11 ? new Date(seconds * 1000).toISOString().replace('.000', '') : null;
	},
	intstr(raw) {
		const parts = inner(raw);
		return integer(parts.get(1)) === 1 ? text(bytesOf(parts.get(3))) : integer(parts.get(2));
	},
	raw: raw => json(inner(raw).get(1)),
	rawextension: raw => json(inner(raw).get(1)),
};

function json(raw: unknown): unknown {
	const source = text(bytesOf(raw));
	return source === '' ? undefined : JSON.parse(source);
}
