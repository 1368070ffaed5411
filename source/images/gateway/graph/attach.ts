import {fromLabelSelector, matchesLabels} from '../../../api/selector/label-selector.js';
import {messageOf} from '../../../api/field-error.js';
import {forbidden} from '../../../kinds/errors.js';
import {type Condition, routeConditions as say} from '../conditions.js';
import {type Custom, keyOf, type Objects} from '../resources.js';
import {acceptedHostnames} from './hostnames.js';
import {isValid, type Listener} from './listeners.js';
import type {Attachment, Route} from './routes.js';

/** The Gateways of the class: the one that is served, and those that are not. */
export interface Gateways {
	readonly winner: Custom;
	readonly valid: boolean;
	readonly listeners: readonly Listener[];
	readonly ignored: readonly Custom[];
}

/** All parentRefs of a route that name a Gateway of the class; the others are not ours. */
export function attach(route: Route, gateways: Gateways, objects: Objects): readonly Attachment[] {
	const {spec, metadata} = route.source;
	const ours = new Set([gateways.winner, ...gateways.ignored].map(keyOf));
	return (spec.parentRefs ?? []).flatMap((reference: any, index: number) => {
		const {kind = 'Gateway', group = 'gateway.networking.k8s.io', name, namespace = metadata.namespace, sectionName} = reference;
		if (kind !== 'Gateway' || group !== 'gateway.networking.k8s.io' || !ours.has(`${namespace}/${name}`)) return [];
		const parent = {namespace, name, ...(sectionName && {sectionName})};
		const result = bind(route, {reference, key: `${namespace}/${name}`, index}, gateways, objects);
		return [{parent, hostnames: {}, ...result}];
	});
}

interface Reference {
	readonly reference: any;
	readonly key: string;
	readonly index: number;
}

function bind(route: Route, {reference, key, index}: Reference, gateways: Gateways, objects: Objects): Partial<Attachment> {
	const {listeners, winner, valid} = gateways;
	const named = listeners.filter(({name}) => !reference.sectionName || name === reference.sectionName);
	if (reference.sectionName && named.length === 0) return {failed: say.noParent};
	if (reference.port !== undefined)
		return {failed: say.unsupported(messageOf(forbidden(`spec.parentRefs[${index}].port`, 'cannot be set')))};
	if (key !== keyOf(winner)) return {failed: say.ignoredGateway};
	if (!valid) return {failed: say.invalidGateway};
	const open = named.filter(({attachable}) => attachable);
	if (open.length === 0) return {failed: say.invalidListener};
	return bindTo(route, open, winner, objects);
}

function bindTo(route: Route, listeners: readonly Listener[], gateway: Custom, objects: Objects): Partial<Attachment> {
	const allowing = listeners.filter(listener => allows(listener, route, gateway, objects));
	if (allowing.length === 0) return {failed: say.notAllowed};
	const hostnames: Record<string, readonly string[]> = {};
	for (const {name, hostname} of allowing) {
		const accepted = acceptedHostnames(hostname, route.source.spec.hostnames ?? []);
		if (accepted.length > 0) hostnames[name] = accepted;
	}

	const attached = allowing.filter(({name}) => hostnames[name]);
	const failed: Condition | undefined = attached.length === 0 ? say.noHostname : attached.some(isValid) ? undefined : say.invalidListener;
	return {hostnames, ...(failed && {failed})};
}

function allows({source, kinds}: Listener, route: Route, gateway: Custom, objects: Objects): boolean {
	if (!kinds.some(({kind}) => kind === route.source.kind)) return false;
	const {from = 'Same', selector} = source.allowedRoutes?.namespaces ?? {};
	const {namespace} = route.source.metadata;
	if (from === 'All') return true;
	if (from === 'Same') return namespace === gateway.metadata.namespace;
	const labels = objects.find('namespaces', undefined, namespace!)?.metadata.labels ?? {};
	const wanted = fromLabelSelector(selector);
	return wanted !== undefined && matchesLabels(wanted, labels);
}
