import type {KubeObject} from '../../api/object.js';
import type {ProgramContext} from '../../node/program/program.js';
import type {Arguments} from './arguments.js';
import type {WithNginx} from './nginx/memory.js';
import type {Pair} from './self-signed.js';

/** An Ingress that was seen. */
export interface Seen {
	/** `metadata.resourceVersion` of what was seen last. */
	readonly version: string;
	/** As it was when it was last taken; absent while its class is not ours, or it is refused. */
	readonly taken?: KubeObject;
	/** What its annotations depended on when they were last read aloud. */
	readonly read?: string;
	/** Annotations that were said to be not simulated. */
	readonly absent?: string;
}

/** All that the controller's process remembers. */
export interface ControllerMemory extends WithNginx {
	readonly given: Arguments;
	readonly pod: {readonly namespace: string; readonly name: string};
	readonly phase: 'starting' | 'running' | 'stopping';
	/** The certificate that it made for itself. */
	readonly fake: Pair;
	/** By `namespace/name`. */
	readonly seen: Readonly<Record<string, Seen>>;
	/** Names of the IngressClasses that are ours. */
	readonly classes: readonly string[];
	/** TLS Secrets that were taken: their version, or why not. */
	readonly secrets: Readonly<Record<string, string>>;
	/** ConfigMap and its version, to which its options were last read aloud. */
	readonly optionsRead?: string;
	readonly lastSyncMs?: number;
	readonly reloads: number;
	/** How often the API server did not answer at the start. */
	readonly apiTries: number;
	/** Who leads, as the Lease last said. */
	readonly leader?: string;
	readonly nextStatusMs?: number;
}

export type ControllerContext = ProgramContext<ControllerMemory>;

export function note(context: ControllerContext, change: Partial<ControllerMemory>): void {
	context.memory = {...context.memory, ...change};
}

export const resources = {
	ingresses: 'ingresses.networking.k8s.io',
	classes: 'ingressclasses.networking.k8s.io',
	slices: 'endpointslices.discovery.k8s.io',
	leases: 'leases.coordination.k8s.io',
} as const;

/** `namespace/name` of a flag or annotation. */
export function split(key: string): readonly [namespace: string, name: string] {
	const slash = key.indexOf('/');
	return slash < 0 ? ['', key] : [key.slice(0, slash), key.slice(slash + 1)];
}
