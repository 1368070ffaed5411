import type {Reader} from '../../../api/client.js';
import {podsAt} from './objects.js';

const zone = 'cluster.local.';

/** The search list of the pod at `address`, ending in the bare name; undefined when no pod is there. */
export function searchPathOf(reader: Reader, address: string): string[] | undefined {
	const pod = podsAt(reader, address)[0];
	return pod ? [`${pod.metadata.namespace}.svc.${zone}`, `svc.${zone}`, zone, ''] : undefined;
}
