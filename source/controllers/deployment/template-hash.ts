import type {KubeObject} from '../../api/object.js';
import {equal} from '../../api/values/plain.js';
import {Remembered} from '../../sim/remembered.js';

export const hashLabel = 'pod-template-hash';

/**
 * The suffix of a ReplicaSet's name and its `pod-template-hash`: FNV-1a over the template, spelt in the alphabet of generated names. Same
 * template, same hash; the real one hashes Go's dump of the struct, so the digits differ.
 */
export function hashOf(template: unknown, collisionCount = 0): string {
	return hashes.of(`${JSON.stringify(template)}${collisionCount || ''}`, () => compute(template, collisionCount));
}

/** A Deployment that is deleted and made again has the same template. */
const hashes = new Remembered<string>(1000);

function compute(template: unknown, collisionCount: number): string {
	let hash = 0x811c9dc5;
	for (const char of `${stable(template)}${collisionCount || ''}`) hash = Math.imul(hash ^ char.codePointAt(0)!, 0x01000193);
	return [...String(hash >>> 0)].map(digit => 'bcdfghjklmnpqrstvwxz2456789'[digit.charCodeAt(0) % 27]).join('');
}

function stable(value: unknown): string {
	if (Array.isArray(value)) return `[${value.map(stable).join()}]`;
	if (!value || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
	const entries = Object.entries(value).filter(([, field]) => field !== undefined && field !== null);
	return `{${entries
		.sort(([a], [b]) => (a < b ? -1 : 1))
		.map(([key, field]) => `${JSON.stringify(key)}:${stable(field)}`)
		.join()}}`;
}

/** Whether two templates make the same pods, whatever their hash labels. */
export function sameTemplate(a: KubeObject['spec'], b: KubeObject['spec']): boolean {
	return equal(withoutHash(a), withoutHash(b));
}

function withoutHash(template: any) {
	const {[hashLabel]: _, ...labels} = template.metadata?.labels ?? {};
	const {creationTimestamp: __, ...metadata} = template.metadata ?? {};
	return {...template, metadata: {...metadata, labels}};
}
