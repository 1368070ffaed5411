import type {KubeObject} from '../../../api/object.js';
import {failure, notSimulated, hasReason} from '../failure.js';
import {allFlag, allNamespacesFlag, fieldSelectorFlag, printFlags, selectorFlag} from '../flags/flag.js';
import {printerFor} from '../output/printer.js';
import type {Steps} from '../resource/files.js';
import {select, visit, type Selection} from '../resource/select.js';
import {nameWithKind, type Target} from '../resource/target.js';
import type {Call, Verb} from '../verb.js';
import {conditionFor, type Condition} from './conditions.js';

const wait: Verb = {
	name: 'wait',
	summary: 'Experimental: Wait for a specific condition on one or many resources',
	group: 'Advanced Commands:',
	usage:
		"wait ([-f FILENAME] | resource.group/resource.name | resource.group [(-l label | --all)]) [--for=create|--for=delete|--for condition=available|--for=jsonpath='{}'[=value]]",
	flags: [
		...printFlags,
		['filename', 'strings', '', 'f'],
		['recursive', 'bool', 'true', 'R'],
		...selectorFlag,
		...fieldSelectorFlag,
		...allFlag,
		...allNamespacesFlag,
		['for', 'string', ''],
		['local', 'bool', 'false'],
		['timeout', 'duration', '30s'],
	],
	*run(call) {
		if (call.flags.bool('local')) throw notSimulated('kubectl wait --local');
		const {flags, session} = call;
		const condition = conditionFor(flags.string('for'));
		const timeoutMs = flags.durationMs('timeout');
		const endMs = session.nowMs + (timeoutMs < 0 ? 7 * 24 * 3_600_000 : timeoutMs);
		if (condition.kind === 'create') yield* untilCreated(call, endMs);
		const selection = yield* select(call, {
			fetch: condition.kind !== 'delete',
			latest: condition.kind !== 'delete',
			allowEmpty: flags.bool('all'),
		});
		if (selection.targets.length === 0 && selection.errors.length === 0) {
			if (condition.kind === 'delete' && call.args.length > 0 && !selection.single) return 0;
			throw failure('no matching resources found');
		}

		yield* waitForAll(call, selection, condition, endMs);
		return 0;
	},
};

export default wait;

/** How often the object is looked at, in virtual time. */
const lookEveryMs = 100;

function* untilCreated(call: Call, endMs: number): Steps<void> {
	for (;;) {
		try {
			const selection = yield* select(call, {fetch: true, latest: true, allowEmpty: call.flags.bool('all')});
			const [error] = selection.errors;
			if (!error && selection.targets.length > 0) return;
			if (error && !hasReason(error, 'NotFound')) throw error;
		} catch (error) {
			if (!hasReason(error, 'NotFound')) throw error;
		}

		if (call.session.nowMs >= endMs) throw failure('timed out waiting for the condition');
		yield {sleepMs: lookEveryMs};
	}
}

function* waitForAll(call: Call, selection: Selection, condition: Condition, endMs: number): Steps<void> {
	const {session, flags} = call;
	const printer = printerFor(session, flags);
	yield* visit(selection, function* (target) {
		const last = yield* waitForOne(call, target, condition, endMs);
		if (last) session.out(printer ? printer.print(last) : `${nameWithKind(target.kind, target.name)} condition met\n`);
	});
}

/** The object as it was when the condition held; nothing when it had gone before anybody looked. */
function* waitForOne({session, flags}: Call, target: Target, condition: Condition, endMs: number): Steps<KubeObject | undefined> {
	const tooLate = () => failure(`timed out waiting for the condition on ${target.kind.plural}/${target.name}`);
	// The time is that of all together: once it is over, nobody looks at the next.
	if (session.nowMs >= endMs && flags.durationMs('timeout') !== 0) throw tooLate();
	let seen: KubeObject | undefined;
	for (;;) {
		const present = session.find(target.kind, target.namespace, target.name);
		if (condition.kind === 'delete') {
			if (!present || (seen && present.metadata.uid !== seen.metadata.uid)) return seen;
			seen = present;
		} else {
			if (!present && seen) throw failure(`the server could not find the requested resource (get ${target.kind.plural} ${target.name})`);
			if (present) {
				if (condition.kind === 'create' || condition.holds(present)) return present;
				seen = present;
			}
		}

		// Without any time to wait nothing times out.
		if (flags.durationMs('timeout') === 0) throw failure(`condition not met for ${target.kind.plural}/${target.name}`);
		if (session.nowMs >= endMs) throw tooLate();
		yield {sleepMs: Math.min(lookEveryMs, endMs - session.nowMs)};
	}
}
