import {definitionOf} from './library.js';
import {native} from './native.js';
import {find, type Scope, type World} from './scope.js';
import type {Definition, Pattern} from './tree.js';
import type {Value} from './value.js';

/** Names that are not there are found before anything runs, as jq's compiler does. */
export function undefinedName(node: unknown, known: ReadonlySet<string>): string | undefined {
	if (Array.isArray(node)) {
		for (const each of node) {
			const found = undefinedName(each, known);
			if (found) return found;
		}

		return undefined;
	}

	if (typeof node !== 'object' || node === null) return undefined;
	const its = node as Record<string, any>;
	if (
		its['kind'] === 'call' &&
		!known.has(its['name']) &&
		!(its['name'] in native) &&
		!definitionOf(its['name']) &&
		!special.has(its['name'])
	)
		return `${its['name']} is not defined`;
	if (its['kind'] === 'variable' && !known.has(`$${its['name']}`) && !['ENV', '__loc__'].includes(its['name']))
		return `$${its['name']} is not defined`;
	if (its['kind'] === 'break' && !known.has(`*${its['name']}`)) return `$*label-${its['name']} is not defined`;
	if (its['kind'] === 'def') {
		const {name, params, body} = its['definition'] as Definition;
		const inner = params.flatMap(param => (param.startsWith('$') ? [param, `${param.slice(1)}/0`] : [`${param}/0`]));
		return undefinedName(body, new Set([...known, name, ...inner])) ?? undefinedName(its['body'], new Set([...known, name]));
	}

	const bound =
		its['kind'] === 'label' ? [`*${its['name']}`] : (its['patterns'] ?? (its['pattern'] ? [its['pattern']] : [])).flatMap(namesIn);
	return undefinedName(Object.values(its), new Set([...known, ...bound]));
}

export const namesIn = (pattern: Pattern): string[] =>
	pattern.kind === 'name'
		? [`$${pattern.name}`]
		: pattern.kind === 'items'
			? pattern.items.flatMap(namesIn)
			: pattern.fields.flatMap(({name, value}) => [...(name ? [`$${name}`] : []), ...(value ? namesIn(value) : [])]);

const special = new Set([
	'empty/0',
	'error/1',
	'path/1',
	'input/0',
	'debug/0',
	'env/0',
	'now/0',
	'range/2',
	'getpath/1',
	'limit/2',
	'first/1',
	'halt_error/1',
	'recurse/0',
	'stderr/0',
	'input_line_number/0',
]);

export function variable(world: World, name: string, scope: Scope): Value {
	const found = find(scope, `$${name}`);
	if (found) return found.value ?? null;
	if (name === 'ENV') return new Map(Object.entries(world.env));
	return new Map<string, Value>([
		['file', '<top-level>'],
		['line', 1],
	]);
}
