import {type KubeObject, keyOf} from '../../api/object.js';
import type {Owners} from '../explain/owners.js';
import {readyEndpoints, whyNoEndpoints} from './no-endpoints.js';

/** Why the cluster's DNS has nothing under this name; `''` when the objects do not tell. */
export function whyNoName(meant: string, owners: Owners): string {
	const [, name, namespace] = /^([^.]+)\.([^.]+)\.svc\./.exec(meant) ?? [];
	if (name === undefined || namespace === undefined) return '';
	const service = owners.world.api.reader.find<KubeObject>('services', namespace, name);
	if (service) return service['spec']?.clusterIP === 'None' ? whyEmpty(service, owners) : '';
	const elsewhere = owners.world.api.reader.list<KubeObject>('services').find(each => each.metadata.name === name);
	return elsewhere ? `there is no Service ${namespace}/${name}, but ${keyOf(elsewhere)}` : '';
}

function whyEmpty(service: KubeObject, owners: Owners): string {
	const key = keyOf(service);
	if (readyEndpoints(key, owners) > 0) return '';
	const why = whyNoEndpoints(service, undefined, owners);
	return `Service ${key} has no ready endpoints${why && `: ${why}`}`;
}
