import {apiVersionOf} from '../../../api/kind.js';
import type {KubeObject} from '../../../api/object.js';
import {type FieldSet, unite} from '../../../api/apply/field-set.js';
import type {Target} from '../resource/target.js';
import type {Query, Session} from '../session.js';
import {lastAppliedAnnotation} from './last-applied.js';

interface Entry {
	readonly manager: string;
	readonly operation: string;
	readonly subresource?: string;
	readonly fieldsV1?: FieldSet;
}

const serverSide = 'kubectl';
const ownsAnnotation = ({subresource, fieldsV1}: Entry): boolean =>
	!subresource && fieldsV1?.['f:metadata']?.['f:annotations']?.[`f:${lastAppliedAnnotation}`] !== undefined;

/** An applied configuration owns what it names, not the maps around it. */
const withoutSelf = (set: FieldSet): FieldSet =>
	Object.fromEntries(
		Object.entries(set)
			.filter(([step]) => step !== '.')
			.map(([step, inner]) => [step, withoutSelf(inner)]),
	);

/**
 * What client-side applies owned becomes the server-side manager's, so that fields can be dropped later. True: something did, and the
 * configuration must be sent once more. Models migrateToSSAIfNecessary of cmd/apply and client-go/util/csaupgrade.
 */
export function takeOver(session: Session, target: Target, applied: KubeObject, manager: string, query: Query): boolean {
	const {kind, namespace, name} = target;
	let saved = applied;
	try {
		if (manager === serverSide) saved = withSavedAnnotation(session, target, applied, query);
	} catch (error) {
		session.err(
			`Warning: failed to migrate ${lastAppliedAnnotation} for Server-Side Apply. This is non-fatal and will be retried next time you apply. Error: ${(error as Error).message}\n`,
		);
		return false;
	}

	const entries = (saved.metadata.managedFields ?? []) as readonly Entry[];
	const clientSide = new Set(entries.filter(entry => entry.operation === 'Update' && ownsAnnotation(entry)).map(entry => entry.manager));
	const old = entries.filter(entry => clientSide.has(entry.manager) && entry.operation === 'Update' && !entry.subresource);
	if (old.length === 0) return false;
	const mine = (entry: Entry) => entry.manager === manager && entry.operation === 'Apply' && !entry.subresource;
	const fields = old.reduce<FieldSet>((all, entry) => unite(all, withoutSelf(entry.fieldsV1 ?? {})), {});
	const rest = entries.filter(entry => !old.includes(entry) && !mine(entry));
	const own = entries.find(mine) ?? {...old[0]!, manager, operation: 'Apply', fieldsV1: {}};
	const managedFields = [{...own, fieldsV1: unite(own.fieldsV1 ?? {}, fields)}, ...rest];
	session.patch(kind, namespace, name, 'json', [{op: 'replace', path: '/metadata/managedFields', value: managedFields}], query);
	return true;
}

/** A manager of its own keeps the annotation, or the apply that follows would drop it: the server only keeps it true for the default manager. */
function withSavedAnnotation(session: Session, {kind, namespace, name}: Target, applied: KubeObject, query: Query): KubeObject {
	const text = applied.metadata.annotations?.[lastAppliedAnnotation];
	const entries = (applied.metadata.managedFields ?? []) as readonly Entry[];
	if (text === undefined || entries.some(entry => entry.operation === 'Apply' && ownsAnnotation(entry))) return applied;
	const annotated = {
		apiVersion: apiVersionOf(kind),
		kind: kind.kind,
		metadata: {name, ...(namespace !== undefined && {namespace}), annotations: {[lastAppliedAnnotation]: text}},
	};
	return session.patch<KubeObject>(kind, namespace, name, 'apply', annotated, {...query, fieldManager: 'kubectl-last-applied'});
}
