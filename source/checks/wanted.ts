import {isObject} from './validate.js';

/** A partial object as somebody would say it: `spec.replicas: 3, no metadata.ownerReferences`. */
export const wantedText = (wanted: unknown): string => wantedParts(wanted).join(', ');

export const wantedParts = (wanted: unknown): string[] => leaves(wanted, '');

function leaves(wanted: unknown, path: string): string[] {
	if (Array.isArray(wanted)) {
		const plain = wanted.every(each => !isObject(each) && !Array.isArray(each));
		if (plain) return [`${path}: ${wanted.length > 0 ? wanted.map(valueText).join(', ') : 'a list'}`];
		return [...new Set(wanted.flatMap(each => leaves(each, `${path}[]`)))];
	}
	if (isObject(wanted)) {
		const entries = Object.entries(wanted);
		return entries.length === 0 ? [path || 'it'] : entries.flatMap(([key, value]) => leaves(value, path ? `${path}.${key}` : key));
	}
	return [wanted === null ? `no ${path}` : `${path}: ${valueText(wanted)}`];
}

/** Like YAML: quotes only where the text would be taken for something else. */
const valueText = (value: unknown) => (typeof value === 'string' && /^[A-Za-z/][\w./-]*$/.test(value) ? value : JSON.stringify(value));
