import type {KubeObject} from '../../api/object.js';

/** What a kubelet remembers of one pod: plain data, kept in `kubelet/<node>/pods` by uid. */
export interface PodRecord {
	readonly uid: string;
	/** The pod as it was last seen. */
	readonly pod: KubeObject;
	/** Name of the manifest file, for a static pod. */
	readonly source?: string;
	readonly seenMs: number;
	readonly startMs?: number;
	readonly sandbox?: string;
	readonly sandboxes: number;
	readonly address?: string;
	/** Refused at the door, evicted, or out of time: the pod is Failed whatever its containers say. */
	readonly failed?: {readonly reason: string; readonly message: string};
	readonly admitted?: boolean;
	/** A resize that cannot be made, or not yet: why, and what its containers have meanwhile. */
	readonly resize?: Reason;
	readonly allocated?: Readonly<Record<string, unknown>>;
	readonly volumesReady?: boolean;
	readonly volumeTries?: number;
	/** The pod is being stopped: because it was deleted, or because it is over. */
	readonly stopping?: Stopping;
	readonly containers: Readonly<Record<string, ContainerState>>;
	/** What its worker is busy with. */
	readonly work?: Work;
	/** Something happened while the worker was busy. */
	readonly again?: boolean;
	/** Containers that this sync has dealt with already, well or badly. */
	readonly handled: readonly string[];
	/** Everything has stopped for good; only the API object remains. */
	readonly over?: boolean;
	/** This sync met an error: look again after the back-off period. */
	readonly erred?: boolean;
}

export interface Stopping {
	readonly graceSeconds: number;
	/** The API object goes once everything has stopped. */
	readonly deleted: boolean;
	/** SIGKILL time. */
	readonly deadlineMs: number;
	readonly signalled: boolean;
}

export interface ContainerState {
	/** containerd's id of the present container, and of the one before it. */
	readonly id?: string;
	readonly lastId?: string;
	readonly restarts: number;
	/** Why it does not run: what the status shows from the NEXT sync on (the kubelet's reasonCache). */
	readonly reason?: Reason;
	readonly started?: boolean;
	readonly ready?: boolean;
	/** Kill it, for this reason. */
	readonly kill?: string;
	readonly killDeadlineMs?: number;
	readonly crash?: Backoff;
	/** Of the image named; another image begins anew. */
	readonly pull?: Backoff & {readonly image: string};
	/** postStart hook is done. */
	readonly hooked?: boolean;
	/** Hash of the parts of its spec whose change restarts it. */
	readonly image?: string;
	/** Process of its preStop hook. */
	readonly hookPid?: number;
}

export interface Reason {
	readonly reason: string;
	readonly message?: string;
}

export interface Backoff {
	readonly delayMs: number;
	readonly atMs: number;
}

export interface Work {
	readonly kind: 'volumes' | 'sandbox' | 'pull' | 'start' | 'hook' | 'kill' | 'teardown';
	readonly container?: string;
	readonly untilMs: number;
	readonly sinceMs: number;
	/** Of a hook: its process, while it runs, or why it failed. */
	readonly pid?: number;
	readonly failure?: string;
}

export const freshContainer: ContainerState = {restarts: 0};

export const stateOf = (record: PodRecord, name: string): ContainerState => record.containers[name] ?? freshContainer;

export const withContainer = (record: PodRecord, name: string, change: Partial<ContainerState>): PodRecord => ({
	...record,
	containers: {...record.containers, [name]: {...stateOf(record, name), ...change}},
});

/** A container of a pod's spec, with the list that it stands in. */
export interface SpecContainer {
	readonly kind: 'init' | 'app' | 'ephemeral';
	readonly spec: any;
	/** An init container that goes on running. */
	readonly sidecar: boolean;
}

export function specContainers(pod: KubeObject): readonly SpecContainer[] {
	const list = (kind: SpecContainer['kind'], specs: any[] | undefined) =>
		(specs ?? []).map(spec => ({kind, spec, sidecar: kind === 'init' && spec.restartPolicy === 'Always'}));
	const {initContainers, containers, ephemeralContainers} = pod['spec'];
	return [...list('init', initContainers), ...list('app', containers), ...list('ephemeral', ephemeralContainers)];
}

/** `spec.containers{web}`, as events about a container name it. */
export const fieldPath = ({kind, spec}: SpecContainer): string =>
	`spec.${kind === 'init' ? 'initContainers' : kind === 'app' ? 'containers' : 'ephemeralContainers'}{${spec.name}}`;

/** `NAME_NAMESPACE(UID)`, as messages name a pod. */
export const podIdOf = ({uid, pod}: PodRecord): string => `${pod.metadata.name}_${pod.metadata.namespace}(${uid})`;

/** One step of a pod's sync: the record after it, and whether there may be more to do now. */
export interface Step {
	readonly record: PodRecord;
	readonly more: boolean;
}
