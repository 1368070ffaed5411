import type {Process} from '../../os/process.js';
import type {ContainerRow, ContainerSpec, SandboxRow} from './container-spec.js';
import type {Runtime} from '../runtime.js';
import type {ResolvedImage} from '../registry/manifest.js';

/** What the kubelet drives; `Runtime` is the part that others look into. */
export interface Containerd extends Runtime {
	sandboxes(): readonly SandboxRow[];
	sandbox(id: string): SandboxRow | undefined;
	runSandbox(sandbox: Omit<SandboxRow, 'id' | 'createdMs' | 'state' | 'shimPid' | 'pausePid'>): SandboxRow;
	/** A place for a container that holds its network open by itself: Docker's have no pause process. */
	bareSandbox(sandbox: Omit<SandboxRow, 'id' | 'createdMs' | 'state' | 'shimPid' | 'pausePid'>): string;
	updateSandbox(id: string, change: Partial<SandboxRow>): void;
	removeSandbox(id: string): void;
	/** The image, if it is on this node. */
	image(reference: string): ResolvedImage | undefined;
	addImage(reference: string, image: ResolvedImage): void;
	removeImage(reference: string): void;
	/** `namespace`: containerd's own, `k8s.io` when not said. */
	create(spec: ContainerSpec, options?: {namespace?: string; id?: string}): ContainerRow;
	/** An id that no container has. */
	freshId(): string;
	/** Undefined when it runs, else runc's words. */
	/** `held`: somebody else does what its first process would do, and ends it with `exit`. */
	start(id: string, options?: {held?: boolean}): string | undefined;
	/** Whether a command line runs a program of the image rather than a tool. */
	isProgram(id: string, argv: readonly string[]): boolean;
	/** Sends a signal to the first process. */
	signal(id: string, signal: string): void;
	remove(id: string): void;
	row(id: string): ContainerRow | undefined;
	/** Runs a program (or the script interpreter) as a child in the container; it tells its parent by a wake-up `child <pid> <code>`. */
	spawn(id: string, argv: readonly string[], parentPid: number, memory?: unknown): {pid: number} | {error: string};
	/** Whether a command could be executed in a running container, in runc's words when not. */
	findExecutable(id: string, name: string): {path: string} | {error: string};
	/** A new id for an exec, as errors name it. */
	execId(): string;
	/** Called when a container's first process has ended. */
	onExit(handler: (container: ContainerRow) => void): void;
	/** The freezer of its control group. */
	freeze(id: string, frozen: boolean): void;
	/** The memory limit was hit. */
	kill(id: string, reason: 'OOMKilled' | 'Error'): void;
	/** Called when any other process of a container has ended. */
	onProcessEnd(handler: (process: Process, exitCode: number) => void): void;
	processEnded(process: Process, exitCode: number): void;
}
