import type {Kind} from '../../api/kind.js';
import {type FieldSchema, structSchema, type TypeSchema} from '../../api/schema.js';
import {failure, rawFailure} from './failure.js';
import type {Session} from './session.js';
import type {Verb} from './verb.js';

const explain: Verb = {
	name: 'explain',
	summary: 'Get documentation for a resource',
	group: 'Basic Commands (Intermediate):',
	usage: 'explain TYPE [--recursive=FALSE|TRUE] [--api-version=api-version-group] [-o|--output=plaintext|plaintext-openapiv2]',
	flags: [
		['api-version', 'string', ''],
		['output', 'string', 'plaintext', 'o'],
		['recursive', 'bool', 'false'],
	],
	*run({session, args, flags}) {
		if (args.length === 0)
			throw failure(
				'You must specify the type of resource to explain. Use "kubectl api-resources" for a complete list of supported resources.',
			);
		if (args.length > 1) throw failure(`We accept only this format: explain RESOURCE\n`);
		const {kind, path} = resolve(session, args[0]!, flags.string('api-version'));
		session.out(`${kind.group ? `GROUP:      ${kind.group}\n` : ''}KIND:       ${kind.kind}\nVERSION:    ${kind.version}\n\n`);
		session.out(body(session, kind, path, flags.bool('recursive')));
		return 0;
	},
};

export default explain;

/** `deployments.apps.spec.replicas`: the longest beginning that names a resource, then fields. */
function resolve(session: Session, text: string, apiVersion: string): {kind: Kind; path: string[]} {
	const parts = text.replace(/\.$/, '').split('.');
	const first = session.api.findKind(parts[0]!);
	for (let length = parts.length; length > 1; length--) {
		const kind = session.api.findKind(parts.slice(0, length).join('.'));
		if (kind && kind.plural !== parts[length - 1] && parts[1] === kind.group.split('.')[0]) return {kind, path: parts.slice(length)};
	}

	if (!first) throw rawFailure(`the server doesn't have a resource type "${parts[0]}"`);
	if (apiVersion === '') return {kind: first, path: parts.slice(1)};
	const kind = session.api.kindOf(apiVersion, first.kind);
	if (!kind) throw failure(`couldn't find resource for "${apiVersion}, Kind=${first.kind}"`);
	return {kind, path: parts.slice(1)};
}

function body(session: Session, kind: Kind, path: readonly string[], recursive: boolean): string {
	let type: TypeSchema = {shape: 'struct', name: kind.schema};
	let field: FieldSchema | undefined;
	if (!structSchema(kind.schema)) throw failure(`kubelab: not simulated: kubectl explain of custom resources`, 125);
	for (const name of path) {
		const inner = innermost(type);
		field = inner.shape === 'struct' ? structSchema(inner.name)?.fields.get(name) : undefined;
		if (!field) throw failure(`field "${name}" does not exist`);
		type = field.type;
	}

	session.machine.sim.notes.notSimulated('the descriptions of kubectl explain');
	const lines = [field ? `FIELD: ${field.name} <${typeName(type)}>${field.required ? ' -required-' : ''}\n` : ''];
	if (field?.enum) lines.push(`ENUM:\n${field.enum.map(value => `    ${value}\n`).join('')}`);
	lines.push('\nDESCRIPTION:\n    <empty>\n');
	const struct = structOf(type);
	if (struct) lines.push(`\nFIELDS:\n${fieldLines(struct, 1, recursive)}`);
	return `${lines.join('').replace(/^\n/, '')}\n`;
}

const innermost = (type: TypeSchema): TypeSchema => (type.shape === 'list' || type.shape === 'map' ? innermost(type.item) : type);

function structOf(type: TypeSchema): string | undefined {
	const inner = innermost(type);
	return inner.shape === 'struct' ? inner.name : undefined;
}

const scalarNames: Readonly<Record<string, string>> = {
	int32: 'integer',
	int64: 'integer',
	bool: 'boolean',
	double: 'number',
	bytes: 'string',
	quantity: 'Quantity',
	intstr: 'IntOrString',
	time: 'string',
	microtime: 'string',
	any: 'Object',
};

function typeName(type: TypeSchema): string {
	if (type.shape === 'list') return `[]${typeName(type.item)}`;
	if (type.shape === 'map') return `map[string]${typeName(type.item)}`;
	if (type.shape === 'struct') return type.name.slice(type.name.lastIndexOf('.') + 1);
	return type.shape === 'scalar' ? (scalarNames[type.scalar] ?? type.scalar) : '';
}

const levelsMax = 12;

function fieldLines(name: string, level: number, recursive: boolean, above: readonly string[] = []): string {
	const pad = '  '.repeat(level);
	const fields = [...(structSchema(name)?.fields.values() ?? [])].sort((a, b) => (a.name < b.name ? -1 : 1));
	return fields
		.map(field => {
			const line = `${pad}${field.name}\t<${typeName(field.type)}>${field.required ? ' -required-' : ''}\n`;
			const inner = structOf(field.type);
			const choices = field.enum ? `${pad}${recursive ? `enum: ${field.enum.join(', ')}` : `enum: ${field.enum.join(', ')}`}\n` : '';
			if (!recursive) return `${line}${choices}${pad}  <empty>\n\n`;
			return (
				line + choices + (inner && !above.includes(inner) && level < levelsMax ? fieldLines(inner, level + 1, true, [...above, name]) : '')
			);
		})
		.join('');
}
