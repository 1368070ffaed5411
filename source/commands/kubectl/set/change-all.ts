import type {KubeObject} from '../../../api/object.js';
import {copy, equal} from '../../../api/values/plain.js';
import {allFlag, dryRunFlag, fileFlags, type Flag, managerFlag, printFlags, selectorFlag} from '../flags/flag.js';
import {type Report, reportFor} from '../output/report.js';
import {dryRunOf} from '../resource/dry-run.js';
import type {Steps} from '../resource/files.js';
import {type Selection, select} from '../resource/select.js';
import {change} from '../resource/change.js';
import {goTypeOf, podSpecOf} from '../resource/pod-template.js';
import {recorded} from '../record.js';
import type {Call} from '../verb.js';
import {failure, flattened, throwAll} from '../failure.js';
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
	misplaced?: string,
): {resources: string[]; pairs: string[]} {
	const resources: string[] = [];
	const pairs: string[] = [];
	for (const arg of args) {
		if (isPair(arg)) pairs.push(arg);
		else if (pairs.length === 0) resources.push(arg);
		else throw failure(`all resources must be specified before ${what} changes: ${misplaced ?? arg}`);
	}

	return {resources, pairs};
}

/** What one of the verbs of `kubectl set` does with an object. */
export interface Setting {
	/** `image updated` */
	readonly operation: string;
	/** Follows `failed to patch ` where the server refuses: not all verbs have a colon there. */
	readonly patching: string;
	/** `false`: there is nothing in this one to be changed. What goes into `problems` does not keep the rest from being changed. */
	edit(draft: KubeObject, target: Target, problems: Error[]): boolean;
	/** With --local or --dry-run=client, also what is as it was. */
	readonly showsUnchanged?: boolean;
}

const localNeedsFiles =
	"you must specify resources by --filename when --local is set.\nExample resource specifications include:\n   '-f rsrc.yaml'\n   '--filename=rsrc.json'";

/** The objects in question. One that cannot be had stops the command before anything is changed (Builder.Infos). */
export function* selectAll(call: Call, resources: readonly string[]): Steps<Selection> {
	const {flags} = call;
	const local = flags.bool('local');
	dryRunOf(call);
	if (local && resources.length > 0) throw failure(localNeedsFiles);
	const selection = yield* select(call, {
		args: resources,
		fetch: true,
		latest: !local,
		allowEmpty: flags.has('all') && flags.bool('all'),
		local,
		typed: true,
	});
	return selection;
}

export function* infosOf(call: Call, resources: readonly string[]): Steps<readonly Target[]> {
	const {targets, errors} = yield* selectAll(call, resources);
	throwAll(errors);
	return targets;
}

export const bothAllAndSelector = 'cannot set --all and --selector at the same time';
export const localOnServer = 'cannot specify --local and --dry-run=server - did you mean --dry-run=client?';

/** Changes a private copy of each object, and sends what came of it; all that went wrong is said at the end. */
export function changeAll(call: Call, targets: readonly Target[], setting: Setting): void {
	const {flags} = call;
	const report = reportFor(call, dryRunOf(call));
	const problems: Error[] = [];
	const failures: Error[] = [];
	for (const target of targets) {
		const before = target.object!;
		const draft = copy(before);
		try {
			if (setting.edit(draft, target, problems) === false) continue;
		} catch (error) {
			failures.push(failure(`error: ${objectName(target, flags.bool('local'))} ${(error as Error).message}\n`));
			continue;
		}

		Object.assign(draft, recorded(call, draft));
		try {
			changeOne(call, target, draft, setting, report);
		} catch (error) {
			failures.push(flattened(`failed to patch ${setting.patching}`, error));
		}
	}

	throwAll([...problems, ...failures]);
}

export function changeOne(
	call: Call,
	target: Target,
	draft: KubeObject,
	{operation, showsUnchanged}: Pick<Setting, 'operation' | 'showsUnchanged'>,
	report: Report,
): void {
	const {session, flags} = call;
	const dryRun = dryRunOf(call);
	if (flags.bool('local') || dryRun === 'client') {
		if (showsUnchanged || !equal(draft, target.object)) report.done(target, operation, draft, {typed: true});
		return;
	}

	const changed = change(session, target, one => Object.assign(one, draft), {
		fieldManager: flags.string('field-manager'),
		...(dryRun === 'server' && {dryRun: 'All'}),
	});
	if (changed) report.done(target, operation, changed, {typed: true});
	else if (showsUnchanged) report.done(target, operation, target.object!, {typed: true});
}

/** resource.Info.ObjectName; without a mapping, of a group, with the line break that stands there. */
function objectName({kind, name}: Target, local: boolean): string {
	if (!local) return `${kind.plural}/${name}`;
	return kind.group ? `${kind.kind.toLowerCase()}.${kind.group}/${name}\n` : `${kind.kind.toLowerCase()}/${name}`;
}

/** The pod spec of a draft, or the refusal that names its Go type. */
export function specToChange(draft: KubeObject): any {
	const spec = podSpecOf(draft);
	if (!spec) throw failure(`the object is not a pod or does not have a pod template: ${goTypeOf(draft)}`);
	return spec;
}
