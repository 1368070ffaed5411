import type {Kind} from '../../api/kind.js';
import type {KubeObject} from '../../api/object.js';
import {eventColumns as columns} from '../event/columns.js';

export default {
	kind: 'Event',
	group: 'events.k8s.io',
	version: 'v1',
	plural: 'events',
	singular: 'event',
	shortNames: ['ev'],
	namespaced: true,
	schema: 'events.v1.Event',
	storedAs: {resource: 'events', toStored, fromStored},
	columns: columns.map(column => ({...column, cell: (object: any, context: any) => column.cell(toStored(object) as any, context)})),
} satisfies Kind;

const renamed: ReadonlyArray<[core: string, events: string]> = [
	['involvedObject', 'regarding'],
	['message', 'note'],
	['source', 'deprecatedSource'],
	['firstTimestamp', 'deprecatedFirstTimestamp'],
	['lastTimestamp', 'deprecatedLastTimestamp'],
	['count', 'deprecatedCount'],
];

/** events.k8s.io/v1 and core/v1 are one object under two sets of names. */
function toStored(object: any): KubeObject {
	const result: any = {...object, apiVersion: 'v1'};
	for (const [core, events] of renamed) {
		if (object[events] !== undefined) result[core] = object[events];
		delete result[events];
	}

	return result;
}

function fromStored(object: KubeObject): any {
	const result: any = {...object, apiVersion: 'events.k8s.io/v1'};
	for (const [core, events] of renamed) {
		if (object[core] !== undefined) result[events] = object[core];
		delete result[core];
	}

	return result;
}
