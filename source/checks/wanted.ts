import {asAsked, isTold} from './told.js';
import {isObject} from './validate.js';

/** A partial object as somebody would say it: `spec.replicas: 3, no metadata.ownerReferences`. */
export const wantedText = (wanted: unknown, title?: string): string => wantedParts(wanted, title).join(', ');

export const wantedParts = (wanted: unknown, title?: string): string[] => leaves(wanted, '', title);

function leaves(wanted: unknown, path: string, title: string | undefined): string[] {
	if (Array.isArray(wanted)) {
		const plain = wanted.every(each => !isObject(each) && !Array.isArray(each));
		if (plain) return [wanted.every(each => isOpen(path, each, title)) ? `${path}: ${listText(wanted)}` : `${path} ${asAsked}`];
		return [...new Set(wanted.flatMap(each => leaves(each, `${path}[]`, title)))];
	}
	if (isObject(wanted)) {
		const entries = Object.entries(wanted);
		return entries.length === 0 ? [path || 'it'] : entries.flatMap(([key, value]) => leaves(value, path ? `${path}.${key}` : key, title));
	}
	if (wanted === null) return [`no ${path}`];
	return [isOpen(path, wanted, title) ? `${path}: ${valueText(wanted)}` : `${path} ${asAsked}`];
}

const listText = (wanted: readonly unknown[]) => (wanted.length > 0 ? wanted.map(valueText).join(', ') : 'a list');

/** What the cluster makes of a spec is a result, and no way to it. */
const isOpen = (path: string, value: unknown, title: string | undefined) => path.startsWith('status.') || isTold(String(value), title);

/** Like YAML: quotes only where the text would be taken for something else. */
const valueText = (value: unknown) => (typeof value === 'string' && /^[A-Za-z/][\w./-]*$/.test(value) ? value : JSON.stringify(value));
