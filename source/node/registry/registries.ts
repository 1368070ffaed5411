import type {Sim} from '../../sim/sim.js';
import {digest} from '../digest.js';
import type {Image} from '../image.js';
import type {ImageReference} from '../image-reference.js';
import type {Machine} from '../machine.js';
import {asImage, type BuiltImage, builtRepository, type ImageLayer} from './built-image.js';
import type {Credentials} from './client.js';
import {type Asker, containerdPull} from './containerd-resolver.js';
import type {Manifest, PullFailure, ResolvedImage} from './manifest.js';
import {fromPublic, isPublic, notFound, speedOf} from './public.js';

export type {Manifest, PullFailure, ResolvedImage} from './manifest.js';

/** Where images come from: public registries serve the catalogue, others are asked over the network; and what was built here. */
export interface Registries {
	/** What a pull of this reference gives, or the words it fails with (without `failed to pull and unpack image ...`). `by`: who asks, over its own network. */
	resolve(
		reference: ImageReference,
		by?: {readonly machine: Machine; readonly credentials?: readonly Credentials[]},
	): ResolvedImage | PullFailure;
	/** What a public registry serves under this name. */
	published(reference: ImageReference): ResolvedImage | undefined;
	/** Whether a public registry has the repository. */
	hasRepository(repository: string): boolean;
	/** What a catalogue entry or a built image is, without asking a registry. */
	lookup(manifest: Manifest): ResolvedImage | undefined;
	/** By the digest of its manifest, as a registry names it. */
	byDigest(digest: string): Manifest | undefined;
	/** By its id (`sha256:...`), which is the digest of its configuration. */
	byImageId(id: string): Manifest | undefined;
	/** Keeps an image that was built or committed, and its layers. */
	keep(image: BuiltImage, layers: Readonly<Record<string, ImageLayer>>): Manifest;
	layer(digest: string): ImageLayer | undefined;
	/** Names of the catalogue that begin so: what a registry of the classroom was filled with. */
	catalogue(prefix: string): Stock;
	/** Milliseconds a pull takes. */
	pullMs(image: ResolvedImage, registry: string): number;
}

/** Names below a prefix, with their tags. */
export type Stock = readonly {readonly repository: string; readonly tag: string; readonly digest: string}[];

export interface RegistriesOptions {
	/** Address of the name server a node asks, for the words of a failure. */
	readonly nameServer: string;
}

/** What names this content. */
export const manifestOf = ({image, tag, built}: ResolvedImage): Manifest => ({repository: built ? builtRepository : image.repository, tag});

export const digestOf = (repository: string, tag: string): string => `sha256:${digest(`${repository}:${tag}`)}`;

/** The id of an image is the digest of its configuration, not of its manifest. */
export const imageIdOf = ({built, digest: manifest}: ResolvedImage): string => `sha256:${built?.id ?? digest(`config of ${manifest}`)}`;

export function createRegistries(sim: Sim, images: readonly Image[], options: RegistriesOptions): Registries {
	const built = sim.state.table<BuiltImage>('registries/built');
	const layers = sim.state.table<ImageLayer>('registries/layers');
	const byRepository = new Map<string, Image>();
	for (const image of images) for (const name of [image.repository, ...(image.aliases ?? [])]) byRepository.set(name, image);
	let digests: Map<string, Manifest> | undefined;

	const lookupBuilt = (id: string): ResolvedImage | undefined => {
		const found = built.get(id);
		if (!found) return undefined;
		const base = found.base && lookup(found.base);
		const own = found.layers.map(each => layers.get(each)!);
		return {...asImage(found, base?.image), tag: id, digest: digestOf(builtRepository, id), built: found, layers: own, ...(base && {base})};
	};

	const lookup = ({repository, tag}: Manifest): ResolvedImage | undefined => {
		if (repository === builtRepository) return lookupBuilt(tag);
		const image = byRepository.get(repository);
		const variant = image?.tags[tag];
		return image && variant && {image, tag, variant, digest: digestOf(image.repository, tag)};
	};

	const byDigest = (text: string): Manifest | undefined => {
		digests ??= new Map(
			images.flatMap(({repository, tags}) => Object.keys(tags).map(tag => [digestOf(repository, tag), {repository, tag}] as const)),
		);
		const known = digests.get(text);
		if (known) return known;
		const id = [...built.keys()].find(each => digestOf(builtRepository, each) === text);
		return id === undefined ? undefined : {repository: builtRepository, tag: id};
	};

	let ids: Map<string, Manifest> | undefined;
	const byImageId = (text: string): Manifest | undefined => {
		const id = text.replace(/^sha256:/, '');
		if (built.has(id)) return {repository: builtRepository, tag: id};
		ids ??= new Map(
			images.flatMap(({repository, tags}) =>
				Object.keys(tags).map(tag => [imageIdOf(lookup({repository, tag})!), {repository, tag}] as const),
			),
		);
		return ids.get(`sha256:${id}`);
	};

	const published = ({repository, tag, digest: wanted}: ImageReference): ResolvedImage | undefined => {
		const image = byRepository.get(repository);
		if (!image) return undefined;
		const byItsDigest = wanted && Object.keys(image.tags).find(each => digestOf(image.repository, each) === wanted);
		return lookup({repository: image.repository, tag: byItsDigest || tag});
	};

	const stocks = new Map<string, Stock>();
	const registries: Registries = {
		lookup,
		byDigest,
		byImageId,
		published,
		hasRepository: repository => byRepository.has(repository),
		resolve(reference, by) {
			if (!by)
				return isPublic(reference.registry) || byRepository.has(reference.repository)
					? fromPublic(registries, reference)
					: notFound(reference);
			const asker: Asker = {...by, nameServer: options.nameServer, registries};
			return containerdPull(asker, reference);
		},
		keep(image, own) {
			for (const [name, layer] of Object.entries(own)) layers.set(name, layer);
			built.set(image.id, image);
			return {repository: builtRepository, tag: image.id};
		},
		layer: name => layers.get(name),
		catalogue(prefix) {
			let found = stocks.get(prefix);
			if (!found) stocks.set(prefix, (found = stockOf(byRepository, prefix)));
			return found;
		},
		pullMs({variant, digest: id}, registry) {
			const [bytesPerMs, latencyMs] = speedOf(registry);
			const jitter = 80 + (Number.parseInt(id.slice(7, 11), 16) % 41);
			return Math.max(40, Math.floor(((latencyMs + variant.sizeBytes / bytesPerMs) * jitter) / 100));
		},
	};
	return registries;
}

const stockOf = (byRepository: ReadonlyMap<string, Image>, prefix: string): Stock =>
	[...byRepository].flatMap(([repository, image]) =>
		repository.startsWith(prefix)
			? Object.keys(image.tags).map(tag => ({repository: repository.slice(prefix.length), tag, digest: digestOf(image.repository, tag)}))
			: [],
	);

/** The whole of containerd's message, as the kubelet gets it; code Unknown is cut off by the CRI client. */
export function pullError(reference: ImageReference, failure: PullFailure): string {
	const text = `failed to pull and unpack image "${reference.name}": failed to resolve reference "${reference.name}": ${failure.message}`;
	return failure.code === 'Unknown' ? text : `rpc error: code = ${failure.code} desc = ${text}`;
}
