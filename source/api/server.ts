import type {Sim} from '../sim/sim.js';
import type {Attributes} from './authorizer.js';
import type {Client, ListOptions, Reader, WatchEvent} from './client.js';
import type {ProxyAnswer, ProxyRequest} from './verbs/proxy.js';
import type {Kind} from './kind.js';
import type {KubeObject} from './object.js';
import type {User} from './user.js';
import type {AggregatedAnswer, AggregatedCall} from './aggregated-call.js';

/** One request as the HTTP layer would see it after routing. kubectl and `kubelab serve` both end here. */
export interface ApiRequest {
	/** `watch` is authorised as such and answers like `list`: with what is there. */
	readonly verb: 'get' | 'list' | 'watch' | 'create' | 'update' | 'patch' | 'delete' | 'deletecollection';
	readonly group: string;
	readonly version: string;
	/** Plural. */
	readonly resource: string;
	readonly subresource?: string;
	readonly namespace?: string;
	readonly name?: string;
	/** A parsed object, a patch, or DeleteOptions. */
	readonly body?: any;
	readonly patchType?: 'json' | 'merge' | 'strategic' | 'apply';
	/** The query: labelSelector, fieldSelector, limit, continue, dryRun, fieldManager, fieldValidation, force, gracePeriodSeconds, ... */
	readonly query: Readonly<Record<string, string>>;
	readonly user: User;
	/** `Table`: answer with meta.k8s.io/v1 Table rows instead of objects. */
	readonly as?: 'Table';
}

export interface ApiResponse {
	/** HTTP status. */
	readonly code: number;
	readonly body: any;
	/** Texts of `Warning: 299` headers, in order. */
	readonly warnings: readonly string[];
}

/** In-process API server: discovery, admission, defaulting, validation, storage, watch. Created by `createApiServer` in `api/`. */
export interface ApiServer {
	/** Never throws an ApiError: a refusal is a response with a Status body. */
	handle(request: ApiRequest): ApiResponse;
	/** A component's or user's handle. `onWarning` receives warning headers. Its methods throw `ApiError`. */
	client(user: User, options?: {onWarning?: (text: string) => void; fieldManager?: string}): Client;
	/** Answers what a SubjectAccessReview would, without writing one. */
	allows(attributes: Attributes): boolean;
	/** Unrestricted reading for panels, checks and listers: no authorisation, no cost, live (not cached). */
	readonly reader: Reader;
	/**
	 * Handlers run right after the write that caused them, in order of registration, and may only note what to do later (a
	 * workqueue, a clock item); they must not write. Returns the way to stop.
	 */
	watch<T extends KubeObject>(resource: string, handler: (event: WatchEvent<T>) => void): () => void;
	/** Files every object of `resource` under the values `keys` gives, kept up by the store. Register before objects exist. */
	addIndex<T extends KubeObject>(resource: string, index: string, keys: (object: T) => readonly string[]): void;
	/** Resolves `po`, `pods`, `Pod`, `deploy.apps`, `deployments.v1.apps`; CRDs included. */
	findKind(name: string): Kind | undefined;
	/** By `apiVersion` and `kind` of an object. */
	kindOf(apiVersion: string, kind: string): Kind | undefined;
	kinds(): readonly Kind[];
	/** Grows with each write. */
	resourceVersion(): number;
	list(kind: Kind, options?: ListOptions): readonly KubeObject[];
	/** History for an HTTP watch: what happened to `resource` after that version; throws Expired when it is forgotten. */
	eventsSince(resource: string, resourceVersion: number): readonly WatchEvent[];
	/** Replaces the kinds that CustomResourceDefinitions add. */
	setCustomKinds(kinds: readonly Kind[]): void;
	/** One request to a server behind an APIService, as the API server itself makes it. */
	callAggregated(call: AggregatedCall): AggregatedAnswer;
	/** One request to what a Service or a Pod serves; throws an ApiError where it may not, or cannot, be passed on. */
	proxy(request: ProxyRequest): ProxyAnswer;
	/** metadata.managedFields of a stored object; the store itself keeps them apart. */
	managedFields(resource: string, object: KubeObject): readonly unknown[];
	/** Registered by the cluster: plug-ins that admit (order matters) and the flags of the apiserver's command line. */
	readonly sim: Sim;
}
