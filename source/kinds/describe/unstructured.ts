import type {DescribeContext} from '../../api/kind.js';
import type {KubeObject} from '../../api/object.js';
import {putEvents} from './events.js';
import {putHeader} from './labels.js';
import {Lines} from './lines.js';

/** A kind that nobody wrote a description for, custom resources above all: every field, with its name spelled out (describe.genericDescriber). */
export function describeUnstructured(object: KubeObject, context: DescribeContext): string {
	const lines = new Lines();
	putHeader(lines, object);
	putFields(lines, 0, object, '');
	putEvents(lines, object, context);
	return lines.aligned();
}

const skipped = new Set(['.metadata.managedFields', '.metadata.name', '.metadata.namespace', '.metadata.labels', '.metadata.annotations']);

function putFields(lines: Lines, level: number, fields: Record<string, any>, prefix: string): void {
	for (const name of Object.keys(fields).sort()) {
		const path = `${prefix}.${name}`;
		const value = fields[name];
		if (skipped.has(path)) continue;
		if (Array.isArray(value)) {
			lines.put(level, `${labelFor(name)}:\n`);
			for (const item of value) {
				if (typeof item === 'object' && item !== null) putFields(lines, level + 1, item, path);
				else lines.put(level + 1, `${item}\n`);
			}
		} else if (typeof value === 'object' && value !== null) {
			lines.put(level, `${labelFor(name)}:\n`);
			putFields(lines, level + 1, value, path);
		} else lines.row(level, labelFor(name), value === null ? '<nil>' : value);
	}
}

const acronyms = new Set(['API', 'URL', 'UID', 'OSB', 'GUID']);

/** `clusterIP` is `Cluster IP`, `uid` is `UID` (describe.smartLabelFor). */
function labelFor(name: string): string {
	if (/[^\p{L}-]/u.test(name)) return name;
	const parts = name.match(/\p{Lu}+(?!\p{Ll})|\p{Lu}?\p{Ll}+|[^\p{L}]+/gu) ?? [name];
	return parts.map(part => (acronyms.has(part.toUpperCase()) ? part.toUpperCase() : part[0]!.toUpperCase() + part.slice(1))).join(' ');
}
