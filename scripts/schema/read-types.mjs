import {readFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {dirname, join} from 'node:path';

/** The API groups a v1.33 server serves, as folders of the npm package kubernetes-types. */
const modules = [
	'admissionregistration/v1',
	'api/resource',
	'apiextensions/v1',
	'apps/v1',
	'authentication/v1',
	'authorization/v1',
	'autoscaling/v1',
	'autoscaling/v2',
	'batch/v1',
	'certificates/v1',
	'coordination/v1',
	'core/v1',
	'discovery/v1',
	'events/v1',
	'flowcontrol/v1',
	'meta/v1',
	'networking/v1',
	'node/v1',
	'policy/v1',
	'rbac/v1',
	'scheduling/v1',
	'storage/v1',
];

/** Aliases in the package that are plain values on the wire. */
const scalars = {
	'resource.Quantity': 'quantity',
	'meta.v1.Time': 'time',
	'meta.v1.MicroTime': 'microtime',
	'meta.v1.FieldsV1': 'any',
	'meta.v1.Patch': 'any',
	string: 'string',
	number: 'int32',
	boolean: 'bool',
	any: 'any',
	object: 'any',
	IntOrString: 'intstr',
	RawExtension: 'any',
	'apiextensions.v1.JSON': 'any',
	'apiextensions.v1.CustomResourceSubresourceStatus': 'any',
	'apiextensions.v1.JSONSchemaPropsOrArray': 'any',
	'apiextensions.v1.JSONSchemaPropsOrBool': 'any',
	'apiextensions.v1.JSONSchemaPropsOrStringArray': 'any',
};

/** `types`: Map(name -> {doc, fields: Map(name -> {type, required, doc})}), named `core.v1.Service`; `aliasDocs`: those of plain values. */
export function readTypes() {
	const root = dirname(createRequire(import.meta.url).resolve('kubernetes-types/package.json'));
	const types = new Map();
	const aliasDocs = new Map();
	for (const module of modules) readModule(readFileSync(join(root, `${module}.d.ts`), 'utf8'), module, types, aliasDocs);
	return {types, aliasDocs};
}

const prefixOf = module => module.replace('api/resource', 'resource').replace('/', '.');

function readModule(text, module, types, aliasDocs) {
	const names = importedNames(text, module);
	const local = prefixOf(module);
	for (const [, , name] of text.matchAll(/^export (interface|type) (\w+)/gm)) names.set(name, `${local}.${name}`);
	let doc = '';
	let type;
	let comment;
	const lines = text.split('\n');
	for (let at = 0; at < lines.length; at++) {
		const line = lines[at];
		const trimmed = line.trim();
		if (comment !== undefined || trimmed.startsWith('/**')) {
			comment = (comment ?? '') + (comment === undefined ? trimmed.replace(/^\/\*\*\s?/, '') : `\n${trimmed.replace(/^\*(?!\/)\s?/, '')}`);
			if (comment.endsWith('*/')) {
				doc = comment.replace(/\s*\*\/$/, '').trim();
				comment = undefined;
			}

			continue;
		}

		const alias = /^export type (\w+)/.exec(line);
		if (alias) aliasDocs.set(`${local}.${alias[1]}`, doc);
		const opened = /^export interface (\w+)/.exec(line);
		if (opened) {
			type = {doc, fields: new Map()};
			types.set(`${local}.${opened[1]}`, type);
		}

		const field = /^ {4}(?:readonly )?("?[\w$-]+"?)(\??): (.*)$/.exec(line);
		if (field && type) {
			let written = field[3];
			const end = written.startsWith('{') ? '};' : ';';
			while (!written.endsWith(end)) written += lines[++at].trim();
			type.fields.set(field[1].replaceAll('"', ''), {type: typeText(written.slice(0, -1), names), required: !field[2], doc});
		}
	}
}

function importedNames(text, module) {
	const names = new Map();
	for (const [, list, from] of text.matchAll(/^import (?:type )?\{([^}]*)\} from "([^"]*)"/gm)) {
		const target = from.startsWith('../') ? from.slice(3) : from.startsWith('./') ? `${dirname(module)}/${from.slice(2)}` : from;
		for (const name of list
			.split(',')
			.map(word => word.trim())
			.filter(Boolean))
			names.set(name, `${prefixOf(target)}.${name}`);
	}

	return names;
}

function typeText(written, names) {
	const map = /^\{\s*\[name: string\]: (.*?);?\s*\}$/.exec(written);
	if (map) return `{}${typeText(map[1], names)}`;
	const list = /^Array<(.*)>$/.exec(written);
	if (list) return `[]${typeText(list[1], names)}`;
	if (/^"[^"]*"$/.test(written)) return 'string';
	if (written === 'number | string' || written === 'string | number') return 'intstr';
	const name = names.get(written) ?? written;
	return scalars[name] ?? scalars[written] ?? name;
}
