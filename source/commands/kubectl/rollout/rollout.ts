import {groupResource} from '../../../api/kind.js';
import type {KubeObject} from '../../../api/object.js';
import {rfc3339} from '../../../api/values/time.js';
import {alignTabs} from '../../../kinds/describe/tabwriter.js';
import {describePodTemplate} from '../../../kinds/describe/pod-template.js';
import {failure} from '../failure.js';
import {dryRunFlag, fileFlags, managerFlag, printFlags, selectorFlag} from '../flags/flag.js';
import {printerFor} from '../output/printer.js';
import {reportFor} from '../output/report.js';
import {dryRunOf} from '../resource/dry-run.js';
import type {Steps} from '../resource/files.js';
import {select, visit, type Selection} from '../resource/select.js';
import {quotedResource, nameWithKind, type Target} from '../resource/target.js';
import {change} from '../resource/change.js';
import type {Call, Verb} from '../verb.js';
import {asTyped} from '../output/typed.js';
import {checkHistory, type Revision, revisionsOf} from './history.js';
import {rolloutStatus} from './status.js';
import {undo} from './undo.js';

function* targetsOf(call: Call): Steps<Selection> {
	const hasFiles = call.flags.list('filename').length > 0 || call.flags.string('kustomize') !== '';
	if (call.args.length === 0 && !hasFiles) throw failure('required resource not specified');
	return yield* select(call, {fetch: true, latest: true, allowEmpty: true, typed: true});
}

/** Those that say so when nothing matches. */
function* someTargetsOf(call: Call): Steps<Selection> {
	const selection = yield* targetsOf(call);
	if (selection.targets.length === 0 && selection.errors.length === 0)
		call.session.err(`No resources found in ${call.session.namespace} namespace.\n`);
	return selection;
}

const history: Verb = {
	name: 'history',
	summary: 'View rollout history',
	usage: 'rollout history (TYPE NAME | TYPE/NAME) [flags]',
	flags: [...printFlags, ...fileFlags, ...selectorFlag, ['revision', 'int', '0']],
	*run(call) {
		const {session, flags} = call;
		const revision = flags.int('revision');
		if (revision < 0) throw failure(`revision must be a positive integer: ${revision}`);
		const printer = printerFor(session, flags);
		yield* visit(yield* targetsOf(call), function* (target) {
			checkHistory(target.object!, 'history');
			const revisions = revisionsOf(session, target.object!);
			const show = ({object}: Revision) =>
				printer!.print(asTyped(object, session.api.kindOf(object.apiVersion, object.kind)!.schema), {typed: true});
			if (revision > 0) {
				const found = revisions.find(one => one.number === revision);
				if (!found) throw failure('unable to find the specified revision');
				session.out(
					printer
						? show(found)
						: `${nameWithKind(target.kind, target.name)} with revision #${revision}\n${describePodTemplate(found.template, found.changeCause)}\n`,
				);
			} else if (printer) for (const one of revisions) session.out(show(one));
			else {
				const rows = revisions.map(one => `${one.number}\t${one.changeCause || '<none>'}\n`).join('');
				session.out(`${nameWithKind(target.kind, target.name)} \n${alignTabs(`REVISION\tCHANGE-CAUSE\n${rows}`)}\n`);
			}
		});
		return 0;
	},
};

/** `pause` and `resume`: one field of a Deployment. */
const pausing = (name: 'pause' | 'resume', summary: string, paused: boolean): Verb => ({
	name,
	summary,
	usage: `rollout ${name} RESOURCE`,
	flags: [...printFlags, ...fileFlags, ...selectorFlag, ...managerFlag('kubectl-rollout')],
	*run(call) {
		const {session, flags} = call;
		const report = reportFor(call, 'none', {late: true});
		yield* visit(yield* someTargetsOf(call), function* (target) {
			const object = target.object!;
			const named = quotedResource(target.kind, target.name);
			if (object.kind !== 'Deployment') throw failure(`error: ${named} ${paused ? 'pausing' : 'resuming'} is not supported`);
			if (Boolean(object['spec'].paused) === paused) throw failure(`error: ${named} is ${paused ? 'already' : 'not'} paused`);
			const edit = (draft: KubeObject) => {
				if (paused) draft['spec'].paused = true;
				else delete draft['spec'].paused;
			};
			report.done(target, `${name}d`, change(session, target, edit, {fieldManager: flags.string('field-manager')}) ?? object, {
				typed: true,
			});
		});
		return 0;
	},
});

