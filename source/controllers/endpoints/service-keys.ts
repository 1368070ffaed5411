import type {WatchEvent} from '../../api/client.js';
import {keyOf} from '../../api/object.js';
import {equal} from '../../api/values/plain.js';
import type {ControllerContext, Watch} from '../controller.js';
import {servicesSelecting} from '../pods/indexes.js';

/** Services whose endpoints a change of a pod may touch; nothing else of a pod matters to them. */
export const podsOfServices: Watch = {
	resource: 'pods',
	keys({type, object, old}: WatchEvent, {api}: ControllerContext) {
		if (type === 'MODIFIED' && old && !matters(old, object)) return [];
		const {namespace, labels} = object.metadata;
		const now = servicesSelecting(api.reader, namespace, labels);
		const moved = old && !equal(old.metadata.labels, labels) ? servicesSelecting(api.reader, namespace, old.metadata.labels) : [];
		return [...new Set([...now, ...moved].map(keyOf))];
	},
};

const matters = (a: any, b: any): boolean =>
	a.status !== b.status || a.metadata.deletionTimestamp !== b.metadata.deletionTimestamp || !equal(a.metadata.labels, b.metadata.labels);
