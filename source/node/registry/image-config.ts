import type {Inode} from '../../os/inode.js';

/** What one step of a build changed: entries, and marks where something was taken away. */
export type LayerRow = Inode | {readonly type: 'whiteout'};

export interface ImageLayer {
	readonly rows: Readonly<Record<string, LayerRow>>;
	readonly sizeBytes: number;
}

export interface HistoryEntry {
	readonly createdMs: number;
	/** `RUN /bin/sh -c ...`, as `docker history` prints it. */
	readonly createdBy: string;
	readonly sizeBytes: number;
	readonly comment: string;
	readonly empty: boolean;
}

/** What an image says about the containers made from it, besides their files. */
export interface ImageConfig {
	readonly entrypoint: readonly string[];
	readonly command: readonly string[];
	readonly env: Readonly<Record<string, string>>;
	readonly workingDir?: string;
	readonly user?: string;
	readonly ports: readonly string[];
	readonly labels: Readonly<Record<string, string>>;
	readonly volumes: readonly string[];
	readonly stopSignal?: string;
	readonly shell?: readonly string[];
	readonly onBuild: readonly string[];
	readonly healthcheck?: Healthcheck;
	readonly author?: string;
}

export interface Healthcheck {
	/** `['CMD', ...]`, `['CMD-SHELL', '...']` or `['NONE']`. */
	readonly test: readonly string[];
	readonly intervalMs?: number;
	readonly timeoutMs?: number;
	readonly startPeriodMs?: number;
	readonly retries?: number;
}
