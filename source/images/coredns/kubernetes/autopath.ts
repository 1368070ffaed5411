import type {Reader} from '../../../api/client.js';
import {podsAt} from './objects.js';

/**
 * The search list of the pod at `address`, ending in the bare name; undefined when no pod is there or the name is not the first try of such
 * a list. The cluster's domain is what follows `<namespace>.svc.` in the name.
 */
export function searchPathOf(reader: Reader, address: string, name: string): string[] | undefined {
	const namespace = podsAt(reader, address)[0]?.metadata.namespace;
	const marker = `.${namespace}.svc.`;
	const at = namespace === undefined ? -1 : name.lastIndexOf(marker);
	if (at < 0) return undefined;
	const zone = name.slice(at + marker.length);
	return [`${namespace}.svc.${zone}`, `svc.${zone}`, zone, ''];
}
