/** Which form of an answer a client takes. Models apiserver/pkg/endpoints/handlers/negotiation. */
export interface Accepted {
	readonly type: 'json' | 'yaml';
	/** `Table`, `PartialObjectMetadata`, `PartialObjectMetadataList`, `APIGroupDiscoveryList`. */
	readonly as?: string;
	readonly version?: string;
}

const types: Readonly<Record<string, Accepted['type']>> = {
	'application/json': 'json',
	'application/*': 'json',
	'*/*': 'json',
	'application/yaml': 'yaml',
};

/** Undefined when nothing that is asked for can be given; protobuf is such a thing, and clients then take JSON. */
export function readAccept(header: string | undefined): Accepted | undefined {
	if (!header?.trim()) return {type: 'json'};
	const clauses = header
		.split(',')
		.map((text, at) => ({...clauseOf(text), at}))
		.sort((a, b) => b.quality - a.quality || a.at - b.at);
	for (const {media, parameters} of clauses) {
		const type = types[media];
		const as = parameters.get('as');
		if (type && isKnownForm(parameters)) return {type, ...(as && {as}), ...(as && parameters.get('v') && {version: parameters.get('v')!})};
	}

	return undefined;
}

/** Versions of the forms that an answer can be brought into (apiserver/pkg/endpoints/handlers/response.go). */
const forms: Readonly<Record<string, readonly string[]>> = {
	Table: ['v1', 'v1beta1'],
	PartialObjectMetadata: ['v1', 'v1beta1'],
	PartialObjectMetadataList: ['v1', 'v1beta1'],
	APIGroupDiscoveryList: ['v2', 'v2beta1'],
};

function isKnownForm(parameters: ReadonlyMap<string, string>): boolean {
	const as = parameters.get('as');
	return !as || (Object.hasOwn(forms, as) && forms[as]!.includes(parameters.get('v') ?? ''));
}

function clauseOf(text: string) {
	const [media = '', ...rest] = text.split(';').map(part => part.trim());
	const parameters = new Map(rest.map(part => part.split('=').map(side => side.trim()) as [string, string]));
	return {media: media.toLowerCase(), parameters, quality: Number(parameters.get('q') ?? 1) || 0};
}

export const mediaTypeOf = (header: string | undefined): string => (header ?? '').split(';')[0]!.trim().toLowerCase();

/** Forms that a patch may come in. */
export const patchTypes = {
	'application/json-patch+json': 'json',
	'application/merge-patch+json': 'merge',
	'application/strategic-merge-patch+json': 'strategic',
	'application/apply-patch+yaml': 'apply',
} as const;
