import type {KubeObject} from '../../api/object.js';
import {equal} from '../../api/values/plain.js';
import {type Dialect, withPool} from './annotations.js';

/** The service with these addresses in its status and its pool's name among its annotations; undefined when nothing changes. */
export function written(service: KubeObject, ips: readonly string[], pool: string | undefined, dialect: Dialect): KubeObject | undefined {
	const {annotations: before, ...metadata} = service.metadata;
	const annotations = withPool(dialect, before, pool);
	const old: any[] = service['status']?.loadBalancer?.ingress ?? [];
	const same = JSON.stringify(old.map(({ip, hostname}) => [ip, hostname])) === JSON.stringify(ips.map(ip => [ip, undefined]));
	if (same && equal(annotations, before ?? {})) return undefined;
	return {
		...service,
		metadata: {...metadata, ...(Object.keys(annotations).length > 0 && {annotations})},
		status: {...service['status'], loadBalancer: ips.length > 0 ? {ingress: ips.map(ip => ({ip}))} : {}},
	};
}
