import type {Sim} from '../sim/sim.js';
import type {Admission, AdmissionRequest} from './admission.js';
import type {Authorizer} from './authorizer.js';
import type {Reader} from './client.js';
import type {KindRegistry} from './kind-registry.js';
import {groupResource, type Kind} from './kind.js';
import type {KubeObject} from './object.js';
import type {User} from './server.js';
import type {Store} from './store.js';

/** What all verbs share. */
export interface Core {
	readonly sim: Sim;
	readonly store: Store;
	readonly registry: KindRegistry;
	readonly admission: readonly Admission[];
	readonly authorizer: Authorizer | undefined;
	readonly flags: Readonly<Record<string, string>>;
	readonly reader: Reader;
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
	warn(text: string): void;
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

/** Runs one phase of the plug-ins that look at this resource. */
export function runAdmission(core: Core, call: Call, phase: Phase, writing: Writing): void {
	const resource = groupResource(writing.kind);
	let request: AdmissionRequest | undefined;
	for (const plugin of core.admission) {
		if (!plugin[phase] || !plugin.operations.includes(writing.operation) || (plugin.resources && !plugin.resources.includes(resource)))
			continue;
		request ??= {
			...writing,
			resource,
			...(call.subresource && {subresource: call.subresource}),
			user: call.user,
			reader: core.reader,
			dryRun: call.dryRun,
			sim: core.sim,
			flags: core.flags,
			warn: call.warn,
		};
		plugin[phase](request);
	}
}
