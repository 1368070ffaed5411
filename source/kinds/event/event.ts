import {isPathSegment} from '../../api/selector/label-syntax.js';
import {invalid} from '../errors.js';
import type {Kind} from '../../api/kind.js';
import {eventColumns} from './columns.js';

export default {
	kind: 'Event',
	group: '',
	version: 'v1',
	plural: 'events',
	singular: 'event',
	shortNames: ['ev'],
	namespaced: true,
	schema: 'core.v1.Event',
	nameRule: isPathSegment,
	validate: ({metadata, involvedObject}) => {
		const space: string = involvedObject?.namespace ?? '';
		const matches = space === '' ? ['default', 'kube-system'].includes(metadata.namespace ?? '') : space === metadata.namespace;
		return matches ? [] : [invalid('involvedObject.namespace', space, 'does not match event.namespace')];
	},
	selectableFields: {
		...Object.fromEntries(
			['kind', 'namespace', 'name', 'uid', 'apiVersion', 'resourceVersion', 'fieldPath'].map(field => [
				`involvedObject.${field}`,
				(event: any) => event.involvedObject?.[field] ?? '',
			]),
		),
		reason: event => event.reason ?? '',
		reportingComponent: event => event.reportingComponent || event.source?.component || '',
		source: event => event.source?.component || event.reportingComponent || '',
		type: event => event.type ?? '',
	},
	fieldIndexes: ['involvedObject.uid'],
	/** Go prints these even when they are empty. */
	defaults(event) {
		event.source ??= {};
		event.involvedObject ??= {};
		event.firstTimestamp ??= null;
		event.lastTimestamp ??= null;
		event.eventTime ??= null;
		event.reportingComponent ??= '';
		event.reportingInstance ??= '';
	},
	columns: eventColumns,
} satisfies Kind;
