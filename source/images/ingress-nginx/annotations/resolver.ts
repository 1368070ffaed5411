import type {KubeObject} from '../../../api/object.js';
import type {Certificate} from '../configuration.js';
import type {Options} from '../options.js';

/** What annotations may refer to (internal/ingress/resolver): the controller's own view of the cluster. Keys are `namespace/name`. */
export interface Resolver {
	readonly options: Options;
	secret(key: string): KubeObject | undefined;
	configMap(key: string): KubeObject | undefined;
	service(key: string): KubeObject | undefined;
	/** Of a TLS or CA Secret; the reason when there is none. */
	certificate(key: string): Certificate | {readonly error: string};
}

/** client-go's lister, when it has no such object. */
export const notInStore = (key: string): string => `no object matching key ${JSON.stringify(key)} in local store`;

/** `name` or `namespace/name`; undefined when it is neither. */
export function keyIn(reference: string, namespace: string): string | undefined {
	const parts = reference.split('/');
	if (parts.length > 2 || parts.some(part => part === '')) return undefined;
	return parts.length === 2 ? reference : `${namespace}/${reference}`;
}
