import type {KubeObject} from '../../api/object.js';
import {equal} from '../../api/values/plain.js';
import {ApiError} from '../../api/status.js';
import {rfc3339} from '../../api/values/time.js';
import type {Client} from '../../api/client.js';
import {type Condition, classConditions, deduplicate, gatewayConditions, listenerConditions, routeConditions} from './conditions.js';
import type {AttachedRoute, Graph} from './graph/graph.js';
import {isValid} from './graph/listeners.js';
import type {Custom} from './resources.js';

interface Writing {
	readonly client: Client;
	readonly nowMs: number;
	readonly controllerName: string;
	/** Where clients find nginx. */
	readonly addresses: readonly object[];
}

type Stamp = (source: KubeObject, conditions: readonly Condition[]) => readonly object[];

/** Tells the classes, Gateways and routes what has become of them; what says so already is left alone. Names those that could not be told. */
export function writeStatuses(graph: Graph, {client, nowMs, controllerName, addresses}: Writing): readonly string[] {
	const failed: string[] = [];
	const stamp: Stamp = (source, conditions) =>
		deduplicate(conditions).map(({type, status, reason, message}) => ({
			lastTransitionTime: rfc3339(nowMs),
			message,
			observedGeneration: source.metadata.generation ?? 0,
			reason,
			status,
			type,
		}));
	const write = (source: Custom, status: object) => {
		if (equal(timeless(source.status), timeless(status))) return;
		try {
			client.updateStatus({...source, status});
		} catch (error) {
			if (!(error instanceof ApiError)) throw error;
			failed.push(error.message);
		}
	};
	if (graph.ownClass) write(graph.ownClass.source, {conditions: stamp(graph.ownClass.source, graph.ownClass.conditions)});
	for (const other of graph.otherClasses) write(other, {conditions: stamp(other, [classConditions.conflict])});
	if (graph.gateways) write(graph.gateways.winner, gatewayStatus(graph.gateways, graph.routes, {stamp, addresses}));
	for (const each of graph.gateways?.ignored ?? []) write(each, {conditions: stamp(each, gatewayConditions.conflict)});
	for (const route of graph.routes) write(route.source, {parents: parentsOf(route, controllerName, stamp)});
	return failed;
}

/** When a condition changed is no change of its own. */
function timeless(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(timeless);
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(
		Object.entries(value)
			.filter(([key]) => key !== 'lastTransitionTime')
			.map(([key, inner]) => [key, timeless(inner)]),
	);
}

function gatewayStatus(
	{winner, valid, listeners, conditions}: NonNullable<Graph['gateways']>,
	routes: readonly AttachedRoute[],
	{stamp, addresses}: {stamp: Stamp; addresses: readonly object[]},
): object {
	if (!valid) return {conditions: stamp(winner, conditions)};
	const good = listeners.filter(isValid).length;
	const more = good === 0 ? gatewayConditions.noListeners : good < listeners.length ? gatewayConditions.someListeners : [];
	const attached = (name: string) => routes.filter(({attachments}) => attachments.some(({hostnames}) => hostnames[name])).length;
	return {
		...(addresses.length > 0 && {addresses}),
		conditions: stamp(winner, [...gatewayConditions.good, ...more]),
		listeners: listeners.map(listener => ({
			attachedRoutes: attached(listener.name),
			conditions: stamp(winner, isValid(listener) ? listenerConditions.good : listener.conditions),
			name: listener.name,
			supportedKinds: listener.kinds,
		})),
	};
}

/** One status for each parentRef; those that other controllers have written stay. */
function parentsOf({source, attachments, conditions}: AttachedRoute, controllerName: string, stamp: Stamp): readonly object[] {
	const foreign = (source.status?.parents ?? []).filter((each: any) => each.controllerName !== controllerName);
	const own = attachments.map(({parent, failed}) => ({
		conditions: stamp(source, [...routeConditions.good, ...conditions, ...(failed ? [failed] : [])]),
		controllerName,
		parentRef: {group: 'gateway.networking.k8s.io', kind: 'Gateway', ...parent},
	}));
	return [...own, ...foreign];
}
