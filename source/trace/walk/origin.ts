/** Where a rule, an address or a virtual server comes from: a Kubernetes object and its field, or whoever else wrote it. */
export interface Origin {
	/** `Service`, `EndpointSlice`, `NetworkPolicy`, `Pod`, `Namespace`; absent when no object is behind it. */
	readonly kind?: string;
	/** `default/web`. */
	readonly name?: string;
	/** `spec.ports[0].nodePort`. */
	readonly field?: string;
	/** In words. */
	readonly text: string;
}

export const objectOrigin = (kind: string, name: string, field: string, note = ''): Origin => ({
	kind,
	name,
	...(field && {field}),
	text: `${kind} ${name}${field && `, ${field}`}${note && `: ${note}`}`,
});
