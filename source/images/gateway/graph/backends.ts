import {messageOf} from '../../../api/field-error.js';
import {invalid, notFound, notSupported, tooMany} from '../../../kinds/errors.js';
import {type Condition, routeConditions as say} from '../conditions.js';
import type {Custom, Objects} from '../resources.js';
import {isGranted} from './grants.js';

/** One of those who answer a rule. */
export interface Backend {
	readonly weight: number;
	/** `namespace_name_port`; absent when it leads nowhere, and its share is answered with 500. */
	readonly upstream?: string;
	readonly service?: {readonly namespace: string; readonly name: string; readonly port: any};
}

const weightMax = 1_000_000;

/** A backendRef and what is wrong with it. */
export function buildBackend(
	route: Custom,
	reference: any,
	path: string,
	objects: Objects,
): {readonly backend: Backend; readonly condition?: Condition} {
	const {weight = 1, port} = reference;
	const broken = (condition: Condition) => ({backend: {weight: weight > weightMax ? 0 : weight}, condition});
	const own = route.metadata.namespace!;
	const {name, namespace = own} = reference;
	const wrong = wrongReference(route, reference, path, objects);
	if (wrong) return broken(wrong);
	const service = objects.find('services', namespace, name);
	if (!service) return broken(say.refs('BackendNotFound', messageOf(notFound(`${path}.name`, name))));
	const found = (service.spec.ports ?? []).find((each: any) => each.port === port);
	if (!found) return broken(say.refs('BackendNotFound', `no matching port for Service ${name} and port ${port}`));
	return {backend: {weight, upstream: `${namespace}_${name}_${port}`, service: {namespace, name, port: found}}};
}

function wrongReference(route: Custom, reference: any, path: string, {grants}: Objects): Condition | undefined {
	const {group = '', kind = 'Service', name, filters = [], weight = 1} = reference;
	const own = route.metadata.namespace!;
	const namespace = reference.namespace ?? own;
	if (filters.length > 0) return say.refs('UnsupportedValue', messageOf(tooMany(`${path}.filters`, filters.length, 0)));
	if (group !== '' && group !== 'core') return say.refs('InvalidKind', messageOf(notSupported(`${path}.group`, group, ['core', ''])));
	if (kind !== 'Service') return say.refs('InvalidKind', messageOf(notSupported(`${path}.kind`, kind, ['Service'])));
	const from = {kind: route.kind as 'HTTPRoute' | 'GRPCRoute', namespace: own};
	if (namespace !== own && !isGranted(grants, {from, to: {kind: 'Service', namespace, name}}))
		return say.refs('RefNotPermitted', `Backend ref to Service ${namespace}/${name} not permitted by any ReferenceGrant`);
	if (weight < 0 || weight > weightMax)
		return say.refs('UnsupportedValue', messageOf(invalid(`${path}.weight`, weight, `must be in the range [0, ${weightMax}]`)));
	return undefined;
}
