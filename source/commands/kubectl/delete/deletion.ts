import {failure} from '../failure.js';
import type {DryRun} from '../resource/dry-run.js';
import type {Target} from '../resource/target.js';
import type {Session} from '../session.js';
import type {Call} from '../verb.js';

/** How objects are removed: the flags that delete, replace, apply and run share. */
export interface Deletion {
	readonly gracePeriodSeconds: number | undefined;
	readonly propagationPolicy: 'Background' | 'Foreground' | 'Orphan';
	readonly force: boolean;
}

export function deletionOf({flags, session}: Call): Deletion {
	const cascade = cascadeOf(flags.string('cascade'), text => session.err(text));
	const force = flags.bool('force');
	let grace = flags.int('grace-period');
	const now = flags.has('now') && flags.bool('now');
	if (now) {
		if (grace !== -1) throw failure('--now and --grace-period cannot be specified together');
		grace = 1;
	}

	if (grace === 0 && !force) grace = 1;
	if (force && grace < 0) grace = 0;
	return {gracePeriodSeconds: grace < 0 ? undefined : grace, propagationPolicy: cascade, force};
}

export function checkForce({gracePeriodSeconds, force}: Deletion): void {
	if (force && gracePeriodSeconds !== undefined && gracePeriodSeconds > 0)
		throw failure('--force and --grace-period greater than 0 cannot be specified together');
}

/** The same, with a word about what force means. */
export function checkDeletion({session}: Call, deletion: Deletion): void {
	checkForce(deletion);
	if (deletion.force && deletion.gracePeriodSeconds === 0) {
		session.err(
			'Warning: Immediate deletion does not wait for confirmation that the running resource has been terminated. The resource may continue to run on the cluster indefinitely.\n',
		);
	}
}

const bools: Readonly<Record<string, string>> = {
	1: 'background',
	t: 'background',
	true: 'background',
	0: 'orphan',
	f: 'orphan',
	false: 'orphan',
};

function cascadeOf(value: string, warn: (text: string) => void): Deletion['propagationPolicy'] {
	const known = {background: 'Background', foreground: 'Foreground', orphan: 'Orphan'} as const;
	if (value in known) return known[value as keyof typeof known];
	const meant = bools[value.toLowerCase()];
	if (!meant) throw failure(`invalid cascade value (${value}). Must be "background", "foreground", or "orphan"`);
	warn(`warning: --cascade=${value} is deprecated (boolean value) and can be replaced with --cascade=${meant}.\n`);
	return known[meant as keyof typeof known];
}

/** Sends the request; the answer is the uid of what is going away. */
export function deleteTarget(
	session: Session,
	{kind, namespace, name}: Target,
	{gracePeriodSeconds, propagationPolicy}: Deletion,
	dryRun: DryRun = 'none',
): string | undefined {
	if (kind.namespaced && namespace === undefined) throw failure('an empty namespace may not be set when a resource name is provided');
	const body = {
		kind: 'DeleteOptions',
		apiVersion: 'v1',
		...(gracePeriodSeconds !== undefined && {gracePeriodSeconds}),
		propagationPolicy,
		...(dryRun === 'server' && {dryRun: ['All']}),
	};
	const answer = session.delete(kind, namespace, name, body, dryRun === 'server' ? {dryRun: 'All'} : {});
	return answer?.metadata?.uid ?? answer?.details?.uid;
}
