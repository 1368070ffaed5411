import type {WatchEvent} from '../../api/client.js';
import type {KubeObject} from '../../api/object.js';
import {equal} from '../../api/values/plain.js';
import type {Again, ControllerContext, Watch} from '../controller.js';
import {isFinished} from '../pods/state.js';

/** Pods that found no node, and how often they tried. */
interface Parked {
	readonly attempts: number;
	/** Once woken, not before this. */
	readonly notBeforeMs: number;
	/** Without being woken, at this time. */
	readonly leftoverAtMs: number;
	/** Something happened that may help. */
	readonly woken: boolean;
	/** The pod as it was tried: a change of its spec or labels is worth a new try at once. */
	readonly generation: string;
	/** New pods may help: it wants to be near one, or is held back until others are spread. */
	readonly sociable: boolean;
	/** No pod that leaves can help: every node refused it for what the node is. Models the plug-ins' EventsToRegister. */
	readonly hopeless: boolean;
}

const backoffMs = 1000;
const backoffMaxMs = 10_000;
/** Every parked pod is tried again after so long, whatever happened. */
export const leftoverMs = 300_000;
const tableName = 'scheduler/unschedulable';
const tableOf = ({sim}: ControllerContext) => sim.state.table<Parked>(tableName);
const generationOf = ({metadata, ...pod}: KubeObject): string =>
	JSON.stringify([metadata.uid, metadata.labels, pod['spec'].tolerations, pod['spec'].nodeSelector, pod['spec'].affinity]);

/** Notes a pod that found no node; without a pod, forgets the key. */
export function park(context: ControllerContext, key: string, pod: KubeObject | undefined, hopeless = false): void {
	const table = tableOf(context);
	if (!pod) {
		table.delete(key);
		return;
	}

	const attempts = (table.get(key)?.attempts ?? 0) + 1;
	const delay = Math.min(backoffMaxMs, backoffMs * 2 ** Math.min(attempts - 1, 10));
	const {affinity, topologySpreadConstraints = []} = pod['spec'];
	const sociable = Boolean(affinity?.podAffinity) || topologySpreadConstraints.some(isHard);
	const now = context.sim.clock.now();
	table.set(key, {
		attempts,
		notBeforeMs: now + delay,
		leftoverAtMs: now + leftoverMs,
		woken: false,
		generation: generationOf(pod),
		sociable,
		hopeless,
	});
}

const isHard = ({whenUnsatisfiable}: {whenUnsatisfiable?: string}): boolean => whenUnsatisfiable === 'DoNotSchedule';

/** When a parked pod may try again; undefined when it may now. Its own status does not make it try again. */
export function retry(context: ControllerContext, key: string, pod: KubeObject): Again | undefined {
	const parked = tableOf(context).get(key);
	const now = context.sim.clock.now();
	if (!parked || parked.generation !== generationOf(pod)) return undefined;
	const at = parked.woken ? parked.notBeforeMs : parked.leftoverAtMs;
	return at > now ? {againAfterMs: at - now, idle: !parked.woken} : undefined;
}

/** Wakes all parked pods, or some. */
function wake(context: ControllerContext, only: (parked: Parked) => boolean = () => true): string[] {
	const table = tableOf(context);
	const keys: string[] = [];
	for (const [key, parked] of [...table.entries()]) {
		if (!only(parked)) continue;
		if (!parked.woken) table.set(key, {...parked, woken: true});
		keys.push(key);
	}

	return keys;
}

/** What may give a parked pod its chance. */
export const waiting: readonly Watch[] = [
	{
		resource: 'nodes',
		keys: (change, context) => (changesNode(change) ? wake(context) : []),
	},
	{
		resource: 'pods',
		keys({type, object, old}, context) {
			if (tableOf(context).size === 0 || !object['spec'].nodeName) return [];
			const left = type === 'DELETED' || (isFinished(object) && !(old && isFinished(old)));
			if (left) return wake(context, ({hopeless}) => !hopeless);
			const came = !old?.['spec'].nodeName || old.metadata.labels !== object.metadata.labels;
			return came ? wake(context, ({sociable}) => sociable) : [];
		},
	},
	...['persistentvolumes', 'persistentvolumeclaims', 'storageclasses.storage.k8s.io'].map(resource => ({
		resource,
		keys: (_: WatchEvent, context: ControllerContext) => wake(context),
	})),
];

function changesNode({type, object, old}: WatchEvent): boolean {
	if (type !== 'MODIFIED' || !old) return type === 'ADDED';
	const relevant = ({metadata, ...node}: KubeObject) => [metadata.labels, node['spec'], node['status']?.allocatable];
	return !equal(relevant(old), relevant(object));
}
