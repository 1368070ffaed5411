import type {Reader} from './client.js';
import type {User} from './user.js';

/** One question: may this user do this? */
export interface Attributes {
	readonly user: User;
	/** get, list, watch, create, update, patch, delete, deletecollection, use, bind, escalate, impersonate ... */
	readonly verb: string;
	readonly group: string;
	readonly version?: string;
	readonly resource: string;
	readonly subresource?: string;
	readonly namespace?: string;
	readonly name?: string;
	/** Set instead of the resource fields: a path such as `/healthz`. */
	readonly path?: string;
}

/** Decides from what the API holds now. `reason` explains an allowance or a refusal. */
export interface Authorizer {
	/** All rules that a user has in a namespace, for SelfSubjectRulesReview. */
	rules?(user: User, namespace: string, reader: Reader): readonly any[];
	authorize(attributes: Attributes, reader: Reader): {allowed: boolean; reason: string};
}
