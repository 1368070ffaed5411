import {groupResource} from '../../api/kind.js';
import type {KubeObject} from '../../api/object.js';
import {failure, Failure, Failures, hasReason, usageFailure} from './failure.js';
import {fileFlags, managerFlag, selectorFlag} from './flags/flag.js';
import {withoutManagedFields} from './output/printer.js';
import {toYaml} from './output/yaml-print.js';
import {placed} from './create/create.js';
import {withLastApplied} from './apply/last-applied.js';
import {threeWayJson, threeWayStrategic} from './apply/three-way.js';
import {lastAppliedAnnotation} from './apply/last-applied.js';
import {allowedKinds, leftovers, type Prunable} from './apply/prune.js';
import {structSchema} from '../../api/schema/schema.js';
import {copy} from '../../api/values/plain.js';
import {select} from './resource/select.js';
import {logLine} from './klog.js';
import type {Target} from './resource/target.js';
import type {Call, Verb} from './verb.js';
import {unifiedDiff} from '../text/diff/unified.js';
import {ApiError} from '../../api/status.js';

const diff: Verb = {
	name: 'diff',
	summary: 'Diff the live version against a would-be applied version',
	group: 'Advanced Commands:',
	usage: 'diff -f FILENAME',
	flags: [
		...fileFlags,
		...selectorFlag,
		...managerFlag('kubectl-client-side-apply'),
		['concurrency', 'int', '1'],
		['force-conflicts', 'bool', 'false'],
		['prune', 'bool', 'false'],
		['prune-allowlist', 'array', ''],
		['server-side', 'bool', 'false'],
		['show-managed-fields', 'bool', 'false'],
	],
	// Exit status 1 would mean that there are differences.
	flagFailure: ({message}, path) => failure(message.replace(/\nSee '[^']*' for usage\.$/, `\nSee '${path} -h' for help and examples`), 2),
	*run(call) {
		try {
			const {args, flags, session} = call;
			if (args.length > 0) throw usageFailure(call.path, `Unexpected args: [${args.join(' ')}]`);
			if (flags.list('filename').length === 0 && flags.string('kustomize') === '') throw failure('must specify one of -f and -k');
			if (flags.bool('force-conflicts') && !flags.bool('server-side')) throw failure('--force-conflicts only works with --server-side');
			const allowed = allowedKinds(call);
			const selection = yield* select(call);
			if (selection.errors.length > 0) throw selection.errors[0];
			const found: Difference[] = [];
			for (const target of selection.targets) found.push(differenceOf(call, target));
			if (flags.bool('prune')) {
				const uids = new Set(
					selection.targets.map(target => session.find<KubeObject>(target.kind, target.namespace, target.name)?.metadata.uid),
				);
				for (const one of leftovers(
					call,
					allowed,
					selection.targets.map(({namespace}) => namespace),
				))
					if (!uids.has(one.object.metadata.uid)) found.push(removalOf(call, one));
			}

			const shown = found.filter(({text}) => text !== '').sort((a, b) => (a.name < b.name ? -1 : 1));
			session.out(shown.map(({text}) => text).join(''));
			return shown.length > 0 ? 1 : 0;
		} catch (error) {
			// Exit status 1 means "there are differences": what goes wrong is 2 or more.
			if (error instanceof Failure && error.exitCode === 1)
				throw new Failure(error.message, {exitCode: 2, raw: error.raw, ...(error.status && {status: error.status})});
			if (error instanceof ApiError) throw new Failure(error.message, {exitCode: 2, status: error.status});
			if (error instanceof Failures) throw failure(error.message, 2);
			throw error;
		}
	},
};

export default diff;

/** Of two files of that name, in two folders that `diff` walks by name. */
interface Difference {
	readonly name: string;
	readonly text: string;
}

function differenceOf(call: Call, target: Target): Difference {
	const {session, flags} = call;
	const live = session.find<KubeObject>(target.kind, target.namespace, target.name);
	const merged = settledOn(call, target, live);
	const show = (object: KubeObject | undefined) =>
		object ? toYaml(flags.bool('show-managed-fields') ? object : withoutManagedFields(object)) : '';
	const [before, after] = target.kind.kind === 'Secret' ? masked(live, merged).map(show) : [show(live), show(merged)];
	return between(call, target, before!, after!);
}

/** What `--prune` would take away is shown whole, with who owns which field, and a Secret's data as it is. */
const removalOf = (call: Call, {kind, namespace, object}: Prunable): Difference =>
	between(call, {kind, namespace, name: object.metadata.name}, toYaml(object), '');

function between({session}: Call, {kind, namespace = '', name: objectName}: Target, before: string, after: string): Difference {
	const name = [...(kind.group ? [kind.group] : []), kind.version, kind.kind, namespace, objectName].join('.');
	const random = session.machine.sim.random.fork('kubectl');
	const folders = [`/tmp/LIVE-${random.int(4_000_000_000)}`, `/tmp/MERGED-${random.int(4_000_000_000)}`];
	const text = unifiedDiff(before, after, `${folders[0]}/${name}`, `${folders[1]}/${name}`, session.nowMs);
	return {name, text: text === '' ? '' : `diff -u -N ${folders[0]}/${name} ${folders[1]}/${name}\n${text}`};
}

/** A list item without its merge key cannot be merged; `apply` says so in the same words. */
function patchFor(
	{kind, name}: Target,
	type: Parameters<typeof threeWayStrategic>[3] | undefined,
	original: any,
	wanted: any,
	live: KubeObject,
) {
	try {
		return type ? threeWayStrategic(original, copy(wanted), copy(live), type) : threeWayJson(original, copy(wanted), copy(live));
	} catch (error) {
		throw failure(`error when creating patch for ${groupResource(kind)} ${name}: ${(error as Error).message}`);
	}
}

/** Tries a conflict again, and says so before the last time, which tells of it. */
function settledOn(call: Call, target: Target, live: KubeObject | undefined): KubeObject {
	try {
		return wouldBe(call, target, live);
	} catch (error) {
		const {group, version, kind} = target.kind;
		const type = `${group ? `${group}/` : '/'}${version}, Kind=${kind}`;
		if (hasReason(error, 'Conflict'))
			call.session.err(logLine(call.session, 'W', 'diff.go:723', `Object (${type}: ${target.name}) keeps changing, diffing without lock`));
		throw error;
	}
}

/** Asks the server what an apply would leave, without doing it. */
function wouldBe(call: Call, target: Target, live: KubeObject | undefined): KubeObject {
	const {session, flags} = call;
	const query = {dryRun: 'All', fieldManager: flags.string('field-manager')};
	if (flags.bool('server-side'))
		return session.patch(target.kind, target.namespace, target.name, 'apply', placed(target), {
			...query,
			force: String(flags.bool('force-conflicts')),
		});
	const desired = withLastApplied(placed(target));
	if (!live) {
		const {[lastAppliedAnnotation]: _, ...annotations} = desired.metadata.annotations ?? {};
		const made = session.create<KubeObject>(
			target.kind,
			target.namespace,
			{...desired, metadata: {...desired.metadata, annotations}},
			query,
		);
		return made;
	}

	const text = live.metadata.annotations?.[lastAppliedAnnotation];
	const original = text ? (JSON.parse(text) as Record<string, unknown>) : undefined;
	const type = structSchema(target.kind.schema) ? ({shape: 'struct', name: target.kind.schema} as const) : undefined;
	// The annotation itself is no difference that anybody wants to see.
	const wanted = {
		...desired,
		metadata: {
			...desired.metadata,
			annotations: {...desired.metadata.annotations, ...(text !== undefined ? {[lastAppliedAnnotation]: text} : {})},
		},
	};
	if (text === undefined) delete (wanted.metadata.annotations as Record<string, string>)[lastAppliedAnnotation];
	const patch = patchFor(target, type, original, wanted, live);
	if (Object.keys(patch).length === 0) return live;
	try {
		return session.patch(target.kind, target.namespace, target.name, type ? 'strategic' : 'merge', patch, query);
	} catch (error) {
		if (hasReason(error, 'Conflict')) return live;
		throw error;
	}
}

/** Values of Secrets are shown as stars; changed ones are told apart. */
function masked(live: KubeObject | undefined, merged: KubeObject | undefined): [KubeObject | undefined, KubeObject | undefined] {
	const hide = (object: KubeObject | undefined, other: KubeObject | undefined, word: string) => {
		if (!object?.['data']) return object;
		const data = Object.fromEntries(
			Object.entries(object['data'] as Record<string, string>).map(([key, value]) => [
				key,
				other?.['data']?.[key] !== undefined && other['data'][key] !== value ? `*** (${word})` : '***',
			]),
		);
		return {...object, data};
	};

	return [hide(live, merged, 'before'), hide(merged, live, 'after')];
}
