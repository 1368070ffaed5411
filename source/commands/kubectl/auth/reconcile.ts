import {covers} from '../../../admission/rbac/authorizer.js';
import type {KubeObject} from '../../../api/object.js';
import {equal} from '../../../api/values/plain.js';
import {ApiError} from '../../../api/status.js';
import {failure} from '../failure.js';
import {dryRunFlag, fileFlags, printFlags} from '../flags/flag.js';
import {reportFor} from '../output/report.js';
import {type DryRun, dryRunOf, writeQuery} from '../resource/dry-run.js';
import {select, visit} from '../resource/select.js';
import type {Target} from '../resource/target.js';
import type {Call, Verb} from '../verb.js';

export const reconcile: Verb = {
	name: 'reconcile',
	summary: 'Reconciles rules for RBAC role, role binding, cluster role, and cluster role binding objects',
	usage: 'auth reconcile -f FILENAME',
	flags: [
		...printFlags,
		...fileFlags,
		...dryRunFlag,
		['remove-extra-permissions', 'bool', 'false'],
		['remove-extra-subjects', 'bool', 'false'],
	],
	*run(call) {
		const {args, flags} = call;
		if (flags.list('filename').length === 0 && flags.string('kustomize') === '') throw failure('must specify one of -f and -k');
		if (args.length > 0) throw failure('no arguments are allowed');
		const dryRun = dryRunOf(call);
		const report = reportFor(call, dryRun);
		const selection = yield* select(call, {typed: true});
		yield* visit(selection, function* (target: Target) {
			if (target.kind.group !== 'rbac.authorization.k8s.io') return;
			const result = target.kind.plural.endsWith('bindings') ? reconcileBinding(call, target) : reconcileRole(call, target);
			if (dryRun === 'none' && !result.isProtected) write(call, target, result, dryRun);
			report.done(target, 'reconciled', result.object);
			tell(call, result);
		});
		return 0;
	},
};

/** What differed, and the object as it should be. Models component-helpers/auth/rbac/reconciliation. */
interface Result {
	readonly object: KubeObject;
	readonly operation: 'none' | 'create' | 'update' | 'recreate';
	/** It says that nobody should keep it up to date. */
	readonly isProtected: boolean;
	readonly missing: readonly any[];
	readonly extra: readonly any[];
	readonly what: 'rules' | 'subjects';
}

function reconcileRole({session, flags}: Call, {kind, namespace, name, object}: Target): Result {
	const wanted = object!;
	const existing = session.find<KubeObject>(kind, namespace, name);
	if (!existing) return created(wanted, 'rules');
	const missing = uncovered(wanted['rules'] ?? [], existing['rules'] ?? []);
	const extra = uncovered(existing['rules'] ?? [], wanted['rules'] ?? []);
	return updated(existing, wanted, 'rules', missing, extra, flags.bool('remove-extra-permissions'));
}

function reconcileBinding({session, flags}: Call, {kind, namespace, name, object}: Target): Result {
	const wanted = object!;
	const existing = session.find<KubeObject>(kind, namespace, name);
	if (!existing) return created(wanted, 'subjects');
	const lacks = (list: readonly any[] = [], other: readonly any[] = []) => list.filter(one => !other.some(each => sameSubject(one, each)));
	const missing = lacks(wanted['subjects'], existing['subjects']);
	const extra = lacks(existing['subjects'], wanted['subjects']);
	const remove = flags.bool('remove-extra-subjects');
	const result = updated(existing, wanted, 'subjects', missing, extra, remove);
	if (equal(normalRef(wanted['roleRef']), normalRef(existing['roleRef']))) return result;
	// What a binding gives cannot be changed: it is made anew.
	const {uid: _, resourceVersion: __, creationTimestamp: ___, managedFields: ____, ...metadata} = result.object.metadata as any;
	return {...result, operation: 'recreate', object: {...result.object, metadata, roleRef: wanted['roleRef']}};
}

const created = (object: KubeObject, what: Result['what']): Result => ({
	object,
	operation: 'create',
	isProtected: false,
	missing: object[what] ?? [],
	extra: [],
	what,
});

