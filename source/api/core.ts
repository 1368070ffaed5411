import type {Random} from '../sim/random.js';
import type {Sim} from '../sim/sim.js';
import type {Admission, AdmissionRequest} from './admission.js';
import type {AggregatedAnswer, AggregatedCall} from './aggregated-call.js';
import type {Authorizer} from './authorizer.js';
import type {Client, PatchType, Reader} from './client.js';
import type {KindRegistry} from './kind-registry.js';
import {groupResource, type Kind} from './kind.js';
import type {KubeObject} from './object.js';
import type {ProxyTarget} from './verbs/proxy-target.js';
import type {Store} from './store.js';
import type {User} from './user.js';

/** What all verbs share. */
export interface Core {
	readonly sim: Sim;
	readonly store: Store;
	readonly registry: KindRegistry;
	readonly admission: readonly Admission[];
	readonly authorizer: Authorizer | undefined;
	readonly flags: Readonly<Record<string, string>>;
	readonly callWebhook?: AdmissionRequest['callWebhook'];
	readonly callAggregated?: (call: AggregatedCall) => AggregatedAnswer;
	readonly callProxied?: (target: ProxyTarget, bytes: string) => {readonly bytes: string} | {readonly error: string};
	readonly reader: Reader;
	/** Dice for uids and for generated names. */
	readonly uids: Random;
	readonly names: Random;
	/** The server's own hands in a call, for actions such as eviction. */
	ownClient(call: Call): Client;
}

/** One request's circumstances. */
export interface Call {
	readonly user: User;
	readonly dryRun: boolean;
	/** Who shows up in managedFields. */
	readonly fieldManager: string;
	/** Absent: the object comes from inside and is taken as it is. */
	readonly fieldValidation?: 'Strict' | 'Warn' | 'Ignore';
	readonly subresource?: string;
	/** What a patch says of the uid is checked as any other field; a whole object must be the one that is there. */
	readonly patching?: boolean;
	/** A PUT: some kinds want to be told which version it replaces. */
	readonly replacing?: boolean;
	/** Whether any kind goes by that name. */
	isKnown?(apiVersion: string, kind: string): boolean;
	warn(text: string): void;
}

/** What a patch asks for. */
export interface PatchRequest {
	readonly namespace: string | undefined;
	readonly name: string;
	readonly type: PatchType;
	readonly patch: unknown;
	readonly force: boolean;
}

/** The stored form of a kind, and the name its objects are kept under. */
export const homeOf = (kind: Kind): string => kind.storedAs?.resource ?? groupResource(kind);

export type Phase = 'admit' | 'prepare' | 'validate';

export interface Writing {
	readonly operation: AdmissionRequest['operation'];
	readonly kind: Kind;
	readonly namespace: string | undefined;
	readonly name: string;
	readonly draft?: KubeObject;
	readonly old?: KubeObject;
}

/** Which plug-ins look at a resource; the answer only changes with the flags. */
interface Chosen {
	readonly enabled: string;
	readonly disabled: string;
	readonly byResource: Map<string, Partial<Record<Phase, Partial<Record<Writing['operation'], readonly Admission[]>>>>>;
}
const chosen = new WeakMap<Core, Chosen>();

function pluginsFor(core: Core, phase: Phase, operation: Writing['operation'], resource: string): readonly Admission[] {
	const enabled = core.flags['enable-admission-plugins'] ?? '';
	const disabled = core.flags['disable-admission-plugins'] ?? '';
	let known = chosen.get(core);
	if (known?.enabled !== enabled || known.disabled !== disabled) chosen.set(core, (known = {enabled, disabled, byResource: new Map()}));
	let phases = known.byResource.get(resource);
	if (!phases) known.byResource.set(resource, (phases = {}));
	return ((phases[phase] ??= {})[operation] ??= choose(core, phase, operation, resource));
}

function choose({admission, flags}: Core, phase: Phase, operation: Writing['operation'], resource: string): readonly Admission[] {
	const listed = (flag: string) => (flags[flag] ?? '').split(',');
	const [on, off] = [listed('enable-admission-plugins'), listed('disable-admission-plugins')];
	return admission.filter(
		plugin =>
			plugin[phase] &&
			(!plugin.optional || on.includes(plugin.name)) &&
			!off.includes(plugin.name) &&
			plugin.operations.includes(operation) &&
			(plugin.resources?.includes(resource) ?? true),
	);
}

/** Runs one phase of the plug-ins that look at this resource. */
export function runAdmission(core: Core, call: Call, phase: Phase, {operation, kind, namespace, name, draft, old}: Writing): void {
	const resource = groupResource(kind);
	const plugins = pluginsFor(core, phase, operation, resource);
	if (plugins.length === 0) return;
	const {user, dryRun, warn, subresource} = call;
	const {reader, sim, flags, callWebhook} = core;
	// Made for every write: fields that may be absent are set afterwards, which is cheaper than spreading.
	const request: {-readonly [field in keyof AdmissionRequest]: AdmissionRequest[field]} = {
		operation,
		kind,
		name,
		resource,
		user,
		reader,
		dryRun,
		sim,
		flags,
		warn,
	};
	if (namespace) request.namespace = namespace;
	if (draft) request.draft = draft;
	if (old) request.old = old;
	if (subresource) request.subresource = subresource;
	if (callWebhook) request.callWebhook = callWebhook;
	for (const plugin of plugins) plugin[phase]!(request);
}
