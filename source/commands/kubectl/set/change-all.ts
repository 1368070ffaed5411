import type {KubeObject} from '../../../api/object.js';
import {copy, equal} from '../../../api/values/plain.js';
import {failure} from '../failure.js';
import {allFlag, dryRunFlag, fileFlags, type Flag, managerFlag, printFlags, selectorFlag} from '../flags/flag.js';
import {reportFor} from '../output/report.js';
import {dryRunOf} from '../resource/dry-run.js';
import {asTyped} from '../output/typed.js';
import type {Steps} from '../resource/files.js';
import {select, visit} from '../resource/select.js';
import {change} from '../resource/change.js';
import {goTypeOf, podSpecOf} from '../resource/pod-template.js';
import {recorded} from '../record.js';
import type {Call} from '../verb.js';
import {flattened} from '../failure.js';
import type {Target} from '../resource/target.js';

export const setFlags: readonly Flag[] = [
	...printFlags,
	...fileFlags,
	...selectorFlag,
	...allFlag,
	...dryRunFlag,
	...managerFlag('kubectl-set'),
	['local', 'bool', 'false'],
];

/** Words that name resources, and `key=value` words, in any order after them (cmdutil.GetResourcesAndPairs). */
export function resourcesAndPairs(
	args: readonly string[],
	isPair: (word: string) => boolean,
	what: string,
): {resources: string[]; pairs: string[]} {
	const resources: string[] = [];
	const pairs: string[] = [];
	for (const arg of args) {
		if (isPair(arg)) pairs.push(arg);
		else if (pairs.length === 0) resources.push(arg);
		else throw failure(`all resources must be specified before ${what} changes: ${arg}`);
	}

	return {resources, pairs};
}

/** What every `kubectl set` does: change a private copy of each object, and send what came of it. */
export function* setAll(
	call: Call,
	resources: readonly string[],
	operation: string,
	edit: (draft: KubeObject, target: Target) => void,
	what = operation,
): Steps<void> {
	const {session, flags} = call;
	const local = flags.bool('local');
	const dryRun = dryRunOf(call);
	if (local && dryRun === 'server') throw failure('cannot specify --local and --dry-run=server - did you mean --dry-run=client?');
	const report = reportFor(call, local ? 'none' : dryRun);
	const selection = yield* select(call, {args: local ? [] : resources, fetch: true, latest: !local, allowEmpty: flags.bool('all'), local});
	yield* visit(selection, function* (target) {
		const before = target.object!;
		if (local || dryRun === 'client') {
			const draft = copy(before);
			edit(draft, target);
			Object.assign(draft, recorded(call, draft));
			if (local || !equal(draft, before)) report.done(target, operation, asTyped(draft, target.kind.schema), {typed: true});
			return;
		}

		let changed: KubeObject | undefined;
		const draft = copy(before);
		edit(draft, target);
		Object.assign(draft, recorded(call, draft));
		try {
			changed = change(session, target, one => Object.assign(one, draft), {
				fieldManager: flags.string('field-manager'),
				...(dryRun === 'server' && {dryRun: 'All'}),
			});
		} catch (error) {
			// `set resources` and `set serviceaccount` leave the colon out, `set selector` all of it.
			throw what === '' ? error : flattened(`failed to patch ${what}${what.endsWith(' ') ? '' : ': '}`, error);
		}

		if (changed) report.done(target, operation, changed);
	});
}

/** The pod spec of a draft, or the refusal that names its Go type. `named`: how the object is called in it. */
export function specToChange(draft: KubeObject, {kind, name}: Target, local = false): any {
	const spec = podSpecOf(draft);
	if (!spec)
		throw failure(
			`${local ? kind.kind.toLowerCase() : kind.plural}/${name} the object is not a pod or does not have a pod template: ${goTypeOf(draft)}`,
		);
	return spec;
}