function updated(
	existing: KubeObject,
	wanted: KubeObject,
	what: Result['what'],
	missing: readonly any[],
	extra: readonly any[],
	remove: boolean,
): Result {
	const {labels, annotations} = existing.metadata;
	const metadata = {
		...existing.metadata,
		...((labels || wanted.metadata.labels) && {labels: {...wanted.metadata.labels, ...labels}}),
		...((annotations || wanted.metadata.annotations) && {annotations: {...wanted.metadata.annotations, ...annotations}}),
	};
	const differs = missing.length > 0 || (remove && extra.length > 0);
	const list = !differs ? existing[what] : remove ? wanted[what] : [...(existing[what] ?? []), ...missing];
	const isChanged = differs || !equal(metadata, existing.metadata);
	return {
		object: {...existing, metadata, ...(list && {[what]: list})},
		operation: isChanged ? 'update' : 'none',
		isProtected: annotations?.['rbac.authorization.kubernetes.io/autoupdate'] === 'false',
		missing,
		extra: remove ? extra : [],
		what,
	};
}

const sameSubject = (a: any, b: any): boolean =>
	['kind', 'apiGroup', 'name', 'namespace'].every(field => (a[field] ?? '') === (b[field] ?? ''));
const normalRef = ({apiGroup = 'rbac.authorization.k8s.io', kind, name}: any) => ({apiGroup, kind, name});
const nobody = {name: '', groups: []};

/** The smallest parts of some rules that no rule of others allows. */
function uncovered(rules: readonly any[], others: readonly any[]): any[] {
	const allows = (attributes: object) =>
		others.some(rule => covers(rule, {user: nobody, verb: '', group: '', resource: '', ...attributes}));
	return rules.flatMap(({verbs = [], apiGroups = [], resources = [], resourceNames = [], nonResourceURLs = []}: any) =>
		verbs.flatMap((verb: string) => [
			...nonResourceURLs.filter((path: string) => !allows({verb, path})).map((path: string) => ({verbs: [verb], nonResourceURLs: [path]})),
			...apiGroups.flatMap((group: string) =>
				resources.flatMap((resource: string) => {
					const [plural, subresource] = resource.split('/');
					const names: ReadonlyArray<string | undefined> = resourceNames.length > 0 ? resourceNames : [undefined];
					return names
						.filter(name => !allows({verb, group, resource: plural, ...(subresource && {subresource}), ...(name && {name})}))
						.map(name => ({verbs: [verb], apiGroups: [group], resources: [resource], ...(name && {resourceNames: [name]})}));
				}),
			),
		]),
	);
}

function write({session, flags}: Call, {kind, namespace, name}: Target, {object, operation}: Result, dryRun: DryRun): void {
	const query = writeQuery(flags, dryRun);
	if (operation === 'recreate') session.delete(kind, namespace, name, {});
	if (operation === 'update') session.update(kind, namespace, name, object, query);
	if (operation !== 'create' && operation !== 'recreate') return;
	if (operation === 'create' && namespace && kind.namespaced) makeNamespace(session, namespace);
	session.create(kind, namespace, object, query);
}

function makeNamespace(session: Call['session'], name: string): void {
	try {
		session.create(session.kindNamed('namespaces'), undefined, {apiVersion: 'v1', kind: 'Namespace', metadata: {name}});
	} catch (error) {
		if (!(error instanceof ApiError && error.reason === 'AlreadyExists')) throw error;
	}
}

function tell({session}: Call, {operation, isProtected, missing, extra, what}: Result): void {
	if (operation === 'none') return;
	const caption = isProtected ? ', but object opted out (rbac.authorization.kubernetes.io/autoupdate: false)' : '';
	session.err(`\treconciliation required ${operation}${caption}\n`);
	const show = (words: string, list: readonly any[]) => {
		if (list.length > 0) session.err(`\t${words}:\n${list.map(one => `\t\t${goStruct[what](one)}\n`).join('')}`);
	};
	show(`missing ${what} added`, missing);
	show(`extra ${what} removed`, extra);
}

const goList = (list: readonly string[] = []): string => `[${list.join(' ')}]`;

/** As Go prints them with %+v. */
const goStruct = {
	rules: (rule: any) =>
		`{Verbs:${goList(rule.verbs)} APIGroups:${goList(rule.apiGroups)} Resources:${goList(rule.resources)} ResourceNames:${goList(rule.resourceNames)} NonResourceURLs:${goList(rule.nonResourceURLs)}}`,
	subjects: ({kind = '', apiGroup = '', name = '', namespace = ''}: any) =>
		`{Kind:${kind} APIGroup:${apiGroup} Name:${name} Namespace:${namespace}}`,
};
