import type {Client, WatchEvent} from '../api/client.js';
import type {EventOptions, RecorderOptions} from '../api/event-recorder.js';
import type {KubeObject} from '../api/object.js';
import type {ApiServer} from '../api/server.js';
import type {Sim} from '../sim/sim.js';

/**
 * One reconcile loop. It reads the present state, compares, writes; it never trusts the event that woke it, and running it twice
 * changes nothing. Its keys are `namespace/name` unless it says otherwise.
 */
export interface Controller {
	/** As kube-controller-manager names it, e.g. `deployment-controller`; also the user its requests come from. */
	readonly name: string;
	/** `source.component` of its events, where it is not `name`. */
	readonly component?: string;
	/** Field manager of its writes, where it is not its process's. */
	readonly manager?: string;
	readonly eventStyle?: RecorderOptions['style'];
	/** Which changes make which keys dirty. */
	readonly watches: ReadonlyArray<Watch>;
	/** Indexes it reads with `client.indexed`; added before the world begins. */
	readonly indexes?: ReadonlyArray<{resource: string; index: string; keys(object: any): readonly string[]}>;
	/** Every key again after so long, as periodic work. */
	readonly resyncMs?: number;
	/** Once, before the loop runs: for caches derived from the store. */
	start?(context: ControllerContext): void;
	/** Returns when to look at this key again. An error thrown puts the key back with growing delay. */
	reconcile(key: string, context: ControllerContext): Again | undefined;
}

/** When to look at a key again. What is more than a second away, or `idle`, does not keep the world from being settled. */
export interface Again {
	readonly againAfterMs: number;
	readonly idle?: boolean;
}

export interface Watch<T extends KubeObject = any> {
	readonly resource: string;
	keys(event: WatchEvent<T>, context: ControllerContext): readonly string[];
	/** Batches changes: the key is looked at so long after the first of them. */
	readonly delayMs?: number;
	/** Whether the world may count as settled before this change is looked at. */
	idle?(event: WatchEvent<T>): boolean;
}

export interface ControllerContext {
	readonly client: Client;
	readonly api: ApiServer;
	readonly sim: Sim;
	/** Events are counted and merged as client-go's recorder does. */
	event(about: KubeObject, type: 'Normal' | 'Warning', reason: string, message: string, options?: EventOptions): void;
	/** Makes a key dirty from inside a cache of `start`. */
	enqueue(key: string, delayMs?: number, idle?: boolean): void;
}
