import type {BaseEntries} from '../../os/base-tree.js';
import type {Program} from '../program/program.js';

/** A container image of the catalogue: a root file system, defaults, and the program its entry point runs. */
export interface Image {
	/** Repository without tag, fully qualified: `docker.io/library/nginx`. */
	readonly repository: string;
	/** Other repositories the same image is known by, e.g. `reg.timinglee.org/library/myapp`. */
	readonly aliases?: readonly string[];
	/** Tags that exist; `latest` only if listed. `{tag: variant}` lets versions differ. */
	readonly tags: Readonly<Record<string, ImageVariant>>;
	/** What its entry point runs, when not a shell script. */
	readonly program?: Program;
	/** Further programs in it, by the name of their executable. `program` itself runs the default executable (and its own name). */
	readonly binaries?: Readonly<Record<string, Program>>;
	/** Commands found in it, by name: a distroless image has none. They lie in /bin unless a path is given. */
	readonly tools: readonly string[];
}

export interface ImageVariant {
	readonly sizeBytes: number;
	readonly entrypoint: readonly string[];
	readonly command: readonly string[];
	readonly env?: Readonly<Record<string, string>>;
	readonly workingDir?: string;
	readonly user?: string;
	/** Documented ports, e.g. `['80/tcp']`. */
	readonly ports?: readonly string[];
	/** Path to content; folders are made as needed. */
	readonly files: BaseEntries;
	readonly stopSignal?: string;
	/** What its entry script puts before words that are no command: `curl`, so that the arguments of a run may be a URL. */
	readonly wordsGoTo?: string;
	/** Instead of the image's. */
	readonly tools?: readonly string[];
}
