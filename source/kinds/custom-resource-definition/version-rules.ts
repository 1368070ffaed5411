import {type Errors, invalid, required} from '../errors.js';

/** What a version may say besides its schema. Models ValidateCustomResourceColumnDefinition and ...Subresources. */
const columnTypes = ['boolean', 'date', 'integer', 'number', 'string'];
const columnFormats = ['byte', 'date', 'date-time', 'double', 'float', 'int32', 'int64', 'password'];

export function validateColumn({name, type, format, jsonPath}: any, path: string): Errors {
	const errors: Errors = name ? [] : [required(`${path}.name`)];
	const types = `must be one of ${columnTypes.join(',')}`;
	if (!type) errors.push(required(`${path}.type`, types));
	else if (!columnTypes.includes(type)) errors.push(invalid(`${path}.type`, type, types));
	if (format && !columnFormats.includes(format))
		errors.push(invalid(`${path}.format`, format, `must be one of ${columnFormats.join(',')}`));
	return [...errors, ...(jsonPath ? simplePath(`${path}.JSONPath`, jsonPath) : [required(`${path}.JSONPath`)])];
}

const simplePath = (field: string, path: string): Errors =>
	path.startsWith('.') ? [] : [invalid(field, path, 'must be a simple json path starting with .')];

export function validateSubresources(path: string, {scale}: any = {}): Errors {
	if (!scale) return [];
	const errors: Errors = [];
	for (const [name, parent] of [
		['specReplicasPath', '.spec'],
		['statusReplicasPath', '.status'],
	] as const)
		errors.push(
			...(scale[name]
				? under(`${path}.scale.${name}`, scale[name], [parent], `should be a json path under ${parent}`)
				: [required(`${path}.scale.${name}`)]),
		);
	if (!scale.labelSelectorPath) return errors;
	const text = 'should be a json path under either .spec or .status';
	return [...errors, ...under(`${path}.scale.labelSelectorPath`, scale.labelSelectorPath, ['.spec', '.status'], text)];
}

function under(field: string, path: string, parents: readonly string[], text: string): Errors {
	const errors = simplePath(field, path);
	return errors.length > 0 || parents.some(parent => path.startsWith(`${parent}.`)) ? errors : [invalid(field, path, text)];
}
