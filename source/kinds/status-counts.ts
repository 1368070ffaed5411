import {type Errors, invalid, nonNegative} from './errors.js';

interface Counts {
	/** In the order in which they are looked at. */
	readonly counts: readonly string[];
	/** What a count may not be more than, and how that is called. */
	readonly bounds?: ReadonlyArray<readonly [count: string, bound: string, shown: string]>;
	/** Whether a count of collisions may only rise. */
	readonly collisions?: boolean;
}

/** What a status counts is not negative, nor more than there are. Models Validate*StatusUpdate of pkg/apis/{apps,core,batch}/validation. */
export const statusCounts =
	({counts, bounds = [], collisions = false}: Counts) =>
	({status = {}}: any, old?: any): Errors => {
		const errors = counts.flatMap(name => nonNegative(`status.${name}`, status[name]));
		for (const [name, bound, shown] of bounds) {
			if ((status[name] ?? 0) > (status[bound] ?? 0))
				errors.push(invalid(`status.${name}`, status[name] ?? 0, `cannot be greater than ${shown}`));
		}

		const before = old?.status?.collisionCount;
		if (collisions && before !== undefined && (status.collisionCount ?? -1) < before)
			errors.push(invalid('status.collisionCount', status.collisionCount ?? 0, 'cannot be decremented'));
		return errors;
	};

export const ofReplicas = (...names: string[]) => names.map(name => [name, 'replicas', 'status.replicas'] as const);
