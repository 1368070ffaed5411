import {failure, rawFailure} from '../failure.js';
import type {Flag} from '../flags/flag.js';
import type {Call} from '../verb.js';
import {type Generator, meta} from './generator.js';

const roleFlags: readonly Flag[] = [
	['resource', 'strings', ''],
	['resource-name', 'array', ''],
	['verb', 'strings', ''],
];
const subjectFlags: readonly Flag[] = [
	['group', 'array', ''],
	['serviceaccount', 'array', ''],
	['user', 'array', ''],
];
const apiVersion = 'rbac.authorization.k8s.io/v1';
const apiGroup = 'rbac.authorization.k8s.io';
const resourceVerbs = new Set([
	'*',
	'get',
	'delete',
	'list',
	'create',
	'update',
	'patch',
	'watch',
	'proxy',
	'deletecollection',
	'use',
	'bind',
	'escalate',
	'impersonate',
]);
const nonResourceVerbs = new Set(['*', 'get', 'head', 'options', 'put', 'post', 'patch', 'delete']);

function verbsOf(call: Call): string[] {
	const verbs = [...new Set(call.flags.list('verb'))];
	return verbs.includes('*') ? ['*'] : verbs;
}

interface AskedResource {
	readonly group: string;
	readonly resource: string;
}

/** `deployments.apps/scale` */
function resourcesOf(call: Call, verbs: readonly string[]): AskedResource[] {
	return call.flags.list('resource').map(text => {
		const parts = text.split('/');
		if (parts.length > 2 || parts[0] === '') throw failure(`unrecognized resource/subresource format: ${text}`);
		const [type = '', subresource] = parts as [string, string?];
		if (type === '*' && subresource === undefined) return {group: '', resource: '*'};
		const kind = call.session.api.findKind(type);
		const [plural = '', ...rest] = type.split('.');
		if (plural === '*') return {group: rest.join('.'), resource: subresource ? `*/${subresource}` : '*'};
		const special = isSpecial(verbs, kind ?? {plural, group: rest.join('.')});
		if (!kind && special) return {group: rest.join('.'), resource: type};
		if (!kind)
			throw rawFailure(`the server doesn't have a resource type "${plural}"${rest.length > 0 ? ` in group "${rest.join('.')}"` : ''}`);

		return {group: kind.group, resource: subresource ? `${kind.plural}/${subresource}` : kind.plural};
	});
}

/** Verbs that make sense for few resources only (specialVerbs of create_role.go). */
const specialVerbs: Readonly<Record<string, readonly string[]>> = {
	use: ['policy/podsecuritypolicies', 'extensions/podsecuritypolicies'],
	bind: ['rbac.authorization.k8s.io/roles', 'rbac.authorization.k8s.io/clusterroles'],
	escalate: ['rbac.authorization.k8s.io/roles', 'rbac.authorization.k8s.io/clusterroles'],
	impersonate: ['/users', '/serviceaccounts', '/groups', 'authentication.k8s.io/userextras'],
};

/** Nobody serves users or groups; to impersonate them is a rule nonetheless. */
function isSpecial(verbs: readonly string[], {plural, group}: {plural: string; group: string}): boolean {
	const special = verbs.filter(verb => verb in specialVerbs);
	const refused = special.find(verb => !specialVerbs[verb]!.includes(`${group}/${plural}`));
	if (refused !== undefined) throw failure(`can not perform '${refused}' on '${plural}' in group '${group}'`);
	return special.length > 0;
}

/** One rule a group, in the order of first mention. */
function rules(call: Call, verbs: readonly string[], resources: readonly AskedResource[]) {
	const names = call.flags.list('resource-name');
	const groups = [...new Set(resources.map(({group}) => group))];
	return groups.map(group => ({
		verbs,
		apiGroups: [group],
		resources: [...new Set(resources.filter(one => one.group === group).map(one => one.resource))],
		...(names.length > 0 && {resourceNames: [...new Set(names)]}),
	}));
}

function warnAboutVerbs(call: Call, verbs: readonly string[], known: ReadonlySet<string>, what: string): void {
	for (const verb of verbs) if (!known.has(verb)) call.session.err(`Warning: '${verb}' is not a standard ${what} verb\n`);
}

export const role: Generator = {
	name: 'role',
	summary: 'Create a role with single rule',
	usage: 'role NAME --verb=verb --resource=resource.group/subresource [--resource-name=resourcename] [--dry-run=server|client|none]',
	flags: roleFlags,
	resource: 'roles.rbac.authorization.k8s.io',
	make(call, name) {
		const verbs = verbsOf(call);
		if (verbs.length === 0) throw failure('at least one verb must be specified');
		warnAboutVerbs(call, verbs, resourceVerbs, 'resource');
		const resources = resourcesOf(call, verbs);
		if (resources.length === 0) throw failure('at least one resource must be specified');
		return {kind: 'Role', apiVersion, metadata: meta(name), rules: rules(call, verbs, resources)};
	},
};

