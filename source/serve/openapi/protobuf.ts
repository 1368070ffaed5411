/** OpenAPI v2 in the one form that kubectl asks for it. Field numbers of gnostic's openapi.v2.Document. */
export const protobufAsked = 'application/com.github.proto-openapi.spec.v2@v1.0+protobuf';
/** The name it is asked for by is no valid media type; it is answered under this one. */
export const protobufType = 'application/com.github.proto-openapi.spec.v2.v1.0+protobuf';

type Schema = Readonly<Record<string, any>>;

/** A field whose value is bytes: a text or a message. */
function field(number: number, value: string | Uint8Array): Uint8Array {
	const bytes = typeof value === 'string' ? Buffer.from(value) : value;
	return Buffer.concat([varint(number * 8 + 2), varint(bytes.length), bytes]);
}

function varint(value: number): Uint8Array {
	const bytes: number[] = [];
	for (let rest = value; ; rest >>>= 7) {
		bytes.push(rest > 0x7f ? (rest & 0x7f) | 0x80 : rest);
		if (rest <= 0x7f) return Uint8Array.from(bytes);
	}
}

const message = (...fields: ReadonlyArray<Uint8Array | false | undefined>): Uint8Array =>
	Buffer.concat(fields.filter(each => each instanceof Uint8Array));

const named = (name: string, value: Uint8Array) => message(field(1, name), field(2, value));

export function encodeDocument({info, definitions}: {info: {title: string; version: string}; definitions: Record<string, Schema>}): Buffer {
	const types = Object.entries(definitions).map(([name, schema]) => field(1, named(name, encodeSchema(schema))));
	return Buffer.from(
		message(
			field(1, '2.0'),
			field(2, message(field(1, info.title), field(2, info.version))),
			field(8, message()),
			field(9, message(...types)),
		),
	);
}

function encodeSchema(schema: Schema): Uint8Array {
	const {$ref, format, description, required = [], additionalProperties, type, items, properties = {}} = schema;
	const extensions = Object.keys(schema).filter(key => key.startsWith('x-kubernetes-'));
	const members = Object.entries<Schema>(properties).map(([name, inner]) => field(1, named(name, encodeSchema(inner))));
	return message(
		$ref && field(1, $ref),
		format && field(2, format),
		description && field(4, description),
		...required.map((name: string) => field(19, name)),
		typeof additionalProperties === 'object' && field(21, field(1, encodeSchema(additionalProperties))),
		type && field(22, field(1, type)),
		items && field(23, field(1, encodeSchema(items))),
		members.length > 0 && field(25, message(...members)),
		// Values are YAML, which JSON is.
		...extensions.map(name => field(31, named(name, field(2, JSON.stringify(schema[name]))))),
	);
}
