import type {Call} from './call.js';
import type {Journey} from './journey.js';
import type {Owners} from '../explain/owners.js';

export interface Case {
	readonly call: Call;
	/** Namespace that asked. */
	readonly where: string;
	readonly request: Journey | undefined;
	readonly reply: Journey | undefined;
	readonly owners: Owners;
}
