import type {KubeObject} from '../../../api/object.js';
import {failure, throwAll, usageFailure} from '../failure.js';
import {allFlag, dryRunFlag, fileFlags, managerFlag, printFlags, selectorFlag, validateFlag} from '../flags/flag.js';
import {reportFor} from '../output/report.js';
import {toJson} from '../output/json-print.js';
import {toYaml} from '../output/yaml-print.js';
import {dryRunOf} from '../resource/dry-run.js';
import {select, visit} from '../resource/select.js';
import type {Call, Verb} from '../verb.js';
import {checkOutput} from '../edit/edit.js';
import {type Editing, editTogether} from '../edit/rounds.js';
import {equal} from '../../../api/values/plain.js';
import {lastAppliedAnnotation, plainText} from './last-applied.js';
import {placed} from '../create/create.js';

export const viewLastApplied: Verb = {
	name: 'view-last-applied',
	summary: 'View the latest last-applied-configuration annotations of a resource/object',
	usage: 'apply view-last-applied (TYPE [NAME | -l label] | TYPE/NAME | -f FILENAME)',
	flags: [...fileFlags, ...selectorFlag, ...allFlag, ['output', 'string', 'yaml', 'o']],
	*run(call) {
		const {session, flags} = call;
		const format = flags.string('output');
		const selection = yield* select(call, {fetch: true, latest: true, all: flags.bool('all')});
		yield* visit(selection, function* ({object}) {
			const text = object!.metadata.annotations?.[lastAppliedAnnotation];
			if (text === undefined) {
				return;
			}

			if (format !== 'json' && format !== 'yaml')
				throw usageFailure(call.path, `Unexpected -o output mode: ${format}, the flag 'output' must be one of yaml|json`);
			const value: unknown = JSON.parse(text);
			session.out(format === 'json' ? `${toJson(value)}\n` : toYaml(value));
		});
		return 0;
	},
};

export const setLastApplied: Verb = {
	name: 'set-last-applied',
	summary: 'Set the last-applied-configuration annotation on a live object to match the contents of a file',
	usage: 'apply set-last-applied -f FILENAME',
	flags: [...printFlags, ...fileFlags.filter(flag => flag[0] === 'filename'), ...dryRunFlag, ['create-annotation', 'bool', 'false']],
	*run(call) {
		const {session, flags} = call;
		const dryRun = dryRunOf(call);
		const report = reportFor(call, dryRun);
		const selection = yield* select(call);
		yield* visit(selection, function* (target) {
			const current = session.get<KubeObject>(target.kind, target.namespace, target.name);
			const present = current.metadata.annotations?.[lastAppliedAnnotation];
			if (present === undefined && !flags.bool('create-annotation'))
				throw failure(
					`no last-applied-configuration annotation found on resource: ${target.name}, to create the annotation, run the command with --create-annotation`,
				);
			const text = plainText(placed(target));
			const patch = {metadata: {annotations: {[lastAppliedAnnotation]: text}}};
			if (present === text) {
				session.out(`set-last-applied ${target.name}: no changes required.\n`);
				return;
			}

			if (dryRun !== 'client')
				session.patch(target.kind, target.namespace, target.name, 'merge', patch, dryRun === 'server' ? {dryRun: 'All'} : {});
			report.done(target, 'configured', current);
		});
		return 0;
	},
};

/** What was written becomes the annotation; the object itself stays as it is. */
const annotating = (call: Call): Editing => ({
	subject: 'annotation',
	save(edited, originals, results) {
		const report = reportFor(call, 'none');
		for (const target of edited) {
			const {kind, namespace, name, object} = target;
			if (originals.some(one => equal(one.object, object))) {
				report.done(target, 'skipped', object!);
				continue;
			}

			const patch = {metadata: {annotations: {[lastAppliedAnnotation]: plainText(object!)}}};
			try {
				const query = {fieldManager: call.flags.string('field-manager')};
				report.done(target, 'edited', call.session.patch<KubeObject>(kind, namespace, name, 'merge', patch, query));
			} catch (error) {
				call.session.err(`${results.add(error, target)}\n`);
			}
		}
	},
});

export const editLastApplied: Verb = {
	name: 'edit-last-applied',
	summary: 'Edit latest last-applied-configuration annotations of a resource/object',
	usage: 'apply edit-last-applied (RESOURCE/NAME | -f FILENAME)',
	flags: [
		...printFlags,
		...fileFlags,
		...validateFlag,
		...managerFlag('kubectl-client-side-apply'),
		['windows-line-endings', 'bool', 'false'],
	],
	*run(call) {
		checkOutput(call);
		const selection = yield* select(call, {fetch: true, latest: true, allowEmpty: true});
		throwAll(selection.errors);
		const annotated = selection.targets.flatMap(target => {
			const text = target.object!.metadata.annotations?.[lastAppliedAnnotation];
			return text === undefined ? [] : [{...target, object: JSON.parse(text) as KubeObject}];
		});
		if (annotated.length === 0)
			throw failure(
				'no last-applied-configuration annotation found on resources, to create the annotation, use command `kubectl apply set-last-applied --create-annotation`',
			);
		yield* editTogether(call, annotated, annotating(call));
		return 0;
	},
};
