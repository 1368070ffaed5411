import type {Reader} from './client.js';
import type {KubeObject} from './object.js';
import type {User} from './server.js';

/** One admission plug-in: may change the draft, may refuse by throwing an `ApiError`. Run in the order of `admission/index.ts`. */
export interface Admission {
	/** As in `--enable-admission-plugins`, e.g. `NamespaceLifecycle`. */
	readonly name: string;
	/** `groupResource` names it looks at; absent: all. */
	readonly resources?: readonly string[];
	readonly operations: ReadonlyArray<'create' | 'update' | 'delete' | 'connect'>;
	admit(request: AdmissionRequest): void;
}

export interface AdmissionRequest {
	readonly operation: 'create' | 'update' | 'delete' | 'connect';
	/** `groupResource`. */
	readonly resource: string;
	readonly subresource?: string;
	readonly namespace?: string;
	readonly name: string;
	/** A private copy; absent on delete. */
	readonly draft?: KubeObject;
	readonly old?: KubeObject;
	readonly user: User;
	readonly reader: Reader;
	readonly dryRun: boolean;
	/** Flags of the running kube-apiserver, e.g. `service-node-port-range`. */
	readonly flags: Readonly<Record<string, string>>;
	warn(text: string): void;
}
