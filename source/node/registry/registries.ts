import type {ImageReference} from '../image/image-reference.js';
import type {Machine} from '../host/machine.js';
import type {Manifest, PullFailure, ResolvedImage, BuiltImage} from './manifest.js';
import type {Credentials} from './credentials.js';
import type {ImageLayer} from './image-config.js';

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
