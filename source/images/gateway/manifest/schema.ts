import {type Column, list, object, type Schema, string} from '../../metallb/manifest/schema.js';

export const group = 'gateway.networking.k8s.io';
export const bundleVersion = 'v1.2.1';

/** A rule of `x-kubernetes-validations`. */
export const rule = (message: string, text: string) => ({message, rule: text});
export const rules = (...all: ReadonlyArray<ReturnType<typeof rule>>) => ({'x-kubernetes-validations': all});

const label = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const subdomain = `${label}(\\.${label})*`;
const lengths = (minLength: number, maxLength: number) => ({minLength, maxLength});

export const hostname = (description: string): Schema => string(description, {...lengths(1, 253), pattern: `^(\\*\\.)?${subdomain}$`});
export const preciseHostname = (description: string): Schema => string(description, {...lengths(1, 253), pattern: `^${subdomain}$`});
export const sectionName = (description: string): Schema => string(description, {...lengths(1, 253), pattern: `^${subdomain}$`});
export const port = (description: string): Schema => ({description, type: 'integer', format: 'int32', minimum: 1, maximum: 65_535});

/** Fields by which other objects are named. */
export const named = {
	group: (more: Schema = {}): Schema =>
		string('API group of what is named; empty for the core group.', {maxLength: 253, pattern: `^$|^${subdomain}$`, ...more}),
	kind: (more: Schema = {}): Schema => string('Its kind.', {...lengths(1, 63), pattern: '^[a-zA-Z]([-a-zA-Z0-9]*[a-zA-Z0-9])?$', ...more}),
	name: string('Its name.', lengths(1, 253)),
	namespace: string('Its namespace; the own one when absent.', {...lengths(1, 63), pattern: `^${label}$`}),
};

export const duration = (description: string): Schema => string(description, {pattern: '^([0-9]{1,5}(h|m|s|ms)){1,4}$'});

const condition = object(
	'One thing that is known of the object.',
	{
		lastTransitionTime: {description: 'When its status changed last.', format: 'date-time', type: 'string'},
		message: string('What there is to say, for people.', {maxLength: 32_768}),
		observedGeneration: {description: 'Of which generation this is true.', format: 'int64', minimum: 0, type: 'integer'},
		reason: string('Why, in one word.', {...lengths(1, 1024), pattern: '^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$'}),
		status: string('Whether it is so.', {enum: ['True', 'False', 'Unknown']}),
		type: string('What it is about.', {
			maxLength: 316,
			pattern: `^(${subdomain}/)?(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])$`,
		}),
	},
	['lastTransitionTime', 'message', 'reason', 'status', 'type'],
);

/** A list that is a map: merged by its keys. */
export const keyed = (schema: Schema, ...keys: readonly string[]): Schema => ({
	...schema,
	'x-kubernetes-list-map-keys': keys,
	'x-kubernetes-list-type': 'map',
});

/** What nobody has looked at yet. */
const waiting = (types: readonly string[]) =>
	types.map(type => ({
		lastTransitionTime: '1970-01-01T00:00:00Z',
		message: 'Waiting for controller',
		reason: 'Pending',
		status: 'Unknown',
		type,
	}));

export const conditions = (...pending: readonly string[]): Schema => ({
	...keyed(list('What is known.', condition), 'type'),
	maxItems: 8,
	...(pending.length > 0 && {default: waiting(pending)}),
});

export const pendingStatus = (...types: readonly string[]) => ({default: {conditions: waiting(types)}});

export const ageColumn: Column = {name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp'};

interface Definition {
	readonly kind: string;
	readonly plural: string;
	readonly shortNames: readonly string[];
	readonly scope?: 'Cluster';
	/** The first is the one that is stored. */
	readonly versions: readonly string[];
	readonly description: string;
	readonly columns: readonly Column[];
	readonly spec: Schema;
	readonly status?: Schema;
	readonly required?: readonly string[];
}

/** A CustomResourceDefinition of the standard channel. */
export function definition({kind, plural, shortNames, scope, versions, description, columns, spec, status, required}: Definition) {
	const schema = {
		description,
		properties: {apiVersion: {type: 'string'}, kind: {type: 'string'}, metadata: {type: 'object'}, spec, ...(status && {status})},
		...(required && {required}),
		type: 'object',
	};
	return {
		apiVersion: 'apiextensions.k8s.io/v1',
		kind: 'CustomResourceDefinition',
		metadata: {
			annotations: {
				'api-approved.kubernetes.io': 'https://github.com/kubernetes-sigs/gateway-api/pull/3328',
				[`${group}/bundle-version`]: bundleVersion,
				[`${group}/channel`]: 'standard',
			},
			name: `${plural}.${group}`,
		},
		spec: {
			group,
			names: {categories: ['gateway-api'], kind, listKind: `${kind}List`, plural, shortNames, singular: kind.toLowerCase()},
			scope: scope ?? 'Namespaced',
			versions: versions.map((name, index) => ({
				additionalPrinterColumns: columns,
				name,
				schema: {openAPIV3Schema: schema},
				served: true,
				storage: index === 0,
				subresources: status ? {status: {}} : {},
			})),
		},
	};
}
