import type {Image, ImageVariant} from '../image/image.js';
import type {ImageLayer, HistoryEntry, ImageConfig} from './image-config.js';
import {digest} from '../image/digest.js';

/** Names the content of an image, wherever it is stored. */
export interface Manifest {
	/** The catalogue's entry; a tag of the same image under another name has the same. */
	readonly repository: string;
	readonly tag: string;
}

export interface ResolvedImage {
	readonly image: Image;
	readonly tag: string;
	readonly variant: ImageVariant;
	/** `sha256:...` of the manifest. */
	readonly digest: string;
	/** Not of the catalogue: built or committed in this world. */
	readonly built?: BuiltImage;
	/** Of a built image, above its base. */
	readonly layers?: readonly ImageLayer[];
	/** What a built image stands on. */
	readonly base?: ResolvedImage;
}

export interface PullFailure {
	/** gRPC code; `Unknown` is not printed. */
	readonly code: 'NotFound' | 'Unknown';
	readonly message: string;
}

/** An image that somebody built or committed here: plain data over an image of the catalogue, or over nothing. */
export interface BuiltImage {
	/** 64 hex digits. */
	readonly id: string;
	readonly base?: Manifest;
	/** Above the base, lowest first: keys of the table of layers. */
	readonly layers: readonly string[];
	readonly config: ImageConfig;
	readonly history: readonly HistoryEntry[];
	readonly createdMs: number;
	readonly sizeBytes: number;
	readonly parent?: string;
}

/** Under this "repository" the id of a built image is its tag. */
export const builtRepository = 'sha256';

/** What names this content. */
export const manifestOf = ({image, tag, built}: ResolvedImage): Manifest => ({repository: built ? builtRepository : image.repository, tag});

export const digestOf = (repository: string, tag: string): string => `sha256:${digest(`${repository}:${tag}`)}`;

/** The id of an image is the digest of its configuration, not of its manifest. */
export const imageIdOf = ({built, digest: manifest}: ResolvedImage): string => `sha256:${built?.id ?? digest(`config of ${manifest}`)}`;
