import {recordFlag} from '../record.js';
import {labelSelector} from '../create/small.js';
import {subjectsOf} from '../create/rbac.js';
import {failure} from '../failure.js';
import type {Verb} from '../verb.js';
import {setAll, setFlags, specToChange} from './change-all.js';

export const selector: Verb = {
	name: 'selector',
	summary: 'Set the selector on a resource',
	usage: 'set selector (-f FILENAME | TYPE NAME) EXPRESSIONS [--resource-version=version]',
	flags: [...setFlags.filter(flag => flag[0] !== 'selector' && flag[0] !== 'kustomize'), ['resource-version', 'string', '']],
	hiddenFlags: recordFlag,
	*run(call) {
		const {args, flags} = call;
		const expression = args.at(-1);
		if (expression === undefined) throw failure('one selector is required');
		const parsed = labelSelector(expression);
		yield* setAll(
			call,
			args.slice(0, -1),
			'selector updated',
			(draft, {kind}) => {
				if (draft.kind !== 'Service') throw failure(`setting a selector is only supported for Services`);
				if (parsed.matchExpressions)
					throw failure(`match expression ${goExpressions(parsed.matchExpressions)} not supported on this object`);
				if (flags.string('resource-version')) draft.metadata.resourceVersion = flags.string('resource-version');
				draft['spec'].selector = parsed.matchLabels ?? {};
				void kind;
			},
			'',
		);
		return 0;
	},
};

/** As Go prints a []metav1.LabelSelectorRequirement with %v. */
const goExpressions = (list: readonly any[]): string =>
	`[${list.map(({key, operator, values = []}) => `{${key} ${operator} [${values.join(' ')}]}`).join(' ')}]`;

export const serviceAccount: Verb = {
	name: 'serviceaccount',
	aliases: ['sa'],
	summary: 'Update the service account of a resource',
	usage: 'set serviceaccount (-f FILENAME | TYPE NAME) SERVICE_ACCOUNT',
	flags: setFlags.filter(flag => flag[0] !== 'selector'),
	hiddenFlags: recordFlag,
	*run(call) {
		const name = call.args.at(-1);
		if (name === undefined) throw failure('serviceaccount is required');
		yield* setAll(
			call,
			call.args.slice(0, -1),
			'serviceaccount updated',
			(draft, target) => {
				const spec = specToChange(draft, target, call.flags.bool('local'));
				spec.serviceAccountName = name;
				if (spec.serviceAccount !== undefined) spec.serviceAccount = name;
			},
			'ServiceAccountName ',
		);
		return 0;
	},
};

export const subject: Verb = {
	name: 'subject',
	summary: 'Update the user, group, or service account in a role binding or cluster role binding',
	usage:
		'set subject (-f FILENAME | TYPE NAME) [--user=username] [--group=groupname] [--serviceaccount=namespace:serviceaccountname] [--dry-run=server|client|none]',
	flags: [...setFlags, ['group', 'array', ''], ['serviceaccount', 'array', ''], ['user', 'array', '']],
	*run(call) {
		if (call.args.length === 0 && call.flags.list('filename').length === 0) yield* setAll(call, [], 'subjects updated', () => {});
		const added = subjectsOf(call);
		if (added.length === 0) throw failure('you must specify at least one value of user, group or serviceaccount');
		yield* setAll(
			call,
			call.args,
			'subjects updated',
			draft => {
				const present: any[] = draft['subjects'] ?? [];
				const same = (a: any, b: any) => a.kind === b.kind && a.name === b.name && (a.namespace ?? '') === (b.namespace ?? '');
				draft['subjects'] = [...present, ...added.filter(one => !present.some(other => same(one, other)))];
			},
			'subjects to rolebinding',
		);
		return 0;
	},
};
