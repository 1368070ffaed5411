import type {Image, ImageVariant} from '../image.js';
import type {BuiltImage, ImageLayer} from './built-image.js';

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
