import {recorded, recordFlag} from '../record.js';
import type {KubeObject} from '../../../api/object.js';
import {checkForce, deletionOf} from '../delete/deletion.js';
import {failure, throwAll, usageFailure} from '../failure.js';
import {
	allFlag,
	deletionFlags,
	dryRunFlag,
	fileFlags,
	managerFlag,
	printFlags,
	selectorFlag,
	subresourceFlag,
	validateFlag,
} from '../flags/flag.js';
import {printerFor} from '../output/printer.js';
import {listOfMaps} from '../output/typed.js';
import {clientValidationOf, dryRunOf} from '../resource/dry-run.js';
import {select, visit} from '../resource/select.js';
import {nameWithKind, type Target} from '../resource/target.js';
import type {Call, Verb} from '../verb.js';
import {applyClientSide} from './client-side.js';
import {editLastApplied, setLastApplied, viewLastApplied} from './last-applied-verbs.js';
import {ApplySet} from './apply-set.js';
import {allowedKinds, leftovers, prune} from './prune.js';
import {applyServerSide} from './server-side.js';

const apply: Verb = {
	name: 'apply',
	summary: 'Apply a configuration to a resource by file name or stdin',
	group: 'Advanced Commands:',
	usage: 'apply (-f FILENAME | -k DIRECTORY)',
	flags: [
		...printFlags,
		...fileFlags,
		...selectorFlag,
		...allFlag,
		...deletionFlags,
		...dryRunFlag,
		...validateFlag,
		...managerFlag('kubectl-client-side-apply'),
		...subresourceFlag,
		['force-conflicts', 'bool', 'false'],
		['openapi-patch', 'bool', 'true'],
		['overwrite', 'bool', 'true'],
		['prune', 'bool', 'false'],
		['prune-allowlist', 'array', ''],
		['server-side', 'bool', 'false'],
		['wait', 'bool', 'false'],
	],
	hiddenFlags: recordFlag,
	featureFlags: {KUBECTL_APPLYSET: [['applyset', 'string', '']]},
	verbs: [editLastApplied, setLastApplied, viewLastApplied],
	*run(call) {
		const allowed = allowedKinds(call);
		const set = applySetOf(call);
		checkUsage(call, set);
		const {flags, session} = call;
		const dryRun = dryRunOf(call);
		const deletion = deletionOf(call);
		checkForce(deletion);
		const selection = yield* select(call, {validate: clientValidationOf(flags)});
		if (selection.targets.length === 0 && selection.errors.length === 0) throw failure('no objects passed to apply');
		const noted = selection.targets.map(target => ({...target, object: recorded(call, target.object!)}));
		const targets = set ? noted.map(target => set.labelled(target)) : noted;
		if (set) {
			throwAll(selection.errors);
			set.beforeApply(targets, dryRun);
		}

		const applied: Array<{target: Target; object: KubeObject}> = [];
		const together = !['', 'name'].includes(flags.string('output'));
		const suffix = dryRun === 'none' ? '' : dryRun === 'client' ? ' (dry run)' : ' (server dry run)';
		yield* visit(set ? {targets, errors: [], single: false} : {...selection, targets}, function* (target) {
			const outcome = flags.bool('server-side')
				? applyServerSide(call, target, dryRun)
				: yield* applyClientSide(call, target, dryRun, deletion);
			applied.push({target, object: outcome.object});
			if (together) return;
			const printer = printerFor(session, flags);
			const said = `${nameWithKind(target.kind, outcome.object.metadata.name)} ${outcome.operation}${suffix}\n`;
			session.out(printer ? printer.print(outcome.object) : said);
		});
		if (together && applied.length > 0) {
			const printer = printerFor(session, flags)!;
			const objects = applied.map(one => one.object);
			session.out(objects.length === 1 ? printer.print(objects[0]) : printer.print(listOfMaps(objects), {typed: true}));
		}

		if (flags.bool('prune')) {
			const visited = applied.map(({target}) => target.namespace);
			prune(call, set ? set.members(targets) : leftovers(call, allowed, visited), applied, dryRun, deletion);
			set?.afterPrune(targets, dryRun);
		}

		return 0;
	},
};

export default apply;

const applySetOf = (call: Call): ApplySet | undefined => {
	const reference = call.flags.has('applyset') ? call.flags.string('applyset') : '';
	return reference === '' ? undefined : new ApplySet(call, reference);
};

function checkUsage(call: Call, set: ApplySet | undefined): void {
	const {args, flags, path} = call;
	if (args.length > 0) throw usageFailure(path, `Unexpected args: [${args.join(' ')}]`);
	if (flags.list('filename').length === 0 && flags.string('kustomize') === '') throw failure('must specify one of -f and -k');
	const serverSide = flags.bool('server-side');
	if (flags.bool('force-conflicts') && !serverSide) throw failure('--force-conflicts only works with --server-side');
	if (serverSide && flags.string('dry-run') === 'client')
		throw failure("--dry-run=client doesn't work with --server-side (did you mean --dry-run=server instead?)");
	if (flags.string('subresource') !== '' && !serverSide) throw failure('--subresource can only be specified for --server-side');
	if (serverSide && flags.bool('force')) throw failure('--force cannot be used with --server-side');
	if (flags.bool('force') && flags.string('dry-run') === 'server') throw failure('--dry-run=server cannot be used with --force');
	if (flags.bool('all') && flags.string('selector') !== '') throw failure('cannot set --all and --selector at the same time');
	if (set && !flags.bool('prune')) throw failure('--applyset requires --prune');
	set?.check();
	if (flags.bool('prune')) checkPrune(call, set);
}

function checkPrune({flags}: Call, set: ApplySet | undefined): void {
	if (flags.bool('force')) throw failure('--force cannot be used with --prune');
	if (set) {
		const other = flags.bool('all') ? 'all' : ['selector', 'prune-allowlist'].find(name => flags.changed(name));
		if (other) throw failure(`--${other} is incompatible with --applyset`);
		return;
	}

	if (!flags.bool('all') && flags.string('selector') === '')
		throw failure(
			'all resources selected for prune without explicitly passing --all. To prune all resources, pass the --all flag. If you did not mean to prune all resources, specify a label selector',
		);
	if (flags.bool('server-side')) throw failure("--prune is in alpha and doesn't currently work on objects created by server-side apply");
}
