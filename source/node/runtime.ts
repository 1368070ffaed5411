import type {ProgramResult} from '../shell/machine.js';
import type {Machine} from './host/machine.js';
import type {Credentials} from './registry/credentials.js';

/** containerd on one node: images, containers and their programs. The kubelet drives it; crictl, ctr and exec look into it. */
export interface Runtime {
	/** Containers on this node, running or not, oldest first. */
	containers(): readonly Container[];
	container(id: string): Container | undefined;
	images(): readonly NodeImage[];
	/** By full or short name. */
	imageNamed(name: string): NodeImage | undefined;
	/** What `docker pull` and `crictl pull` do at once; `tookMs` is how long it takes. */
	pull(
		reference: string,
		credentials?: readonly Credentials[],
	): {readonly image: NodeImage; readonly tookMs: number} | {readonly error: string};
	/** Gives an image of this node another name; false when there is no such image. */
	tag(source: string, target: string): boolean;
	/** Takes a name away; false when there was none. */
	untag(reference: string): boolean;
	/** The machine view of a running container. */
	machine(id: string): Machine | undefined;
	/** Runs a command line to its end inside a container, at once, for probes and hooks; it has no terminal and cannot wait for input. */
	execNow(id: string, argv: readonly string[], options?: Partial<ExecNowOptions>): ExecNowResult;
	/** Sends a signal to a process of a container, by the host's pid: what `kill` in a container does. */
	signalProcess(pid: number, signal: string): void;
	/** Starts a program of the container's image as a child process. */
	spawn?(id: string, argv: readonly string[], parentPid: number): {pid: number} | {error: string};
	/** Runs a program of the image that ends at once, such as `nginx -s reload`, and gives what it printed. */
	runProgram(id: string, argv: readonly string[]): ProgramResult;
	/** The kernel's answer to a process that takes more memory than its limit. */
	outOfMemory(id: string): void;
	/** Ends the first process as if it had exited by itself: an attached shell that was told `exit`. */
	exit(id: string, exitCode: number): void;
	/** What is typed and printed on an attached terminal is in the log as well. */
	writeLog(id: string, text: string, stream: 'stdout' | 'stderr'): void;
	/** Log lines since the container started, oldest first. */
	logs(id: string): readonly LogLine[];
}

export interface Container {
	/** 64 hex digits. */
	readonly id: string;
	/** containerd's: `k8s.io`, or `moby` for Docker's. */
	readonly namespace: string;
	readonly podUid: string;
	readonly podNamespace: string;
	readonly podName: string;
	readonly name: string;
	/** As written in the pod. */
	readonly image: string;
	/** Digest of the image: `sha256:...`. */
	readonly imageId: string;
	readonly sandbox: string;
	/** First process, while it runs. */
	readonly pid?: number;
	/** Standard input was kept open (`stdin: true`), on a terminal (`tty: true`). */
	readonly stdin?: boolean;
	readonly tty?: boolean;
	readonly attempt: number;
	readonly state: 'created' | 'running' | 'exited';
	readonly createdMs: number;
	readonly startedMs?: number;
	readonly finishedMs?: number;
	readonly exitCode?: number;
	/** `Completed`, `Error`, `OOMKilled`, `StartError` ... */
	readonly reason?: string;
	readonly message?: string;
}

export interface NodeImage {
	/** `docker.io/library/nginx:1.27` */
	readonly reference: string;
	/** `sha256:...` of its configuration. */
	readonly id: string;
	/** `sha256:...` of its manifest. */
	readonly digest: string;
	readonly sizeBytes: number;
}

export interface LogLine {
	/** Virtual milliseconds since 1970. */
	readonly atMs: number;
	readonly stream: 'stdout' | 'stderr';
	readonly text: string;
}

export interface ExecNowOptions {
	readonly env: Readonly<Record<string, string>>;
	readonly cwd: string;
	readonly stdin?: string;
	/** Virtual time that it may take. */
	readonly timeoutMs?: number;
}

export interface ExecNowResult {
	readonly stdout: string;
	readonly stderr: string;
	readonly exitCode: number;
	readonly timedOut: boolean;
}
