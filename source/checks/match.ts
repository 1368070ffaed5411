import {isObject, shown} from './validate.js';
import {asAsked, isTold} from './told.js';
import {wantedText} from './wanted.js';

/**
 * Where `actual` differs from the partial object `wanted`; undefined when everything in `wanted` is there. Objects may hold more;
 * a list is matched when each wanted entry fits some entry of its own, and `null` by a key that is not there. Wanted values that the title
 * does not tell are not told here, either.
 */
export function difference(actual: unknown, wanted: unknown, path = '', title?: string): string | undefined {
	if (isObject(wanted)) {
		if (!isObject(actual)) return isWhat(path, actual);
		for (const [key, value] of Object.entries(wanted)) {
			const inside = difference(actual[key], value, path ? `${path}.${key}` : key, title);
			if (inside) return inside;
		}
		return undefined;
	}
	if (Array.isArray(wanted)) return listDifference(actual, wanted, path, title);
	if (wanted === null) return actual === undefined || actual === null ? undefined : `${path || 'it'} is there (${shown(actual)})`;
	return actual === wanted ? undefined : isWhat(path, actual);
}

const isWhat = (path: string, actual: unknown) => `${path || 'it'} is ${actual === undefined ? 'not set' : shown(actual)}`;

function listDifference(actual: unknown, wanted: readonly unknown[], path: string, title: string | undefined): string | undefined {
	if (!Array.isArray(actual)) return isWhat(path, actual);
	const left = [...actual];
	for (const entry of wanted) {
		const index = left.findIndex(each => difference(each, entry) === undefined);
		if (index === -1) {
			// With one entry left, that one was meant.
			if (left.length === 1 && isObject(left[0])) return difference(left[0], entry, `${path}[${actual.indexOf(left[0])}]`, title);
			return `no entry of ${path} ${isObject(entry) ? `has ${wantedText(entry, title)}` : `is ${isTold(String(entry), title) ? shown(entry) : asAsked}`}`;
		}
		left.splice(index, 1);
	}
	return undefined;
}
