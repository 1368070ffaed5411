import {recorded} from '../record.js';
import type {KubeObject} from '../../../api/object.js';
import {copy, equal} from '../../../api/values/plain.js';
import {structSchema} from '../../../api/schema/schema.js';
import {withLastApplied} from '../apply/last-applied.js';
import {failure} from '../failure.js';
import {toJsonLine} from '../output/json-print.js';
import {printerFor, withoutManagedFields} from '../output/printer.js';
import {fieldValidationOf} from '../resource/dry-run.js';
import {patchBetween} from '../resource/change.js';
import {nameWithKind, type Target} from '../resource/target.js';
import type {Call} from '../verb.js';
import type {Results} from './results.js';
import type {Editing} from './rounds.js';

/** `kubectl edit`: what differs from the server's object is sent as a patch. */
export const patching = (call: Call): Editing => ({
	subject: 'object',
	save(edited, originals, results) {
		for (const {namespace} of edited) requireNamespace(call, namespace);
		for (const target of edited) {
			const original = originals.find(({object}) => object!.metadata.uid === target.object!.metadata.uid);
			if (!original) throw failure(`no original object found for ${JSON.stringify(target.object)}`);
			send(call, original, target.object!, results);
		}
	},
});

/** An editor cannot move an object (resource.RequireNamespace). */
function requireNamespace({session}: Call, namespace: string | undefined): void {
	if (namespace !== undefined && namespace !== session.namespace)
		throw failure(
			`the namespace from the provided object "${namespace}" does not match the namespace "${session.namespace}". You must pass '--namespace=${namespace}' to perform this operation.`,
		);
}

function send(call: Call, original: Target, written: KubeObject, results: Results): void {
	const {session, flags} = call;
	const printer = flags.string('output') === '' ? undefined : printerFor(session, flags);
	const say = (object: KubeObject, operation: string) =>
		session.out(printer ? printer.print(object) : `${nameWithKind(original.kind, object.metadata.name)} ${operation}\n`);
	const before = withoutManagedFields(original.object!) as KubeObject;
	const edited = flags.bool('save-config') ? withLastApplied(written) : written;
	if (equal(before, edited)) {
		say(edited, 'skipped');
		return;
	}

	if (edited.metadata.name !== before.metadata.name || edited.kind !== before.kind || edited.apiVersion !== before.apiVersion)
		throw failure('At least one of apiVersion, kind and name was changed');
	const patch = patchBetween(original, copy(before), recorded(call, edited));
	if (flags.bool('output-patch')) session.out(`Patch: ${toJsonLine(patch)}\n`);
	try {
		say(
			session.patch<KubeObject>(
				original.kind,
				original.namespace,
				original.name,
				structSchema(original.kind.schema) ? 'strategic' : 'merge',
				patch,
				{fieldManager: flags.string('field-manager'), fieldValidation: fieldValidationOf(flags)},
				flags.string('subresource') || undefined,
			),
			'edited',
		);
	} catch (error) {
		session.err(`${results.add(error, original)}\n`);
	}
}
