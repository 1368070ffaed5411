import type {DescribeContext} from '../../source/api/kind.js';
import type {KubeObject} from '../../source/api/object.js';
import {apiVersionOf, groupResource, type Kind} from '../../source/api/kind.js';
import {DescribeFailed} from '../../source/kinds/describe/failed.js';
import {parseRfc3339} from '../../source/api/values/time.js';
import {fromMap, matchesLabels, parseLabelSelector} from '../../source/api/selector/label-selector.js';
import kinds, {offByDefault} from '../../source/kinds/index.js';
import {describeGonePod} from '../../source/kinds/pod/describe.js';
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
			known.find(one => one.kind === given.kind && (!object || apiVersionOf(one) === object.apiVersion)) ??
			known.find(one => one.kind === given.kind);
		if (!kind?.describe) return `no description of ${given.kind}`;
		const context = contextOf(objects, given);
		const text = object ? attempt(() => kind.describe!(structuredClone(object), context)) : gone(kind, given, context);
		if (expected.error !== undefined) return text === expected.error || `${text} instead of ${expected.error}`;
		if (expected.linesAnyOrder) return sorted(text) === [...expected.linesAnyOrder].sort().join('\n') || text;
		return text === expected.text || text;
	});
}

const known = [...kinds, ...offByDefault];

function attempt(describe: () => string): string {
	try {
		return describe();
	} catch (error) {
		if (error instanceof DescribeFailed) return error.message;
		throw error;
	}
}

/** Only a pod is described when it is gone: by what happened to it. */
function gone(kind: Kind, {name, namespace, now, showEvents}: any, {reader}: DescribeContext): string {
	const notFound = `${groupResource(kind)} "${name}" not found`;
	const events = kind.kind === 'Pod' && showEvents ? reader.list('events', {namespace}) : [];
	return events.length > 0 ? describeGonePod(name, notFound, events, parseRfc3339(now)!) : notFound;
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
