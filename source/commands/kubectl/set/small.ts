import {copy} from '../../../api/values/plain.js';
import {reportFor} from '../output/report.js';
import {recorded, recordFlag} from '../record.js';
import {dryRunOf} from '../resource/dry-run.js';
import {visit} from '../resource/select.js';
import {labelSelector} from '../create/small.js';
import {subjectsOf} from '../create/rbac.js';
import {failure} from '../failure.js';
import type {Verb} from '../verb.js';
import {bothAllAndSelector, changeAll, changeOne, infosOf, localOnServer, selectAll, setFlags, specToChange} from './change-all.js';

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
		const dryRun = dryRunOf(call);
		const report = reportFor(call, dryRun);
		const selection = yield* selectAll(call, args.slice(0, -1));
		yield* visit(selection, function* (target) {
			const draft = copy(target.object!);
			if (draft.kind !== 'Service') throw failure(`setting a selector is only supported for Services`);
			if (parsed.matchExpressions) throw failure(`match expression ${goExpressions(parsed.matchExpressions)} not supported on this object`);
			if (flags.string('resource-version')) draft.metadata.resourceVersion = flags.string('resource-version');
			draft['spec'].selector = parsed.matchLabels ?? {};
			changeOne(call, target, recorded(call, draft), {operation: 'selector updated', showsUnchanged: true}, report);
		});
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
		if (call.flags.bool('local') && dryRunOf(call) === 'server') throw failure(localOnServer);
		// With --local what is named is left out, not refused.
		const infos = yield* infosOf(call, call.flags.bool('local') ? [] : call.args.slice(0, -1));
		changeAll(call, infos, {
			operation: 'serviceaccount updated',
			patching: 'ServiceAccountName ',
			showsUnchanged: true,
			edit(draft) {
				const spec = specToChange(draft);
				spec.serviceAccountName = name;
				if (spec.serviceAccount !== undefined) spec.serviceAccount = name;
				return true;
			},
		});
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
		const {flags} = call;
		const infos = yield* infosOf(call, call.args);
		if (flags.bool('local') && dryRunOf(call) === 'server') throw failure(localOnServer);
		if (flags.bool('all') && flags.string('selector') !== '') throw failure(bothAllAndSelector);
		const accounts = flags.list('serviceaccount');
		if ([flags.list('user'), flags.list('group'), accounts].every(list => list.length === 0))
			throw failure('you must specify at least one value of user, group or serviceaccount');
		for (const account of accounts) {
			const [namespace, name, ...rest] = account.split(':');
			if (!name || rest.length > 0) throw failure('serviceaccount must be <namespace>:<name>');
			if (namespace === '' && infos.some(({object}) => object?.kind === 'ClusterRoleBinding'))
				throw failure('serviceaccount must be <namespace>:<name>, namespace must be specified');
		}

		const added = subjectsOf(call, call.session.namespace);
		changeAll(call, infos, {
			operation: 'subjects updated',
			patching: 'subjects to rolebinding: ',
			edit(draft) {
				if (!['RoleBinding', 'ClusterRoleBinding'].includes(draft.kind))
					throw failure('setting subjects is only supported for RoleBinding/ClusterRoleBinding');
				const present: any[] = draft['subjects'] ?? [];
				const same = (a: any, b: any) => a.kind === b.kind && a.name === b.name && (a.namespace ?? '') === (b.namespace ?? '');
				const missing = added.filter(one => !present.some(other => same(one, other)));
				draft['subjects'] = [...present, ...missing];
				return missing.length > 0;
			},
		});
		return 0;
	},
};
