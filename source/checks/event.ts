import type {KubeObject} from '../api/object.js';
import type {Check} from './check.js';
import {object, optional, text} from './shape.js';

interface Params {
	readonly namespace?: string;
	readonly kind?: string;
	readonly name?: string;
	readonly type?: string;
	readonly reason?: string;
	readonly message?: string;
}

/** Something happened: an Event about an object tells so. */
const check: Check<Params> = {
	name: 'event',
	params: object('an event of the cluster', {
		namespace: optional(text('namespace; default when absent')),
		kind: optional(text('kind of the object it is about, e.g. `Pod`')),
		name: optional(text('name of that object, or how it begins')),
		type: optional(text('Normal or Warning', {oneOf: ['Normal', 'Warning']})),
		reason: optional(text('e.g. `FailedScheduling`')),
		message: optional(text('text that stands in its message')),
	}),
	run(params, {world}) {
		const namespace = params.namespace ?? 'default';
		const hit = world.api.reader.list('events', {namespace}).find(event => fits(event, params));
		const wanted = Object.entries(params).map(([key, value]) => `${key} ${value}`);
		return {
			passed: hit !== undefined,
			found: hit ? `event ${hit['reason']}: ${hit['message']}` : `no such event in namespace ${namespace}`,
			expected: `an event with ${wanted.join(', ')}`,
			look: `kubectl -n ${namespace} get events`,
		};
	},
};
export default check;

function fits(event: KubeObject, {kind, name, type, reason, message}: Params): boolean {
	const about = event['involvedObject'] ?? {};
	return (
		(kind === undefined || about.kind === kind) &&
		(name === undefined || String(about.name).startsWith(name)) &&
		(type === undefined || event['type'] === type) &&
		(reason === undefined || event['reason'] === reason) &&
		(message === undefined || String(event['message']).includes(message))
	);
}
