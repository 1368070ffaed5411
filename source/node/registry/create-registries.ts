import type {Sim} from '../../sim/sim.js';
import type {Image} from '../image/image.js';
import type {ImageReference} from '../image/image-reference.js';
import {asImage} from './built-image.js';
import {type Asker, containerdPull} from './containerd-resolver.js';
import {type Manifest, type ResolvedImage, type BuiltImage, builtRepository, digestOf, imageIdOf} from './manifest.js';
import {originOf} from './public-mirrors.js';
import {fromPublic, isPublic, notFound, speedOf} from './public.js';
import type {ImageLayer} from './image-config.js';
import type {Registries, Stock} from './registries.js';

export interface RegistriesOptions {
	/** Address of the name server a node asks, for the words of a failure. */
	readonly nameServer: string;
}

export function createRegistries(sim: Sim, images: readonly Image[], options: RegistriesOptions): Registries {
	const built = sim.state.table<BuiltImage>('registries/built');
	const layers = sim.state.table<ImageLayer>('registries/layers');
	const byRepository = new Map<string, Image>();
	for (const image of images) for (const name of [image.repository, ...(image.aliases ?? [])]) byRepository.set(name, image);
	const imageOf = (repository: string): Image | undefined => {
		const origin = byRepository.has(repository) ? undefined : originOf(repository);
		return byRepository.get(origin ?? repository);
	};
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
		const image = imageOf(repository);
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
		hasRepository: repository => imageOf(repository) !== undefined,
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
