import {existsSync, readFileSync} from 'node:fs';
import test from 'ava';
import {type FieldSchema, structSchema, type TypeSchema} from '../../source/api/schema/schema.js';
import kinds from '../../source/kinds/index.js';

test('every kind names a compiled type', t => {
	for (const kind of kinds) t.truthy(structSchema(kind.schema), `${kind.kind}: ${kind.schema}`);
});

test('the compiled schema has every field of v1.33, with its type, merge key and list keys', t => {
	const file = new URL('../../../shared/reference/fields-v1.33.json', import.meta.url);
	if (!existsSync(file)) {
		t.log('skipped: ../shared/reference is absent');
		t.pass();
		return;
	}

	const reference: Record<string, any> = JSON.parse(readFileSync(file, 'utf8'));
	const wrong: string[] = [];
	for (const [name, {properties}] of Object.entries(reference)) {
		const struct = structSchema(shortName(name));
		// Lists are made by the server around their items; nobody decodes one.
		if (!properties || name.endsWith('List') || shortName(name) === 'version.Info') continue;
		if (!struct) wrong.push(`no type ${name}`);
		for (const [key, given] of Object.entries<any>(properties)) {
			const field = struct?.fields.get(key);
			const wanted = typeof given === 'string' ? {type: given} : given;
			const found = field && describe(field);
			const expected = `${typeText(wanted.type)} ${wanted.mergeKey ?? ''} ${wanted.list === 'map' ? wanted.keys : ''}`;
			if (found !== expected) wrong.push(`${name}.${key}: ${found}, not ${expected}`);
		}
	}

	t.deepEqual(wrong, []);
});

const describe = ({type, mergeKey, listKeys}: FieldSchema): string => `${print(type)} ${mergeKey ?? ''} ${listKeys ?? ''}`;

function print(type: TypeSchema): string {
	if (type.shape === 'list') return `[]${print(type.item)}`;
	if (type.shape === 'map') return `{}${print(type.item)}`;
	return type.shape === 'struct' ? type.name : (type as {scalar: string}).scalar;
}

const prefixes =
	/^io\.k8s\.(api|apimachinery\.pkg\.apis|apiextensions-apiserver\.pkg\.apis|kube-aggregator\.pkg\.apis|apimachinery\.pkg)\./;
const shortName = (name: string): string => name.replace(prefixes, '');
const scalars: Record<string, string> = {
	'api.resource.Quantity': 'quantity',
	'meta.v1.Time': 'time',
	'meta.v1.MicroTime': 'microtime',
	'util.intstr.IntOrString': 'intstr',
	'integer:int32': 'int32',
	'integer:int64': 'int64',
	boolean: 'bool',
	'number:double': 'double',
	'string:byte': 'bytes',
};
const anything =
	/^(object|meta\.v1\.(FieldsV1|Patch)|runtime\.RawExtension|apiextensions\.v1\.(JSON|JSONSchemaPropsOr\w+|CustomResourceSubresourceStatus))$/;

function typeText(type: string | undefined): string {
	if (type === undefined) return 'any';
	if (type.startsWith('[]')) return `[]${typeText(type.slice(2))}`;
	if (type.startsWith('map[')) return `{}${typeText(type.slice(4, -1))}`;
	const name = shortName(type);
	return anything.test(name) || name === '' ? 'any' : (scalars[name] ?? name);
}