const restart: Verb = {
	name: 'restart',
	summary: 'Restart a resource',
	usage: 'rollout restart RESOURCE',
	flags: [...printFlags, ...fileFlags, ...selectorFlag, ...managerFlag('kubectl-rollout')],
	*run(call) {
		const {session, flags} = call;
		const report = reportFor(call, 'none', {late: true});
		yield* visit(yield* someTargetsOf(call), function* (target) {
			const object = target.object!;
			const named = quotedResource(target.kind, target.name);
			if (!['Deployment', 'DaemonSet', 'StatefulSet'].includes(object.kind)) throw failure(`error: ${named} restarting is not supported`);
			if (object['spec'].paused) throw failure(`error: ${named} can't restart paused deployment (run rollout resume first)`);
			const at = rfc3339(session.nowMs);
			const edit = (draft: KubeObject) => {
				const template = draft['spec'].template;
				template.metadata = {
					...template.metadata,
					annotations: {...template.metadata?.annotations, 'kubectl.kubernetes.io/restartedAt': at},
				};
			};
			const changed = change(session, target, edit, {fieldManager: flags.string('field-manager')});
			if (!changed)
				throw failure(
					`failed to create patch for ${target.name}: if restart has already been triggered within the past second, please wait before attempting to trigger another`,
				);
			report.done(target, 'restarted', changed, {typed: true});
		});
		return 0;
	},
};

const status: Verb = {
	name: 'status',
	summary: 'Show the status of the rollout',
	usage: 'rollout status (TYPE NAME | TYPE/NAME) [flags]',
	flags: [...fileFlags, ...selectorFlag, ['revision', 'int', '0'], ['timeout', 'duration', '0s'], ['watch', 'bool', 'true', 'w']],
	*run(call) {
		const revision = call.flags.int('revision');
		if (revision < 0) throw failure(`revision must be a positive integer: ${revision}`);
		yield* visit(yield* someTargetsOf(call), target => follow(call, target, revision));
		return 0;
	},
};

const lookEveryMs = 100;

/** Says how far it is at once and after each change, until it is done. */
function* follow({session, flags}: Call, target: Target, revision: number): Steps<void> {
	const first = rolloutStatus(target.object!, revision);
	session.out(first.text);
	if (first.done || !flags.bool('watch')) return;
	const queue: KubeObject[] = [];
	let deleted = false;
	const stop = session.api.watch(groupResource(target.kind), event => {
		if (event.object.metadata.name !== target.name || event.object.metadata.namespace !== target.namespace) return;
		if (event.type === 'DELETED') deleted = true;
		else queue.push(event.object);
	});
	try {
		const timeoutMs = flags.durationMs('timeout');
		const endMs = session.nowMs + (timeoutMs > 0 ? timeoutMs : Number.POSITIVE_INFINITY);
		for (;;) {
			for (const object of queue.splice(0)) {
				const now = rolloutStatus(object, revision);
				session.out(now.text);
				if (now.done) return;
			}

			if (deleted) throw failure('object has been deleted');
			if (session.nowMs >= endMs) throw failure('timed out waiting for the condition');
			yield {sleepMs: Math.min(lookEveryMs, endMs - session.nowMs)};
		}
	} finally {
		stop();
	}
}

const undoing: Verb = {
	name: 'undo',
	summary: 'Undo a previous rollout',
	usage: 'rollout undo (TYPE NAME | TYPE/NAME) [flags]',
	flags: [...printFlags, ...fileFlags, ...selectorFlag, ...dryRunFlag, ['to-revision', 'int', '0']],
	*run(call) {
		const {session, flags} = call;
		const dryRun = dryRunOf(call);
		const report = reportFor(call, dryRun, {late: true});
		yield* visit(yield* targetsOf(call), function* (target) {
			report.done(target, undo(session, target, flags.int('to-revision'), dryRun), target.object!, {typed: true});
		});
		return 0;
	},
};

const rollout: Verb = {
	name: 'rollout',
	summary: 'Manage the rollout of a resource',
	group: 'Deploy Commands:',
	usage: 'rollout SUBCOMMAND',
	bare: {stream: 'out', exitCode: 1},
	flags: [],
	verbs: [
		history,
		pausing('pause', 'Mark the provided resource as paused', true),
		restart,
		pausing('resume', 'Resume a paused resource', false),
		status,
		undoing,
	],
};

export default rollout;
