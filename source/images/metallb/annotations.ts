/** How a release of MetalLB spells the annotations that it reads and writes. */
export interface Dialect {
	readonly prefix: string;
	/** Prefixes still read. */
	readonly older: readonly string[];
}

/** Up to v0.14.8. */
export const universeTf: Dialect = {prefix: 'metallb.universe.tf', older: []};
/** Since v0.14.9. */
export const metallbIo: Dialect = {prefix: 'metallb.io', older: ['metallb.universe.tf']};

export type AnnotationName = 'address-pool' | 'loadBalancerIPs' | 'allow-shared-ip' | 'ip-allocated-from-pool';

export const annotationKey = ({prefix}: Dialect, name: AnnotationName): string => `${prefix}/${name}`;

export function annotation({prefix, older}: Dialect, service: any, name: AnnotationName): string {
	const annotations = service.metadata.annotations ?? {};
	const found = [prefix, ...older].find(each => Object.hasOwn(annotations, `${each}/${name}`));
	return found === undefined ? '' : annotations[`${found}/${name}`];
}

/** The service's annotations with the name of its pool, or without one. */
export function withPool({prefix, older}: Dialect, annotations: Record<string, string> = {}, pool?: string): Record<string, string> {
	const rest = {...annotations};
	for (const each of [prefix, ...older]) delete rest[`${each}/ip-allocated-from-pool`];
	return pool === undefined ? rest : {...rest, [`${prefix}/ip-allocated-from-pool`]: pool};
}
