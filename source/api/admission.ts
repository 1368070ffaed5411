import type {Reader} from './client.js';
import type {Kind} from './kind.js';
import type {KubeObject} from './object.js';
import type {Sim} from '../sim/sim.js';
import type {User} from './user.js';

/**
 * One admission plug-in, run in the order of `admission/index.ts`. `admit` may change the draft and comes before validation, `prepare`
 * (allocation of addresses and ports, which kube-apiserver does in the registry) follows it, `validate` comes last and only looks. Each may
 * refuse by throwing an `ApiError`.
 */
export interface Admission {
	/** As in `--enable-admission-plugins`, e.g. `NamespaceLifecycle`. */
	readonly name: string;
	/** Off unless `--enable-admission-plugins` names it. */
	readonly optional?: true;
	/** `groupResource` names it looks at; absent: all. */
	readonly resources?: readonly string[];
	readonly operations: ReadonlyArray<'create' | 'update' | 'delete' | 'connect'>;
	/** Indexes it reads with `reader.indexed`; the API server adds them. */
	readonly indexes?: ReadonlyArray<{resource: string; index: string; keys(object: any): readonly string[]}>;
	admit?(request: AdmissionRequest): void;
	prepare?(request: AdmissionRequest): void;
	validate?(request: AdmissionRequest): void;
}

/** One call to a webhook, as the cluster carries it to whatever serves it. */
export interface WebhookCall {
	/** Of the webhook, e.g. `validate.nginx.ingress.kubernetes.io`. */
	readonly name: string;
	readonly clientConfig: any;
	readonly timeoutSeconds: number;
	/** admission.k8s.io/v1 AdmissionRequest. */
	readonly request: any;
}

/** What came back: a verdict, or why none did (`dial tcp 10.96.3.4:443: connect: connection refused`). */
export type WebhookAnswer =
	| {
			readonly allowed: boolean;
			readonly status?: {code?: number; reason?: string; message?: string};
			readonly warnings?: readonly string[];
			readonly patch?: readonly any[];
	  }
	| {readonly error: string};

export interface AdmissionRequest {
	readonly operation: 'create' | 'update' | 'delete' | 'connect';
	/** `groupResource`. */
	readonly resource: string;
	readonly kind: Kind;
	readonly subresource?: string;
	readonly namespace?: string;
	readonly name: string;
	/** A private copy; absent on delete. */
	readonly draft?: KubeObject;
	readonly old?: KubeObject;
	readonly user: User;
	readonly reader: Reader;
	readonly dryRun: boolean;
	readonly sim: Sim;
	/** Flags of the running kube-apiserver, e.g. `service-node-port-range`. */
	readonly flags: Readonly<Record<string, string>>;
	/** Absent where nobody can carry calls. */
	callWebhook?(call: WebhookCall): WebhookAnswer;
	warn(text: string): void;
}
