import type {KubeObject} from '../../../api/object.js';
import {checkForce, deletionOf} from '../delete/deletion.js';
import {failure, usageFailure} from '../failure.js';
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
import {dryRunOf, fieldValidationOf} from '../resource/dry-run.js';
import {select, visit} from '../resource/select.js';
import {nameWithKind, type Target} from '../resource/target.js';
import type {Call, Verb} from '../verb.js';
import {applyClientSide} from './client-side.js';
import {editLastApplied, setLastApplied, viewLastApplied} from './last-applied-verbs.js';
import {pruneAfter} from './prune.js';
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
	verbs: [editLastApplied, setLastApplied, viewLastApplied],
	*run(call) {
		checkUsage(call);
		const {flags, session} = call;
		const dryRun = dryRunOf(call);
		const deletion = deletionOf(call);
		checkForce(deletion);
		const printer = printerFor(session, flags);
		const selection = yield* select(call, {validate: fieldValidationOf(flags) !== 'Ignore'});
		if (selection.targets.length === 0 && selection.errors.length === 0) throw failure('no objects passed to apply');
		const applied: Array<{target: Target; object: KubeObject}> = [];
		const suffix = dryRun === 'none' ? '' : dryRun === 'client' ? ' (dry run)' : ' (server dry run)';
		yield* visit(selection, function* (target) {
			const outcome = flags.bool('server-side')
				? applyServerSide(call, target, dryRun)
				: yield* applyClientSide(call, target, dryRun, deletion);
			applied.push({target, object: outcome.object});
			if (!printer) session.out(`${nameWithKind(target.kind, outcome.object.metadata.name)} ${outcome.operation}${suffix}\n`);
		});
		if (printer && applied.length > 0) {
			const objects = applied.map(one => one.object);
			session.out(printer.print(objects.length === 1 ? objects[0] : {apiVersion: 'v1', items: objects, kind: 'List', metadata: {}}));
		}

		if (flags.bool('prune')) pruneAfter(call, applied, dryRun, deletion);
		return 0;
	},
};

export default apply;

function checkUsage({args, flags, path}: Call): void {
	if (args.length > 0) throw usageFailure(path, `Unexpected args: [${args.join(' ')}]`);
	if (flags.list('filename').length === 0 && flags.string('kustomize') === '') throw failure('must specify one of -f and -k');
	const serverSide = flags.bool('server-side');
	if (flags.bool('force-conflicts') && !serverSide) throw failure('--force-conflicts only works with --server-side');
	if (serverSide && flags.string('dry-run') === 'client')
		throw failure("--dry-run=client doesn't work with --server-side (did you mean --dry-run=server instead?)");
	if (serverSide && flags.bool('force')) throw failure('--force cannot be used with --server-side');
	if (flags.bool('force') && flags.string('dry-run') === 'server') throw failure('--dry-run=server cannot be used with --force');
	if (flags.bool('prune') && !flags.bool('all') && flags.string('selector') === '')
		throw failure(
			'all resources selected for prune without explicitly passing --all. To prune all resources, pass the --all flag. If you did not mean to prune all resources, specify a label selector',
		);
}
