import type {KubeObject} from '../../../api/object.js';
import type {Printer} from '../output/printer.js';
import type {Call} from '../verb.js';
import type {Found} from './answers.js';
import {sortObjects} from './sort.js';

/** `-o yaml`, `-o jsonpath=...`: one object alone, or everything in one List. */
export function printObjects(call: Call, printer: Printer, found: Found): string {
	const objects = sortObjects(
		found.answers.flatMap(answer => answer.objects ?? []),
		call.flags.string('sort-by'),
	);
	if (objects.length === 0 && !found.lists) return '';
	if (found.single && objects.length === 1) return printer.print(objects[0]);
	return printer.print(listOf(objects));
}

export const listOf = (items: readonly KubeObject[]) => ({apiVersion: 'v1', items, kind: 'List', metadata: {resourceVersion: ''}});
