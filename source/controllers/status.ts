import {parseRfc3339, rfc3339} from '../api/values/time.js';

export interface Condition {
	readonly type: string;
	readonly status: 'True' | 'False' | 'Unknown';
	readonly reason?: string;
	readonly message?: string;
	readonly lastTransitionTime?: string;
	readonly [field: string]: unknown;
}

/** Go leaves zero counters of a status out (`omitempty`). */
export const withoutZeros = (counters: Readonly<Record<string, number | undefined>>): Record<string, number> =>
	Object.fromEntries(Object.entries(counters).filter(([, value]) => value)) as Record<string, number>;

/** The conditions with one set; its transition time moves only with its status. */
export function withCondition(
	conditions: readonly Condition[] | undefined,
	{type, status, reason, message}: {type: string; status: Condition['status']; reason?: string; message?: string},
	nowMs: number,
	extra: Record<string, unknown> = {},
): Condition[] {
	const standing = conditions?.find(condition => condition.type === type);
	const lastTransitionTime = standing?.status === status ? standing.lastTransitionTime! : rfc3339(nowMs);
	const next: Condition = {...extra, type, status, lastTransitionTime, ...(reason && {reason}), ...(message !== undefined && {message})};
	return standing ? conditions!.map(condition => (condition === standing ? next : condition)) : [...(conditions ?? []), next];
}

/** Milliseconds of a written time; undefined where there is none. */
export const timeOf = (text: unknown): number | undefined => (typeof text === 'string' ? parseRfc3339(text) : undefined);
