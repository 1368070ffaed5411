import type {Steps} from '../resource/files.js';
import {failure, hasReason, prefixed, throwAll} from '../failure.js';
import {allFlag, allNamespacesFlag, deletionFlags, dryRunFlag, fieldSelectorFlag, fileFlags, selectorFlag} from '../flags/flag.js';
import {type DryRun, dryRunOf} from '../resource/dry-run.js';
import {select} from '../resource/select.js';
import {nameWithKind, type Target} from '../resource/target.js';
import {kindFor} from '../resource/arguments.js';
import {checkRaw, sendRaw} from '../raw.js';
import type {Call, Verb} from '../verb.js';
import {checkDeletion, type Deletion, deletionOf, deleteTarget} from './deletion.js';
import {waitForDeletion} from './wait-for-deletion.js';

const remove: Verb = {
	name: 'delete',
	summary: 'Delete resources by file names, stdin, resources and names, or by resources and label selector',
	group: 'Basic Commands (Intermediate):',
	usage: 'delete ([-f FILENAME] | [-k DIRECTORY] | TYPE [(NAME | -l label | --all)])',
	flags: [
		...fileFlags,
		...selectorFlag,
		...fieldSelectorFlag,
		...allNamespacesFlag,
		...allFlag,
		...deletionFlags,
		...dryRunFlag,
		['ignore-not-found', 'bool', 'false'],
		['interactive', 'bool', 'false', 'i'],
		['now', 'bool', 'false'],
		['output', 'string', '', 'o'],
		['raw', 'string', ''],
		['wait', 'bool', 'true'],
	],
	*run(call) {
		const {flags, session} = call;
		if (flags.string('raw') !== '') {
			checkRaw(call, {needed: false});
			session.out(sendRaw(call, 'delete'));
			return 0;
		}

		const deletion = deletionOf(call);
		const dryRun = dryRunOf(call);
		const output = flags.string('output');
		if (output !== '' && output !== 'name') throw failure(`unexpected -o output mode: ${output}. We only support '-o name'`);
		checkDeletion(call, deletion);
		const selective = flags.string('selector') !== '' || flags.string('field-selector') !== '';
		if (flags.bool('all') && selective) throw failure("setting 'all' parameter but found a non empty selector. ");
		const selection = yield* select(call, {all: flags.bool('all')});
		warnAboutScope(call, selection.targets);
		yield* deleteAll(
			call,
			deletion,
			dryRun,
			selection.targets,
			selection.errors,
			flags.bool('ignore-not-found') || flags.bool('all') || selective,
		);
		return 0;
	},
};

export default remove;

function warnAboutScope(call: Call, targets: readonly Target[]): void {
	const {session, flags, args} = call;
	if (!session.namespaceForced || flags.bool('all-namespaces')) return;
	const type = args[0]?.split(/[/,]/)[0];
	const clusterScoped =
		targets.some(({kind}) => !kind.namespaced) || (targets.length === 0 && type !== undefined && !kindFor(session, type).namespaced);
	if (clusterScoped) session.err('Warning: deleting cluster-scoped resources, not scoped to the provided namespace\n');
}

/** About what one request of a real kubectl takes. */
const requestMs = 10;

function* deleteAll(
	call: Call,
	deletion: Deletion,
	dryRun: DryRun,
	targets: readonly Target[],
	earlier: readonly Error[],
	ignoreNotFound: boolean,
): Steps<void> {
	const {session, flags} = call;
	if (flags.bool('interactive') && targets.length > 0 && !(yield* confirmed(call, targets))) return;
	const errors: Error[] = [...earlier];
	const deleted: Array<{target: Target; uid: string | undefined}> = [];
	for (const target of targets) {
		try {
			if (target.name === '') throw failure('resource name may not be empty');
			const uid = dryRun === 'client' ? undefined : deleteTarget(session, target, deletion, dryRun);
			deleted.push({target, uid});
			session.out(line(call, target, deletion, dryRun));
			// Between two requests the cluster goes on: what belonged to the first object may be gone before the second is asked for.
			if (target !== targets.at(-1)) yield {sleepMs: requestMs};
		} catch (error) {
			if (ignoreNotFound && hasReason(error, 'NotFound')) continue;
			errors.push(target.source ? prefixed(`error when deleting "${target.source}": `, error) : (error as Error));
		}
	}

	throwAll(errors);
	if (deleted.length === 0) {
		session.out(flags.bool('ignore-not-found') && targets.length > 0 ? '' : targets.length === 0 ? 'No resources found\n' : '');
		return;
	}

	if (flags.bool('wait') && dryRun === 'none') yield* waitForDeletion(call, deleted, flags.durationMs('timeout'));
}

function line(call: Call, {kind, name}: Target, deletion: Deletion, dryRun: DryRun): string {
	if (call.flags.string('output') === 'name') return `${nameWithKind(kind, name)}\n`;
	const kindText = kind.kind.toLowerCase() + (kind.group ? `.${kind.group}` : '');
	const suffix = dryRun === 'none' ? '' : dryRun === 'client' ? ' (dry run)' : ' (server dry run)';
	return `${kindText} "${name}" ${deletion.gracePeriodSeconds === 0 ? 'force deleted' : 'deleted'}${suffix}\n`;
}

function* confirmed(call: Call, targets: readonly Target[]): Steps<boolean> {
	const {session} = call;
	session.out(
		`You are about to delete the following ${targets.length} resource(s):\n${targets.map(({kind, name}) => `${nameWithKind(kind, name)}\n`).join('')}Do you want to continue? (y/n): `,
	);
	const answer: string | undefined = yield {read: 'line'};
	if (answer?.trim().toLowerCase() === 'y') return true;
	session.out('deletion is cancelled\n');
	return false;
}
