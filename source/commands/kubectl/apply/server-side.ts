import type {KubeObject} from '../../../api/object.js';
import {failure, statusOf} from '../failure.js';
import {type DryRun, fieldValidationOf} from '../resource/dry-run.js';
import type {Target} from '../resource/target.js';
import type {Call} from '../verb.js';
import {placed} from '../create/create.js';
import type {Applied} from './client-side.js';
import {takeOver} from './take-over.js';

const conflictAdvice = `
Please review the fields above--they currently have other managers. Here
are the ways you can resolve this warning:
* If you intend to manage all of these fields, please re-run the apply
  command with the \`--force-conflicts\` flag.
* If you do not intend to manage all of the fields, please edit your
  manifest to remove references to the fields that should keep their
  current managers.
* You may co-own fields by updating your manifest to match the existing
  value; in this case, you'll become the manager if the other manager(s)
  stop managing the field (remove it from their configuration).
See https://kubernetes.io/docs/reference/using-api/server-side-apply/#conflicts`;

/** `apply --server-side`: the file is sent as it is; the server merges by field ownership. */
export function applyServerSide(call: Call, target: Target, dryRun: DryRun): Applied {
	const {session, flags} = call;
	const object: KubeObject = placed(target);
	if (!target.name && object.metadata.generateName)
		throw failure(`from ${object.metadata.generateName}: cannot use generate name with apply`);
	if (!target.name) throw failure('metadata.name must be set for server-side apply');
	const query = {
		fieldManager: flags.changed('field-manager') ? flags.string('field-manager') : 'kubectl',
		fieldValidation: fieldValidationOf(flags),
		force: String(flags.bool('force-conflicts')),
		...(dryRun === 'server' && {dryRun: 'All'}),
	};
	try {
		const result = session.patch<KubeObject>(
			target.kind,
			target.namespace,
			target.name,
			'apply',
			object,
			query,
			flags.string('subresource') || undefined,
		);
		const upgraded = takeOver(session, target, result, query.fieldManager, dryRun === 'server' ? {dryRun: 'All'} : {});
		const again = () => session.patch<KubeObject>(target.kind, target.namespace, target.name, 'apply', object, query);
		return {operation: 'serverside-applied', object: upgraded ? again() : result};
	} catch (error) {
		const status = statusOf(error);
		if (status?.reason === 'Conflict') throw failure(`${status.message}${conflictAdvice}`);
		throw error;
	}
}
