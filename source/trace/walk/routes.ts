import type {Reader} from '../../api/client.js';
import type {KubeObject} from '../../api/object.js';
import {ApiError} from '../../api/status.js';
import {readyEndpoints, whyNoEndpoints} from '../verdict/no-endpoints.js';
import type {Owners} from '../explain/owners.js';

/** What an entrance answers when it is not satisfied, and above. */
export const badStatus = 400;

export interface Asked {
	readonly host: string;
	readonly path: string;
	readonly status: number;
	readonly secure: boolean;
}

/** `who` leads to a Service that is not there, has no such port, or nobody behind it. */
export function wrongBackend(who: string, namespace: string, {name, port}: any, owners: Owners): string {
	const key = `${namespace}/${name}`;
	const service: any = owners.world.api.reader.find('services', namespace, name);
	if (!service) return `${who} leads to Service ${key}, which does not exist`;
	const ports: any[] = service.spec.ports ?? [];
	const wanted = port?.name ?? port?.number;
	const index = ports.findIndex(each => each.name === wanted || each.port === wanted);
	if (index < 0) return `${who} asks for port ${wanted} of Service ${key}, which has only ${ports.map(each => each.port).join(', ')}`;
	if (readyEndpoints(key, owners) > 0) return '';
	const why = whyNoEndpoints(service, ports[index], owners);
	return `Service ${key}, to which ${who} leads, has no ready endpoints${why && `: ${why}`}`;
}

/** Of a kind whose definition may be missing. */
export function customObjects(reader: Reader, resource: string): ReadonlyArray<KubeObject & {readonly spec?: any}> {
	try {
		return reader.list(resource);
	} catch (error) {
		if (!(error instanceof ApiError)) throw error;
		return [];
	}
}
