import type {KubeObject} from '../../api/object.js';
import {createRecorder, type RecordEvent} from '../../api/event-recorder.js';
import type {ProgramContext} from '../../node/program/program.js';
import {type Configuration, configurationOf, type Resources} from './configuration.js';
import type {Allocation} from './allocator.js';

export interface ControllerMemory {
	readonly namespace: string;
	readonly loadBalancerClass: string;
	/** Absent until the first configuration was read. */
	readonly applied?: Applied;
	readonly allocations: Readonly<Record<string, Allocation>>;
	/** PEM that the webhook serves with, once there is one. */
	readonly certificate?: string;
}

export type ControllerContext = ProgramContext<ControllerMemory>;

/** The part of a configuration's objects that matters, as it was when it was last taken over. */
export type Applied = Resources;

const derived = new WeakMap<Applied, Configuration>();

/** Worked out once for each set of objects. */
export function configurationFrom(applied: Applied): Configuration {
	const known = derived.get(applied) ?? configurationOf(applied);
	derived.set(applied, known);
	return known;
}

/** Status and bookkeeping left out: a heartbeat of a node is no new configuration. */
export function slim({pools, l2Advertisements, bgpAdvertisements, namespaces, nodes}: Resources): Applied {
	const whole = ({apiVersion, kind, metadata, ...rest}: KubeObject) => ({
		apiVersion,
		kind,
		metadata: named(metadata),
		spec: rest['spec'] ?? {},
	});
	const labelled = ({apiVersion, kind, metadata}: KubeObject) => ({apiVersion, kind, metadata: named(metadata)});
	const selecting = pools.some(({spec}: any) => spec?.serviceAllocation?.namespaceSelectors?.length);
	return {
		pools: pools.map(whole),
		l2Advertisements: l2Advertisements.map(whole),
		bgpAdvertisements: bgpAdvertisements.map(whole),
		namespaces: selecting ? namespaces.map(labelled) : [],
		nodes: l2Advertisements.length > 0 ? nodes.map(labelled) : [],
	};
}

const named = ({name, namespace, labels}: KubeObject['metadata']) => ({name, ...(namespace && {namespace}), ...(labels && {labels})});

export function recorderOf({api, client, machine}: ProgramContext, component: string): RecordEvent {
	// client-go patches an event unseen; the recorder looks first, which the service accounts may not.
	const writer = api ? {...client!, find: api.reader.find} : client!;
	return createRecorder({client: writer, sim: machine.sim, component});
}

/** Command line flags: `--port=7472`. */
export function flag(argv: readonly string[], name: string, otherwise: string): string {
	const found = argv.find(word => word.replace(/^--?/, '').startsWith(`${name}=`));
	return found === undefined ? otherwise : found.slice(found.indexOf('=') + 1);
}

/** The pod's namespace, as the mounted service account tells it. */
export function ownNamespace({machine}: ProgramContext): string {
	const path = '/var/run/secrets/kubernetes.io/serviceaccount/namespace';
	return machine.files.exists(path) ? machine.files.readText(path).trim() : 'metallb-system';
}

const dialErrors: Readonly<Record<string, string>> = {
	refused: 'connect: connection refused',
	timeout: 'i/o timeout',
	unreachable: 'connect: no route to host',
};

/** What stands between the process and the API server; undefined when nothing does. */
export function apiTrouble({machine, env}: ProgramContext): string | undefined {
	const [host, port] = [env['KUBERNETES_SERVICE_HOST'], Number(env['KUBERNETES_SERVICE_PORT'] ?? 443)];
	if (!host) return undefined;
	const {kind} = machine.world.apiReachable(machine, host, port);
	return kind === 'connected' ? undefined : `dial tcp ${host}:${port}: ${dialErrors[kind] ?? 'i/o timeout'}`;
}

/** What a speaker thinks of another, by the name of its node. */
export interface Member {
	readonly address: string;
	readonly state: 'alive' | 'suspect' | 'dead';
	readonly sinceMs: number;
}

/** What this node says about one service. */
export interface Announced {
	readonly ips: readonly string[];
	/** Devices that answer for them. */
	readonly devices: readonly string[];
}

export interface SpeakerMemory {
	readonly namespace: string;
	readonly node: string;
	readonly address: string;
	readonly members: Readonly<Record<string, Member>>;
	readonly applied?: Applied;
	/** Names of devices that never announce, as patterns. */
	readonly excluded: readonly string[];
	/** By service key. */
	readonly announced: Readonly<Record<string, Announced>>;
}

export type SpeakerContext = ProgramContext<SpeakerMemory>;
