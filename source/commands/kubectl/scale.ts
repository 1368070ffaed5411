import {recordApart, recordFlag} from './record.js';
import type {KubeObject} from '../../api/object.js';
import {aggregateText, failure, hasReason, throwAll} from './failure.js';
import {allFlag, dryRunFlag, fileFlags, printFlags, selectorFlag} from './flags/flag.js';
import {reportFor} from './output/report.js';
import {dryRunOf} from './resource/dry-run.js';
import type {Steps} from './resource/files.js';
import {select} from './resource/select.js';
import type {Target} from './resource/target.js';
import type {Query} from './session.js';
import type {Call, Verb} from './verb.js';

const scale: Verb = {
	name: 'scale',
	summary: 'Set a new size for a deployment, replica set, or replication controller',
	group: 'Deploy Commands:',
	usage: 'scale [--resource-version=version] [--current-replicas=count] --replicas=COUNT (-f FILENAME | TYPE NAME)',
	flags: [
		...printFlags,
		...fileFlags,
		...selectorFlag,
		...allFlag,
		...dryRunFlag,
		['current-replicas', 'int', '-1'],
		['replicas', 'int', '0'],
		['resource-version', 'string', ''],
		['timeout', 'duration', '0s'],
	],
	hiddenFlags: recordFlag,
	required: ['replicas'],
	*run(call) {
		const {flags} = call;
		const dryRun = dryRunOf(call);
		const replicas = flags.int('replicas');
		if (replicas < 0) throw failure('The --replicas=COUNT flag is required, and COUNT must be greater than or equal to 0');
		if (flags.int('current-replicas') < -1) throw failure('The --current-replicas must specify an integer of -1 or greater');
		const report = reportFor(call, dryRun);
		const selection = yield* select(call, {fetch: true, allowEmpty: flags.bool('all')});
		if (flags.string('resource-version') && selection.targets.length > 1)
			throw failure('cannot use --resource-version with multiple resources');
		if (selection.targets.length === 0) {
			const why = selection.errors.length > 0 ? ` ${aggregateText(selection.errors.map(error => error.message))}` : '';
			throw failure(`no objects passed to scale${why}`);
		}

		// What cannot be found is said at the end; what cannot be scaled ends it.
		for (const target of selection.targets) {
			if (dryRun !== 'client') scaleOne(call, target, replicas, dryRun === 'server');
			recordApart(call, target, dryRun);
			if (flags.durationMs('timeout') !== 0 && dryRun === 'none') yield* waitForScale(call, target, replicas);
			report.done(target, 'scaled', target.object!);
		}

		throwAll(selection.errors);
		return 0;
	},
};

export default scale;

const triesMax = 5;

/** Through the scale subresource, as HPA does; a changed object is read again when nothing was demanded of it. */
function scaleOne({session, flags}: Call, {kind, namespace, name}: Target, replicas: number, serverDryRun: boolean): void {
	const expected = flags.int('current-replicas');
	const version = flags.string('resource-version');
	const query: Query = serverDryRun ? {dryRun: 'All'} : {};
	const checked = expected !== -1 || version !== '';
	if (!checked) {
		session.patch(kind, namespace, name, 'merge', {spec: {replicas}}, query, 'scale');
		return;
	}

	for (let tries = 1; ; tries++) {
		const current = session.get<KubeObject>(kind, namespace, name, {}, 'scale');
		const count = current['spec']?.replicas ?? 0;
		if (expected !== -1 && count !== expected) throw failure(`Expected replicas to be ${expected}, was ${count}`);
		if (version !== '' && current.metadata.resourceVersion !== version)
			throw failure(`Expected resource version to be ${version}, was ${current.metadata.resourceVersion}`);
		try {
			session.update(kind, namespace, name, {...current, spec: {...current['spec'], replicas}}, query, 'scale');
			return;
		} catch (error) {
			if (!hasReason(error, 'Conflict') || tries >= triesMax) throw error;
		}
	}
}

function* waitForScale({session, flags}: Call, {kind, namespace, name}: Target, replicas: number): Steps<void> {
	const endMs = session.nowMs + flags.durationMs('timeout');
	for (;;) {
		const {status, spec} = session.get<KubeObject>(kind, namespace, name, {}, 'scale') as KubeObject & {
			status?: {replicas?: number};
			spec?: {replicas?: number};
		};
		if ((status?.replicas ?? 0) === replicas && (spec?.replicas ?? 0) === replicas) return;
		if (session.nowMs >= endMs) throw failure(`timed out waiting for "${name}" to be synced`);
		yield {sleepMs: 100};
	}
}
