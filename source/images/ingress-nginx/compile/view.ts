import type {KubeObject} from '../../../api/object.js';
import type {Annotations} from '../annotations/extract.js';
import type {Resolver} from '../annotations/resolver.js';
import type {Arguments} from '../arguments.js';
import type {Certificate} from '../configuration.js';
import type {Log} from '../log.js';

/** An Ingress that the controller serves, with what its annotations say. */
export interface ParsedIngress {
	readonly object: KubeObject;
	readonly annotations: Annotations;
}

/** What a compilation may look at. */
export interface View extends Resolver {
	readonly given: Arguments;
	readonly log: Log;
	readonly nowMs: number;
	/** EndpointSlices of a Service. */
	slices(key: string): readonly KubeObject[];
	readonly fakeCertificate: Certificate;
}

export const keyOf = ({metadata}: KubeObject): string => `${metadata.namespace}/${metadata.name}`;

/** `spec.rules`, as the controller reads them: no path is `/`, and what is not Exact is Prefix (internal/k8s SetDefaultNGINXPathType). */
export interface Rule {
	readonly host: string;
	readonly paths?: readonly Path[];
}

export interface Path {
	readonly path: string;
	readonly pathType: 'Exact' | 'Prefix';
	/** Absent when the backend is a resource. */
	readonly service?: ServiceBackend;
}

export interface ServiceBackend {
	readonly name: string;
	/** Number or name. */
	readonly port: string;
}

/** The host of rules without one, and of the server that answers for all others. */
export const defaultServer = '_';

const rules = new WeakMap<KubeObject, readonly Rule[]>();

export function rulesOf(ingress: KubeObject): readonly Rule[] {
	const made =
		rules.get(ingress) ??
		(ingress['spec']?.rules ?? []).map(({host, http}: any) => ({
			host: host || defaultServer,
			...(http && {paths: http.paths.map(readPath)}),
		}));
	rules.set(ingress, made);
	return made;
}

const readPath = ({path, pathType, backend}: any): Path => {
	const service = serviceOf(backend);
	return {path: path || '/', pathType: pathType === 'Exact' ? 'Exact' : 'Prefix', ...(service && {service})};
};

export function serviceOf(backend: any): ServiceBackend | undefined {
	const service = backend?.service;
	return service && {name: service.name, port: service.port?.number ? String(service.port.number) : (service.port?.name ?? '')};
}

export const upstreamName = (namespace: string, {name, port}: ServiceBackend): string =>
	port === '' ? `${namespace}-INVALID` : `${namespace}-${name}-${port}`;

/** store.go sortIngressSlice: the oldest first; of one age, the last by name. */
export function inOrder(ingresses: readonly ParsedIngress[]): readonly ParsedIngress[] {
	const age = ({object}: ParsedIngress) => object.metadata.creationTimestamp ?? '';
	const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
	return [...ingresses].sort((a, b) => compare(age(a), age(b)) || compare(keyOf(b.object), keyOf(a.object)));
}
