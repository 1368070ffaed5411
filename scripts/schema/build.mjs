// Writes generated/schema.json (one line of text a type, see source/api/schema/schema.ts) and generated/schema-docs.json (for kubectl explain).
import {mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {readTypes} from './read-types.mjs';

const signals = [
	...'ABRT ALRM BUS CHLD CLD CONT FPE HUP ILL INT IO IOT KILL PIPE POLL PROF PWR QUIT RTMAX'.split(' '),
	...[1, 10, 11, 12, 13, 14, 2, 3, 4, 5, 6, 7, 8, 9].map(n => `RTMAX-${n}`),
	'RTMIN',
	...[1, 10, 11, 12, 13, 14, 15, 2, 3, 4, 5, 6, 7, 8, 9].map(n => `RTMIN+${n}`),
	...'SEGV STKFLT STOP SYS TERM TRAP TSTP TTIN TTOU URG USR1 USR2 VTALRM WINCH XCPU XFSZ'.split(' '),
].map(name => `SIG${name}`);

const {types, aliasDocs} = readTypes();
/** Values on the wire that have a type, and so a description, of their own. */
const docs = {
	time: {'': aliasDocs.get('meta.v1.Time')},
	microtime: {'': aliasDocs.get('meta.v1.MicroTime')},
	quantity: {'': aliasDocs.get('resource.Quantity')},
	intstr: {
		'': 'IntOrString is a type that can hold an int32 or a string.  When used in JSON or YAML marshalling and unmarshalling, it produces or consumes the inner type.  This allows you to have, for example, a JSON field that can accept a name or number.',
	},
};
const enumDocs = readEnumDocs(readFileSync(new URL('enum-docs.txt', import.meta.url), 'utf8'));
const numbers = JSON.parse(readFileSync(new URL('../../source/serve/protobuf/numbers.json', import.meta.url), 'utf8'));
const schema = {};
overlay(types, readFileSync(new URL('overlay.txt', import.meta.url), 'utf8'));
markTags(types, readFileSync(new URL('go-tags.txt', import.meta.url), 'utf8'));
for (const [name, type] of [...types].sort(([a], [b]) => (a < b ? -1 : 1))) {
	docs[name] = {'': type.doc ?? ''};
	for (const [field, {doc, enum: values}] of type.fields) docs[name][field] = (doc ?? '') + valuesOf(`${name}.${field}`, values);
	schema[name] =
		(type.atomic ? '@' : '') +
		inGoOrder(name, [...type.fields])
			.map(printField)
			.join(';');
}

/** As the fields stand in the Go struct, which is how kubectl prints an object that it holds typed; a type without numbers as it is read. */
function inGoOrder(name, fields) {
	const order = namesIn(name);
	const rank = ([field]) =>
		order.includes(field) ? order.indexOf(field) : field === 'kind' ? -2 : field === 'apiVersion' ? -1 : order.length;
	return fields.sort((a, b) => rank(a) - rank(b));
}

/** `1 name string`, and `2 > core.v1.VolumeSource` whose fields stand in its place. */
function namesIn(name) {
	return (numbers[name] ?? '').split(';').flatMap(field => {
		const [, word, type] = field.split(' ');
		return word === '>' ? namesIn(type) : [word];
	});
}

const folder = new URL('../../generated/', import.meta.url);
mkdirSync(folder, {recursive: true});
writeFileSync(new URL('schema.json', folder), JSON.stringify(schema, null, '\t') + '\n');
writeFileSync(new URL('schema-docs.json', folder), JSON.stringify(docs) + '\n');

function overlay(types, text) {
	let type;
	for (const line of text.split('\n')) {
		if (line === '' || line.startsWith('#')) continue;
		if (line.startsWith('atomic ')) for (const path of line.split(' ').slice(1)) markAtomic(types, path);
		else if (!line.startsWith('\t')) {
			type = types.get(line) ?? {doc: '', fields: new Map()};
			types.set(line, type);
		} else overlayField(type, line.trim());
	}
}

function overlayField(type, line) {
	if (line.startsWith('- ')) return type.fields.delete(line.slice(2));
	const [name, written, ...attributes] = line.split(' ');
	const field = type.fields.get(name) ?? {required: false, doc: ''};
	type.fields.set(name, field);
	if (written !== '=') field.type = written;
	for (const attribute of attributes) {
		const [key, value] = attribute.split('=');
		if (key === 'required' || key === 'optional') field.required = key === 'required';
		else field[key] = value ? value.replace('@signals', signals.join('|')) : true;
	}
}

function markTags(types, text) {
	let mark;
	for (const line of text.split('\n')) {
		if (line === '' || line.startsWith('#')) continue;
		const [name, ...fields] = line.split(' ');
		if (fields.length === 0) mark = name;
		for (const field of fields) types.get(name).fields.get(field)[mark] = true;
	}
}

function markAtomic(types, path) {
	const type = types.get(path);
	if (type) type.atomic = true;
	else {
		const dot = path.lastIndexOf('.');
		types.get(path.slice(0, dot)).fields.get(path.slice(dot + 1)).atomic = true;
	}
}

function printField([name, field]) {
	const parts = [name, field.type];
	if (field.required) parts.push('!');
	if (field.pointers) parts.push('*');
	if (field.printed) parts.push('+');
	if (field.keys) parts.push(`k=${field.keys}`);
	if (field.set) parts.push('s');
	if (field.atomic) parts.push('a');
	if (field.patch) parts.push(`p=${field.patch}`);
	if (field.enum) parts.push(`e=${field.enum}`);
	return parts.join(' ');
}

function readEnumDocs(text) {
	const sets = new Map();
	let words;
	for (const line of text.split('\n').filter(line => line && !line.startsWith('#'))) {
		if (!line.startsWith('\t')) sets.set(line, (words = new Map()));
		else words.set(line.trim().split(' ', 1)[0], line.trim().slice(line.trim().indexOf(' ')));
	}

	return sets;
}

function valuesOf(field, values) {
	const words = values && (enumDocs.get(field) ?? enumDocs.get(values));
	if (!words) return '';
	return `\n\nPossible enum values:\n${values
		.split('|')
		.map(value => ` - \`"${value}"\`${words.get(value) ?? ''}`)
		.join('\n')}`;
}
