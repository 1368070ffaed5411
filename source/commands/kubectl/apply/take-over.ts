import {apiVersionOf} from '../../../api/kind.js';
import type {KubeObject} from '../../../api/object.js';
import {type FieldSet, subtract, unite} from '../../../api/apply/field-set.js';
import type {Target} from '../resource/target.js';
import type {Session} from '../session.js';
import {lastAppliedAnnotation} from './last-applied.js';

interface Entry {
	readonly manager: string;
	readonly operation: string;
	readonly subresource?: string;
	readonly fieldsV1?: FieldSet;
}

const annotationField: FieldSet = {'f:metadata': {'f:annotations': {[`f:${lastAppliedAnnotation}`]: {}}}};
const ownsAnnotation = ({operation, subresource, fieldsV1}: Entry): boolean =>
	operation === 'Update' && !subresource && fieldsV1?.['f:metadata']?.['f:annotations']?.[`f:${lastAppliedAnnotation}`] !== undefined;

/** An applied configuration owns what it names, not the maps around it. */
const withoutSelf = (set: FieldSet): FieldSet =>
	Object.fromEntries(
		Object.entries(set)
			.filter(([step]) => step !== '.')
			.map(([step, inner]) => [step, withoutSelf(inner)]),
	);

/**
 * What client-side applies owned becomes the server-side manager's, so that fields can be dropped later. True: something did, and the
 * configuration must be sent once more. Models migrateToSSAIfNecessary of cmd/apply.
 */
export function takeOver(session: Session, {kind, namespace, name}: Target, applied: KubeObject): boolean {
	const text = applied.metadata.annotations?.[lastAppliedAnnotation];
	if (text === undefined) return false;
	const annotated = {
		apiVersion: apiVersionOf(kind),
		kind: kind.kind,
		metadata: {name, ...(namespace !== undefined && {namespace}), annotations: {[lastAppliedAnnotation]: text}},
	};
	const saved = session.patch<KubeObject>(kind, namespace, name, 'apply', annotated, {fieldManager: 'kubectl-last-applied'});
	const entries = (saved.metadata.managedFields ?? []) as readonly Entry[];
	const old = entries.filter(ownsAnnotation);
	if (old.length === 0) return false;
	const fields = old.reduce<FieldSet>((all, entry) => unite(all, withoutSelf(subtract(entry.fieldsV1!, annotationField))), {});
	const managedFields = entries
		.filter(entry => !old.includes(entry))
		.map(entry =>
			entry.manager === 'kubectl' && entry.operation === 'Apply' ? {...entry, fieldsV1: unite(entry.fieldsV1 ?? {}, fields)} : entry,
		);
	session.patch(kind, namespace, name, 'merge', {metadata: {managedFields}}, {});
	return true;
}
