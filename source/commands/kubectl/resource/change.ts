import type {KubeObject} from '../../../api/object.js';
import {structSchema} from '../../../api/schema/schema.js';
import {copy, equal} from '../../../api/values/plain.js';
import {threeWayJson} from '../apply/three-way.js';
import {diffMaps} from '../apply/strategic-diff.js';
import type {Query, Session} from '../session.js';
import type {Target} from './target.js';

/** The patch between two states of an object; empty when they are the same. */
export function patchBetween({kind}: Target, before: KubeObject, after: KubeObject): Record<string, unknown> {
	if (equal(before, after)) return {};
	if (!structSchema(kind.schema)) return threeWayJson(before, after, before);
	return diffMaps(before, after, {shape: 'struct', name: kind.schema}, {ignoreDeletions: false, ignoreChanges: false});
}

/** Sends what `edit` changed about the object as a patch. `undefined`: nothing changed. */
export function change(
	session: Session,
	target: Target,
	edit: (draft: KubeObject) => void,
	query: Query,
	before = target.object!,
): KubeObject | undefined {
	const after = copy(before);
	edit(after);
	const patch = patchBetween(target, before, after);
	if (Object.keys(patch).length === 0) return undefined;
	return session.patch(target.kind, target.namespace, target.name, structSchema(target.kind.schema) ? 'strategic' : 'merge', patch, query);
}
