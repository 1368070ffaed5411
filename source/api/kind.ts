import type {FieldError} from './field-error.js';
import type {KubeObject} from './object.js';
import type {Sim} from '../sim/sim.js';
import type {Authorizer} from './authorizer.js';
import type {Client, Reader} from './client.js';
import type {User} from './user.js';

/**
 * Everything kubelab knows about one kind of object, in one place: `kinds/<kind>/<kind>.ts` exports one of these, and
 * `kinds/index.ts` lists it. API server, kubectl, completion, explain and the panels all follow from it.
 */
export interface Kind<T extends KubeObject = any> {
	readonly kind: string;
	/** `''` for the core group. */
	readonly group: string;
	readonly version: string;
	readonly plural: string;
	readonly singular: string;
	readonly shortNames: readonly string[];
	/** `all` makes it part of `kubectl get all`. */
	readonly categories?: readonly string[];
	readonly namespaced: boolean;
	/** Subresources served besides the object: `status`, `scale`, `log`, `exec`, `eviction`, `binding`, ... */
	readonly subresources?: readonly string[];
	/** Verbs in the order of `kubectl api-resources -o wide`; absent means all eight. */
	readonly verbs?: readonly string[];
	/** Name in the compiled field schema, e.g. `core.v1.Service`; drives strict decoding, defaulting of empty values and explain. */
	readonly schema: string;
	/** The label and field selectors `--field-selector` knows besides `metadata.name` and `metadata.namespace`. */
	readonly selectableFields?: Record<string, (object: T) => string>;
	/** Of these, fields by which few of many objects are asked for again and again: an index has them. */
	readonly fieldIndexes?: readonly string[];
	/** What is said of any other field, where the kind has words of its own. */
	readonly fieldRefusal?: (field: string) => string;

	/** Counts changes of what is asked for in `metadata.generation`; `annotations` counts theirs too (Deployment). */
	readonly generation?: 'spec' | 'annotations';
	/** A PUT must say which version it replaces (a strategy without AllowUnconditionalUpdate). */
	readonly conditionalUpdate?: boolean;
	/** What a name may look like; absent: a lowercase RFC 1123 subdomain. */
	readonly nameRule?: (name: string) => string[];
	/** An object without a name gets one that is as random as a uid (pkg/registry/core/limitrange/strategy.go). */
	readonly namesItself?: boolean;
	/** Another version of a resource: the plural and group its objects are stored under, with the way there and back. */
	readonly storedAs?: {readonly resource: string; toStored(object: T): KubeObject; fromStored(object: KubeObject): T};
	/** Admission fills in what the server gives out (a Service's addresses and node ports). */
	readonly allocates?: boolean;
	/** The object without what admission fills in by itself: that belongs to no manager. */
	asSent?(object: T): T;
	/** The object as the server had made it before anybody reported its status. */
	atBirth?(object: T): T;
	/** Where the scale subresource finds its numbers. */
	readonly scale?: {readonly specReplicas: string; readonly statusReplicas: string; readonly labelSelector?: string};
	/** What POST on a subresource does; `create` for kinds that are answered and never stored (reviews, Binding). */
	readonly actions?: Readonly<Record<string, Action>>;
	/** The grace period a deletion gets, for kinds that know one (pods). */
	gracePeriod?(object: T, requestedSeconds: number | undefined): number;
	/** True while something other than metadata.finalizers keeps a deleted object alive (a namespace's spec.finalizers). */
	heldBack?(object: T): boolean;
	/** The object is about to get its deletionTimestamp. */
	markDeleted?(draft: T): void;
	/** The kinds that an object of this kind adds to the API (CustomResourceDefinition). */
	defines?(object: T): readonly Kind[];
	/** The objects, where they are looked up and never stored (ComponentStatus). */
	live?(): readonly T[];
	/** Name of the APIService behind which another server answers for this kind. */
	readonly aggregatedBy?: string;
	/** Custom resources: their OpenAPI v3 schema, as the CustomResourceDefinition gives it. */
	readonly customSchema?: any;

	/** What every request for this kind is warned of. */
	readonly deprecation?: string;

