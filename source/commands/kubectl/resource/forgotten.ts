import {groupResource, type Kind} from '../../../api/kind.js';
import {ApiError} from '../../../api/status.js';
import type {Session} from '../session.js';

/** What a kubectl remembers of a custom resource: real ones keep discovery in ~/.kube/cache for hours. */
interface Remembered {
	readonly group: string;
	readonly version: string;
	readonly plural: string;
	readonly words: readonly string[];
}

const tableOf = (session: Session) => session.machine.sim.state.table<Remembered>(`kubectl/discovery/${session.machine.name}`);

export function remember(session: Session, kind: Kind): void {
	if (!kind.customSchema) return;
	const table = tableOf(session);
	const key = `${groupResource(kind)}/${kind.version}`;
	if (table.has(key)) return;
	const {group, version, plural, singular, shortNames} = kind;
	table.set(key, {group, version, plural, words: [plural, singular, kind.kind.toLowerCase(), ...shortNames, groupResource(kind)]});
}

/** `api-resources` asks anew. */
export const forgetAll = (session: Session): void => tableOf(session).clear();

/**
 * A type that nobody serves any more is still asked for by a kubectl that remembers it, and the server then knows no such path
 * (resource.EnhanceListError).
 */
export function goneSince(session: Session, type: string, name?: string): ApiError | undefined {
	const table = session.machine.sim.state.table<Remembered>(`kubectl/discovery/${session.machine.name}`);
	for (const {group, version, plural, words} of table.values()) {
		if (!words.includes(type.toLowerCase())) continue;
		const subject = `${plural}.${group}`;
		const refusal = `the server could not find the requested resource (get ${[subject, ...(name === undefined ? [] : [name])].join(' ')})`;
		return new ApiError(
			404,
			'NotFound',
			name === undefined ? `Unable to list "${group}/${version}, Resource=${plural}": ${refusal}` : refusal,
			{},
		);
	}

	return undefined;
}
