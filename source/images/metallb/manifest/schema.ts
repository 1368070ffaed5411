/** Builders for the OpenAPI schemas of custom resources. */
export type Schema = Readonly<Record<string, unknown>>;

export const string = (description: string, more: Schema = {}): Schema => ({description, type: 'string', ...more});
export const boolean = (description: string, more: Schema = {}): Schema => ({description, type: 'boolean', ...more});
export const integer = (description: string, more: Schema = {}): Schema => ({description, type: 'integer', format: 'int32', ...more});
export const list = (description: string, items: Schema): Schema => ({description, type: 'array', items});
export const strings = (description: string): Schema => list(description, {type: 'string'});

export const object = (description: string, properties: Readonly<Record<string, Schema>>, required: readonly string[] = []): Schema => ({
	...(description !== '' && {description}),
	type: 'object',
	...(Object.keys(properties).length > 0 && {properties}),
	...(required.length > 0 && {required}),
});

/** A metav1.LabelSelector. */
export const selector: Schema = {
	type: 'object',
	properties: {
		matchExpressions: {
			type: 'array',
			items: {
				type: 'object',
				properties: {
					key: {type: 'string'},
					operator: {type: 'string'},
					values: {type: 'array', items: {type: 'string'}, 'x-kubernetes-list-type': 'atomic'},
				},
				required: ['key', 'operator'],
			},
			'x-kubernetes-list-type': 'atomic',
		},
		matchLabels: {type: 'object', additionalProperties: {type: 'string'}},
	},
	'x-kubernetes-map-type': 'atomic',
};

export const selectors = (description: string): Schema => list(description, selector);

export interface Column {
	readonly name: string;
	readonly type: string;
	readonly jsonPath: string;
	readonly description?: string;
	readonly priority?: number;
}

/** One version of a kind: what stands beside `apiVersion`, `kind` and `metadata`. */
export function version(
	name: string,
	description: string,
	spec: Schema,
	{
		status = object('', {}),
		columns = [],
		required = [],
		...more
	}: {status?: Schema; columns?: readonly Column[]; required?: readonly string[]; [key: string]: unknown} = {},
): Schema {
	return {
		...(columns.length > 0 && {additionalPrinterColumns: columns}),
		name,
		schema: {
			openAPIV3Schema: {
				description,
				type: 'object',
				properties: {apiVersion: {type: 'string'}, kind: {type: 'string'}, metadata: {type: 'object'}, spec, status},
				...(required.length > 0 && {required}),
			},
		},
		served: true,
		storage: true,
		subresources: {status: {}},
		...more,
	};
}

export const definition = (kind: string, plural: string, versions: readonly Schema[], conversion?: Schema) => ({
	apiVersion: 'apiextensions.k8s.io/v1',
	kind: 'CustomResourceDefinition',
	metadata: {annotations: {'controller-gen.kubebuilder.io/version': 'v0.14.0'}, name: `${plural}.metallb.io`},
	spec: {
		...(conversion && {conversion}),
		group: 'metallb.io',
		names: {kind, listKind: `${kind}List`, plural, singular: kind.toLowerCase()},
		scope: 'Namespaced',
		versions,
	},
});
