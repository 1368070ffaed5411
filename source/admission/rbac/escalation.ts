import type {Admission, AdmissionRequest} from '../../api/admission.js';
import {forbidden, notFound} from '../../api/errors.js';
import type {KubeObject} from '../../api/object.js';
import {equal} from '../../api/values/plain.js';
import {authorizer, covers} from './authorizer.js';
import {rulesFor} from './rules.js';

/**
 * Nobody grants more than they have, unless they may `escalate` roles, or `bind` the role they give. The real server checks this around
 * the storage of the four kinds: pkg/registry/rbac/*\/policybased, and ConfirmNoEscalation in pkg/registry/rbac/validation/rule.go.
 */
const group = 'rbac.authorization.k8s.io';
const everything = [
	{apiGroups: ['*'], resources: ['*'], verbs: ['*']},
	{nonResourceURLs: ['*'], verbs: ['*']},
];

export default {
	name: 'RBACEscalation',
	resources: ['roles', 'clusterroles', 'rolebindings', 'clusterrolebindings'].map(plural => `${plural}.${group}`),
	operations: ['create', 'update'],
	admit(request) {
		const {draft, old, user, reader, kind} = request;
		if (!draft || (old && sameGrant(draft, old))) return;
		const binds = draft.kind.endsWith('Binding');
		const attributes = binds ? bindAttributes(draft) : {verb: 'escalate', group, resource: kind.plural, name: request.name};
		if (authorizer.authorize({user, ...attributes, ...(request.namespace && {namespace: request.namespace})}, reader).allowed) return;
		const missing = missingRights(request, binds ? boundRules(request) : grantedRules(draft));
		if (missing.length === 0) return;
		const groups = `[${user.groups.map(name => JSON.stringify(name)).join(' ')}]`;
		const why = `user ${JSON.stringify(user.name)} (groups=${groups}) is attempting to grant RBAC permissions not currently held:\n${missing.join('\n')}`;
		throw forbidden(kind, request.name, why);
	},
} satisfies Admission;

const granting = ['rules', 'aggregationRule', 'roleRef', 'subjects'];
const sameGrant = (draft: KubeObject, old: KubeObject): boolean => granting.every(field => equal(draft[field], old[field]));
const grantedRules = (role: KubeObject): readonly any[] => (role['aggregationRule'] ? everything : (role['rules'] ?? []));
const pluralOf = (kind: string): string => (kind === 'Role' ? 'roles' : 'clusterroles');

const bindAttributes = ({roleRef}: KubeObject) => ({verb: 'bind', group, resource: pluralOf(roleRef?.kind), name: roleRef?.name});

function boundRules({draft, reader, namespace}: AdmissionRequest): readonly any[] {
	const {kind, name} = draft!['roleRef'] ?? {};
	const plural = pluralOf(kind);
	const role = reader.find<KubeObject>(`${plural}.${group}`, kind === 'Role' ? namespace : undefined, name);
	if (!role) throw notFound({group, plural}, name);
	return role['rules'] ?? [];
}

/** One line for each resource or path, with all verbs that the user does not have for it. */
function missingRights({user, namespace, reader}: AdmissionRequest, wanted: readonly any[]): string[] {
	const held = [...rulesFor(user, namespace, reader)].map(({rule}) => rule);
	const lines = new Map<string, string[]>();
	for (const {verbs = [], apiGroups = [], resources = [], resourceNames = [], nonResourceURLs = []} of wanted) {
		const note = (start: string, verb: string) => lines.set(start, [...(lines.get(start) ?? []), verb]);
		for (const verb of verbs) {
			for (const path of nonResourceURLs)
				if (!held.some(rule => covers(rule, {user, verb, group: '', resource: '', path}))) note(`NonResourceURLs:[${quoted(path)}]`, verb);
			for (const apiGroup of apiGroups)
				for (const full of resources)
					for (const name of resourceNames.length > 0 ? resourceNames : [undefined]) {
						const [resource, subresource] = full.split('/');
						const asked = {user, verb, group: apiGroup, resource, ...(subresource && {subresource}), ...(name && {name})};
						if (held.some(rule => covers(rule, asked))) continue;
						const names = name === undefined ? '' : `, ResourceNames:[${quoted(name)}]`;
						note(`APIGroups:[${quoted(apiGroup)}], Resources:[${quoted(full)}]${names}`, verb);
					}
		}
	}

	return [...lines].map(([start, verbs]) => `{${start}, Verbs:[${verbs.map(quoted).join(' ')}]}`).sort();
}

const quoted = (text: string): string => JSON.stringify(text);
