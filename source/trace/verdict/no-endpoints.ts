import type {KubeObject} from '../../api/object.js';
import {keyOf} from '../../api/object.js';
import type {ServicePort} from '../../images/kube-proxy/service-port.js';
import type {Owners} from '../explain/owners.js';

/** Why nothing stands behind a Service, as the objects tell it; `''` when they do not. */
export function whyNoEndpoints(service: KubeObject, port: ServicePort | undefined, owners: Owners): string {
	const selector: Record<string, string> = service['spec']?.selector ?? {};
	if (Object.keys(selector).length === 0) return 'it has no selector, and nobody wrote an EndpointSlice for it';
	const labels = Object.entries(selector)
		.map(([key, value]) => `${key}=${value}`)
		.join(',');
	const pods = owners.world.api.reader.list<KubeObject>('pods', {namespace: service.metadata.namespace!, labelSelector: labels});
	if (pods.length === 0) return `its selector ${labels} matches no pod`;
	const notReady = pods.filter(pod => !isReady(pod));
	if (notReady.length === pods.length)
		return `pod ${notReady.slice(0, 2).map(keyOf).join(', ')}${notReady.length > 2 ? ', ...' : ''} is not ready`;
	const named = service['spec'].ports?.find((each: any) => typeof each.targetPort === 'string' && (!port || each.port === port.port));
	if (named) return `no ready pod has a port named ${named.targetPort}`;
	return '';
}

/** Ready endpoints that the EndpointSlices of a Service list. */
export const readyEndpoints = (key: string, owners: Owners): number =>
	owners
		.slices(key)
		.reduce((sum, slice) => sum + (slice['endpoints'] ?? []).filter((each: any) => each.conditions?.ready !== false).length, 0);

const isReady = ({status}: KubeObject) => (status?.conditions ?? []).some((each: any) => each.type === 'Ready' && each.status === 'True');
