import type {MountEntry} from '../../os/mount-table.js';
import type {Container} from '../runtime.js';
import type {Manifest} from '../registry/manifest.js';

/** What the kubelet asks containerd for. */
export interface ContainerSpec {
	readonly sandbox: string;
	readonly podUid: string;
	readonly podNamespace: string;
	readonly podName: string;
	readonly name: string;
	readonly attempt: number;
	/** As written in the pod. */
	readonly image: string;
	readonly manifest: Manifest;
	readonly argv: readonly string[];
	readonly env: Readonly<Record<string, string>>;
	readonly workingDir: string;
	/** `root`, or a number. */
	readonly user: string;
	readonly groups?: {readonly primary?: number; readonly more: readonly number[]};
	/** Permission bits hold for it. */
	readonly confined?: boolean;
	readonly mounts: readonly MountEntry[];
	readonly readOnly: boolean;
	readonly tty: boolean;
	readonly stdin: boolean;
	/** Stays open for one client only (`stdinOnce`). */
	readonly stopSignal: string;
	readonly terminationMessagePath: string;
	readonly privileged?: boolean;
	/** Its bounding set. */
	readonly capabilities: readonly string[];
	readonly noNewPrivileges?: boolean;
	/** A seccomp profile is on. */
	readonly seccomp?: boolean;
	/** The PID namespace: `host`, a sandbox's id (`shareProcessNamespace`), or that of another container; absent: its own. */
	readonly pids?: string;
}

/** A container as the node remembers it: plain data. */
export type ContainerRow = ContainerSpec & Container & {readonly frozen?: boolean};

/** The pod's share of a machine: a network namespace held open by a pause process. */
export interface SandboxRow {
	readonly id: string;
	readonly podUid: string;
	readonly podNamespace: string;
	readonly podName: string;
	readonly hostname: string;
	/** Name of the network namespace: `pod/<uid>`, or the host's. */
	readonly namespace: string;
	readonly address: string;
	readonly createdMs: number;
	readonly state: 'ready' | 'notready';
	readonly shimPid: number;
	readonly pausePid: number;
	readonly attempt: number;
}
