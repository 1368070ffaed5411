import type {WatchEvent} from '../../api/client.js';
import {keyOf, type KubeObject} from '../../api/object.js';
import {equal} from '../../api/values/plain.js';
import type {ControllerContext, Watch} from '../controller.js';
import {servicesSelecting} from '../pods/indexes.js';
import {isReady} from '../pods/state.js';

/** Both controllers hear of each change, one after the other, and ask the same. */
const answered = new WeakMap<WatchEvent, readonly string[]>();

/** Services whose endpoints a change of a pod may touch; nothing else of a pod matters to them. */
export const podsOfServices: Watch = {
	resource: 'pods',
	keys(event: WatchEvent, {api}: ControllerContext) {
		let keys = answered.get(event);
		if (!keys) answered.set(event, (keys = servicesOf(event, api.reader)));
		return keys;
	},
};

function servicesOf({type, object, old}: WatchEvent, reader: ControllerContext['api']['reader']): readonly string[] {
	const sameLabels = !old || equal(old.metadata.labels, object.metadata.labels);
	if (type === 'MODIFIED' && old && sameLabels && !matters(old, object)) return [];
	const {namespace, labels} = object.metadata;
	const now = servicesSelecting(reader, namespace, labels).map(keyOf);
	return sameLabels ? now : [...new Set([...now, ...servicesSelecting(reader, namespace, old.metadata.labels).map(keyOf)])];
}

/** Models podEndpointsChanged in pkg/controller/util/endpoint: being bound or started is nothing to a service, an address and readiness are. */
const matters = (a: KubeObject, b: KubeObject): boolean =>
	Boolean(a.metadata.deletionTimestamp || b.metadata.deletionTimestamp) ||
	isReady(a) !== isReady(b) ||
	!equal(a['status']?.podIPs, b['status']?.podIPs);