export const clusterRole: Generator = {
	name: 'clusterrole',
	summary: 'Create a cluster role',
	usage: 'clusterrole NAME --verb=verb --resource=resource.group [--resource-name=resourcename] [--dry-run=server|client|none]',
	flags: [...roleFlags, ['aggregation-rule', 'settings', ''], ['non-resource-url', 'strings', '']],
	resource: 'clusterroles.rbac.authorization.k8s.io',
	make(call, name) {
		const verbs = verbsOf(call);
		const urls = call.flags.list('non-resource-url');
		const aggregation = call.flags.list('aggregation-rule');
		if (aggregation.length > 0) {
			if (verbs.length + urls.length + call.flags.list('resource').length > 0)
				throw failure('aggregation rule must be specified without nonResourceURLs, verbs, resources or resourceNames');
			const matchLabels = Object.fromEntries(aggregation.map(labelPair));
			return {kind: 'ClusterRole', apiVersion, metadata: meta(name), aggregationRule: {clusterRoleSelectors: [{matchLabels}]}, rules: null};
		}

		if (verbs.length === 0) throw failure('at least one verb must be specified');
		const resources = resourcesOf(call, verbs);
		if (resources.length === 0 && urls.length === 0) throw failure('one of resource or nonResourceURL must be specified');
		if (resources.length > 0) warnAboutVerbs(call, verbs, resourceVerbs, 'resource');
		const strange = urls.length > 0 ? verbs.find(verb => !nonResourceVerbs.has(verb)) : undefined;
		if (strange !== undefined) throw failure(`invalid verb: '${strange}' for nonResourceURL`);
		if (urls.some(url => url !== '*' && !url.startsWith('/'))) throw failure('nonResourceURL should start with /');
		if (urls.some(url => url.slice(0, -1).includes('*')))
			throw failure(`nonResourceURL only supports wildcard matches when '*' is at the end`);
		const urlRules = urls.length > 0 ? [{verbs, nonResourceURLs: urls}] : [];
		return {kind: 'ClusterRole', apiVersion, metadata: meta(name), rules: [...rules(call, verbs, resources), ...urlRules]};
	},
};

function labelPair(pair: string): [string, string] {
	const equals = pair.indexOf('=');
	return [pair.slice(0, equals).trim(), pair.slice(equals + 1).trim()];
}

/** Users and groups are sets; accounts are `namespace:name`. */
/** `ownNamespace`: where a service account is that is named without one; absent: it must be named. */
export function subjectsOf(call: Call, ownNamespace?: string): Array<Record<string, string>> {
	const {flags} = call;
	const sortedSet = (name: string) => [...new Set(flags.list(name))].sort();
	return [
		...sortedSet('user').map(name => ({kind: 'User', apiGroup, name})),
		...sortedSet('group').map(name => ({kind: 'Group', apiGroup, name})),
		...sortedSet('serviceaccount').map(text => {
			const parts = text.split(':');
			const namespace = parts[0] || ownNamespace;
			if (parts.length !== 2 || !parts[1] || !namespace) throw failure('serviceaccount must be <namespace>:<name>');
			return {kind: 'ServiceAccount', name: parts[1], namespace};
		}),
	];
}

const withSubjects = (call: Call) => {
	const subjects = subjectsOf(call);
	return subjects.length > 0 ? {subjects} : {};
};

export const roleBinding: Generator = {
	name: 'rolebinding',
	summary: 'Create a role binding for a particular role or cluster role',
	usage:
		'rolebinding NAME --clusterrole=NAME|--role=NAME [--user=username] [--group=groupname] [--serviceaccount=namespace:serviceaccountname] [--dry-run=server|client|none]',
	flags: [...subjectFlags, ['clusterrole', 'string', ''], ['role', 'string', '']],
	resource: 'rolebindings.rbac.authorization.k8s.io',
	failure: 'failed to create rolebinding: ',
	make(call, name) {
		const [clusterRoleName, roleName] = [call.flags.string('clusterrole'), call.flags.string('role')];
		if ((clusterRoleName === '') === (roleName === '')) throw failure('exactly one of clusterrole or role must be specified');
		const roleRef = {apiGroup, kind: roleName ? 'Role' : 'ClusterRole', name: roleName || clusterRoleName};
		return {kind: 'RoleBinding', apiVersion, metadata: meta(name), ...withSubjects(call), roleRef};
	},
};

export const clusterRoleBinding: Generator = {
	name: 'clusterrolebinding',
	summary: 'Create a cluster role binding for a particular cluster role',
	usage:
		'clusterrolebinding NAME --clusterrole=NAME [--user=username] [--group=groupname] [--serviceaccount=namespace:serviceaccountname] [--dry-run=server|client|none]',
	flags: [...subjectFlags, ['clusterrole', 'string', '']],
	required: ['clusterrole'],
	resource: 'clusterrolebindings.rbac.authorization.k8s.io',
	failure: 'failed to create clusterrolebinding: ',
	make: (call, name) => ({
		kind: 'ClusterRoleBinding',
		apiVersion,
		metadata: meta(name),
		...withSubjects(call),
		roleRef: {apiGroup, kind: 'ClusterRole', name: call.flags.string('clusterrole')},
	}),
};
