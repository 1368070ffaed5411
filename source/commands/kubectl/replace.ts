import type {KubeObject} from '../../api/object.js';
import {placed} from './create/create.js';
import {deletionOf, deleteTarget} from './delete/deletion.js';
import {waitForDeletion} from './delete/wait-for-deletion.js';
import {failure, hasReason, prefixed, throwAll} from './failure.js';
import {
	deletionFlags,
	dryRunFlag,
	fileFlags,
	managerFlag,
	printFlags,
	saveConfigFlag,
	subresourceFlag,
	validateFlag,
} from './flags/flag.js';
import {reportFor} from './output/report.js';
import {dryRunOf, clientValidationOf, writeQuery} from './resource/dry-run.js';
import type {Steps} from './resource/files.js';
import {select, visit, type Selection} from './resource/select.js';
import {checkRaw, sendRaw} from './raw.js';
import type {Target} from './resource/target.js';
import type {Session} from './session.js';
import type {Call, Verb} from './verb.js';

const replace: Verb = {
	name: 'replace',
	summary: 'Replace a resource by file name or stdin',
	group: 'Advanced Commands:',
	usage: 'replace -f FILENAME',
	flags: [
		...printFlags,
		...fileFlags,
		...deletionFlags,
		...dryRunFlag,
		...managerFlag('kubectl-replace'),
		...saveConfigFlag,
		...subresourceFlag,
		...validateFlag,
		['raw', 'string', ''],
		['wait', 'bool', 'false'],
	],
	*run(call) {
		const {flags, session} = call;
		deletionOf(call);
		if (flags.bool('force') && dryRunOf(call) !== 'none') throw failure('--dry-run can not be used when --force is set');
		if (flags.int('grace-period') >= 0 && !flags.bool('force')) throw failure('--grace-period must have --force specified');
		if (flags.durationMs('timeout') !== 0 && !flags.bool('force')) throw failure('--timeout must have --force specified');
		if (flags.list('filename').length === 0 && flags.string('kustomize') === '') throw failure('must specify one of -f and -k');
		if (flags.string('raw') !== '') {
			reportFor(call, 'none');
			checkRaw(call, {needed: true});
			session.out(sendRaw(call, 'update'));
			return 0;
		}

		const selection = yield* select(call, {validate: clientValidationOf(flags)});
		if (selection.targets.length === 0 && selection.errors.length === 0) throw failure('no objects passed to replace');
		if (flags.bool('force')) yield* recreate(call, selection);
		else yield* update(call, selection);
		return 0;
	},
};

export default replace;

function* update(call: Call, selection: Selection): Steps<void> {
	const {session, flags} = call;
	const dryRun = dryRunOf(call);
	const report = reportFor(call, dryRun);
	yield* visit(selection, function* (target) {
		const object = placed(target, flags.bool('save-config'));
		if (dryRun === 'client') {
			report.done(target, 'replaced', object);
			return;
		}

		try {
			if (target.name === '') throw failure('resource name may not be empty');
			const version = object.metadata.resourceVersion ?? currentVersion(session, target);
			const body = {...object, metadata: {...object.metadata, ...(version && {resourceVersion: version})}};
			const subresource = flags.string('subresource') || undefined;
			const query = writeQuery(flags, dryRun);
			const replaced = session.update<KubeObject>(target.kind, target.namespace, target.name, body, query, subresource);
			report.done({kind: kindReplaced(target, replaced, subresource), name: target.name}, 'replaced', replaced);
		} catch (error) {
			throw prefixed(`error when replacing "${target.source}": `, error);
		}
	});
}

/** A scale is an object of its own. */
const kindReplaced = ({kind}: Target, {kind: ownKind, apiVersion}: KubeObject, subresource: string | undefined): Target['kind'] =>
	subresource === 'scale' ? {...kind, kind: ownKind, group: apiVersion.split('/')[0]!} : kind;

/** Whatever keeps kubectl from reading the object, the write will tell (resource.Helper.Replace). */
function currentVersion(session: Session, {kind, namespace, name}: Target): string | undefined {
	try {
		return session.get<KubeObject>(kind, namespace, name).metadata.resourceVersion;
	} catch {
		return undefined;
	}
}

/** `--force`: delete all, wait until they are gone, create them again. */
function* recreate(call: Call, selection: Selection): Steps<void> {
	const {session, flags} = call;
	const deletion = {...deletionOf(call), ...(flags.int('grace-period') < 0 && {gracePeriodSeconds: undefined})};
	const dryRun = dryRunOf(call);
	const report = reportFor(call, dryRun);
	throwAll(selection.errors);
	const deleted = [];
	for (const target of selection.targets) {
		try {
			deleted.push({target, uid: deleteTarget(session, target, deletion, dryRun)});
			const kindText = target.kind.kind.toLowerCase() + (target.kind.group ? `.${target.kind.group}` : '');
			session.out(`${kindText} "${target.name}" deleted\n`);
		} catch (error) {
			if (!hasReason(error, 'NotFound')) throw error;
		}
	}

	if (dryRun === 'none') yield* waitForDeletion(call, deleted, flags.durationMs('timeout'));
	yield* visit(selection, function* (target) {
		const object = placed(target, flags.bool('save-config'));
		const {resourceVersion: _, uid: __, ...metadata} = object.metadata;
		const fresh: KubeObject = {...object, metadata};
		report.done(
			target,
			'replaced',
			dryRun === 'none' ? session.create(target.kind, target.namespace, fresh, writeQuery(flags, dryRun)) : fresh,
		);
	});
}