	/** Fills what the user left out. `draft` is a private copy and may be changed. Models pkg/apis/<group>/<version>/defaults.go. */
	defaults?(draft: T): void;
	/** Drops what users may not set (status, generation, ...). Models pkg/registry/<group>/<kind>/strategy.go. */
	/** Parts of the metadata that a write to the status leaves as they are (PrepareForUpdate of the status strategies); of a custom resource all. */
	readonly statusKeeps?: ReadonlyArray<'labels' | 'annotations' | 'finalizers' | 'ownerReferences'>;
	prepareForCreate?(draft: T): void;
	prepareForUpdate?(draft: T, old: T): void;
	/** All that is wrong, in the API server's order and words. `old` is there on updates. Models pkg/apis/<group>/validation. */
	validate?(object: T, old?: T): FieldError[];
	/** Likewise for a write to the status subresource. */
	validateStatus?(object: T, old: T): FieldError[];
	/** Subresources that are a part of the object, with rules of their own: what a write may touch, and what is wrong with it. */
	readonly parts?: Readonly<Record<string, {prepare(draft: T, old: T): void; validate(object: T, old: T): FieldError[]}>>;
	/** What the server says in `Warning:` headers without refusing. */
	warnings?(object: T, old?: T): string[];

	/** Server-side table, as printed by `kubectl get` (pkg/printers/internalversion/printers.go). */
	readonly columns: ReadonlyArray<Column<T>>;
	/** Conditions of a table row, e.g. that a pod has ended. */
	rowConditions?(object: T): unknown[] | undefined;
	/** `kubectl describe`, whole text without the final blank line (k8s.io/kubectl/pkg/describe). */
	describe?(object: T, context: DescribeContext): string;
}

export interface Column<T = any> {
	/** As the server sends it, e.g. `Cluster-IP`; kubectl prints it in upper case. */
	readonly name: string;
	readonly type?: 'string' | 'integer' | 'date' | 'boolean';
	readonly format?: string;
	readonly description?: string;
	/** 0 is always printed, 1 only with `-o wide`. */
	readonly priority?: 0 | 1;
	cell(object: T, context: PrintContext): string | number | boolean;
}

export interface PrintContext {
	/** Virtual milliseconds since 1970, for ages. */
	readonly nowMs: number;
	/** The server always generates wide rows; false cuts long load balancer addresses. */
	readonly wide?: boolean;
}

export interface DescribeContext extends PrintContext {
	readonly reader: Reader;
	readonly showEvents: boolean;
}

/** What an action is handed: the request, and the server's own hands. */
export interface ActionRequest {
	readonly kind: Kind;
	readonly namespace: string | undefined;
	readonly name: string;
	readonly body: any;
	readonly dryRun: boolean;
	readonly user: User;
	/** Who asks, as managedFields tell it. */
	readonly fieldManager: string;
	readonly reader: Reader;
	/** Acts as the API server itself: no authorisation, but all the rest. */
	readonly client: Client;
	/** Stores what the action itself has made of an object of this kind: nothing in it is anybody's to check. */
	keep(object: KubeObject, old: KubeObject): void;
	readonly sim: Sim;
	readonly flags: Readonly<Record<string, string>>;
	readonly authorizer: Authorizer | undefined;
	warn(text: string): void;
}

/** Returns the body of the answer. */
export type Action = (request: ActionRequest) => any;

/** Names of two parts, each put together once: every request asks for them, and they are what tables are found by. */
function joined(separator: string): (first: string, second: string) => string {
	const known = new Map<string, Map<string, string>>();
	return (first, second) => {
		let names = known.get(first);
		if (!names) known.set(first, (names = new Map()));
		let name = names.get(second);
		if (name === undefined) names.set(second, (name = `${first}${separator}${second}`));
		return name;
	};
}

const resourceIn = joined('.');
const versionOf = joined('/');

/** `deployments.apps`, or `pods` for the core group. */
export const groupResource = ({group, plural}: Pick<Kind, 'group' | 'plural'>): string => (group ? resourceIn(plural, group) : plural);

/** `apps/v1`, or `v1`. */
export const apiVersionOf = ({group, version}: Pick<Kind, 'group' | 'version'>): string => (group ? versionOf(group, version) : version);
