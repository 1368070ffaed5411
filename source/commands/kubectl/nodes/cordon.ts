import type {Run} from '../../../shell/command.js';
import {failure, usageFailure} from '../failure.js';
import {dryRunFlag, selectorFlag} from '../flags/flag.js';
import {type DryRun, dryRunOf} from '../resource/dry-run.js';
import {selectNamed} from '../resource/select.js';
import {nameWithKind, type Target, versionedResource} from '../resource/target.js';
import {throwAll} from '../failure.js';
import type {Session} from '../session.js';
import type {Call, Verb} from '../verb.js';

/** Nodes named on the line, or chosen by a selector. */
export function nodesOf(call: Call, verb: string): Target[] {
	const {args, flags, session, path} = call;
	const selector = flags.string('selector');
	if (args.length === 0 && selector === '') throw usageFailure(path, `USAGE: ${verb} NODE [flags]`);
	if (args.length > 0 && selector !== '') throw usageFailure(path, 'error: cannot specify both a node name and a --selector option');
	const words = args.length > 0 ? args.map(arg => (arg.includes('/') ? arg : `node/${arg}`)) : ['nodes'];
	const {targets, errors} = selectNamed(session, words, {fetch: true, selector, typed: true});
	if (new Set(targets.map(({kind}) => kind)).size > 1) throw failure('you may only specify a single resource type');
	const stranger = targets.find(({kind}) => kind.kind !== 'Node');
	if (stranger) throw failure(`error: expected resource of type node, got "${versionedResource(stranger.kind)}"`);
	throwAll(errors);
	return [...targets];
}

/** Changes `spec.unschedulable`; answers the word for what was done. */
export function setUnschedulable(session: Session, {kind, name, object}: Target, wanted: boolean, dryRun: DryRun): string {
	const word = wanted ? 'cordoned' : 'uncordoned';
	if (Boolean(object!['spec'].unschedulable) === wanted) return `already ${word}`;
	if (dryRun !== 'client')
		session.patch(
			kind,
			undefined,
			name,
			'strategic',
			{spec: {unschedulable: wanted ? true : null}},
			dryRun === 'server' ? {dryRun: 'All'} : {},
		);
	return word;
}

const suffixes = {none: '', client: ' (dry run)', server: ' (server dry run)'} as const;

function* cordonAll(call: Call, wanted: boolean): Run {
	const dryRun = dryRunOf(call);
	for (const target of nodesOf(call, wanted ? 'cordon' : 'uncordon')) {
		const word = setUnschedulable(call.session, target, wanted, dryRun);
		call.session.out(`${nameWithKind(target.kind, target.name)} ${word}${suffixes[dryRun]}\n`);
	}

	return 0;
}

export const cordon: Verb = {
	name: 'cordon',
	summary: 'Mark node as unschedulable',
	group: 'Cluster Management Commands:',
	usage: 'cordon NODE',
	flags: [...dryRunFlag, ...selectorFlag],
	run: call => cordonAll(call, true),
};

export const uncordon: Verb = {
	name: 'uncordon',
	summary: 'Mark node as schedulable',
	group: 'Cluster Management Commands:',
	usage: 'uncordon NODE',
	flags: [...dryRunFlag, ...selectorFlag],
	run: call => cordonAll(call, false),
};
