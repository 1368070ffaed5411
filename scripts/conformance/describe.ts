import type {DescribeContext} from '../../source/api/kind.js';
import type {KubeObject} from '../../source/api/object.js';
import {apiVersionOf, groupResource} from '../../source/api/kind.js';
import {parseRfc3339} from '../../source/api/time.js';
import {fromMap, matchesLabels, parseLabelSelector} from '../../source/api/label-selector.js';
import kinds from '../../source/kinds/index.js';
import {type Line, type Result, tally} from './case.js';

/** `kubectl describe` of one object in a small world. */
export function run(lines: readonly Line[]): Result {
	return tally(lines, ({given, expected}) => {
		const objects: KubeObject[] = given.objects.flatMap((object: any) => (object.kind?.endsWith('List') ? (object.items ?? []) : [object]));
		const object = objects.find(
			one =>
				one.kind === given.kind &&
				(one.metadata.name ?? '') === (given.name ?? '') &&
				(!one.metadata.namespace || one.metadata.namespace === given.namespace),
		);
		const kind =
			kinds.find(one => one.kind === given.kind && (!object || apiVersionOf(one) === object.apiVersion)) ??
			kinds.find(one => one.kind === given.kind);
		if (!kind?.describe) return `no description of ${given.kind}`;
		if (!object) return expected.error === `${groupResource(kind)} "${given.name}" not found` || 'no such object';
		const text = kind.describe(structuredClone(object), contextOf(objects, given));
		if (expected.error !== undefined) return `text instead of ${expected.error}`;
		if (expected.linesAnyOrder) return sorted(text) === [...expected.linesAnyOrder].sort().join('\n') || text;
		return text === expected.text || text;
	});
}

const sorted = (text: string) => text.split('\n').sort().join('\n');

/** As the fake client of the recordings: field selectors select nothing away. */
function contextOf(objects: readonly KubeObject[], given: any): DescribeContext {
	const list = (resource: string, options: {namespace?: string; labelSelector?: string} = {}) => {
		const kind = kinds.find(one => groupResource(one) === resource);
		const selector = options.labelSelector ? parseLabelSelector(options.labelSelector) : fromMap(undefined);
		return objects.filter(
			object =>
				object.kind === kind?.kind &&
				(options.namespace === undefined || (object.metadata.namespace ?? '') === options.namespace) &&
				matchesLabels(selector, object.metadata.labels ?? {}),
		);
	};

	const find = (resource: string, namespace: string | undefined, name: string) =>
		list(resource, namespace === undefined ? {} : {namespace}).find(object => object.metadata.name === name);
	return {
		nowMs: parseRfc3339(given.now)!,
		showEvents: given.showEvents,
		reader: {list, find, get: find, indexed: () => []} as unknown as DescribeContext['reader'],
	};
}
