import type {Attributes, Authorizer} from '../../api/authorizer.js';
import type {Reader} from '../../api/client.js';
import type {KubeObject} from '../../api/object.js';
import {rulesFor} from './rules.js';

/** RBAC alone; kubelets are the node authorizer's business. */
export const authorizer: Authorizer = {
	rules: (user, namespace, reader) => [...rulesFor(user, namespace, reader)].map(({rule}) => rule),
	authorize(attributes, reader) {
		if (attributes.user.groups.includes('system:masters') || isControlPlane(attributes)) return {allowed: true, reason: ''};
		const answers = answersFor(reader);
		const {user, verb, group, resource, subresource, namespace, name, path} = attributes;
		const question = [user.name, verb, group, resource, subresource, namespace, name, path, ...user.groups].join('\n');
		let answer = answers.get(question);
		if (!answer) {
			answer = decide(attributes, reader);
			if (answers.size < answersMax) answers.set(question, answer);
		}

		return answer;
	},
};

type Answer = {allowed: boolean; reason: string};
const answersMax = 5000;
const sources = ['clusterrolebindings', 'rolebindings', 'clusterroles', 'roles'].map(plural => `${plural}.rbac.authorization.k8s.io`);
/** Components ask the same thing for ever; the answers hold until a role or a binding is written (the store then lists anew). */
const remembered = new WeakMap<Reader, {lists: readonly unknown[]; answers: Map<string, Answer>}>();

function answersFor(reader: Reader): Map<string, Answer> {
	const lists = sources.map(resource => reader.list(resource));
	let standing = remembered.get(reader);
	if (!standing || standing.lists.some((list, index) => list !== lists[index])) {
		standing = {lists, answers: new Map()};
		remembered.set(reader, standing);
	}

	return standing.answers;
}

function decide(attributes: Attributes, reader: Reader): Answer {
	for (const {rule, because} of rulesFor(attributes.user, attributes.namespace, reader))
		if (covers(rule, attributes)) return {allowed: true, reason: because};
	return {allowed: false, reason: missingRoles(attributes, reader)};
}

/**
 * The control plane's own parts are not asked what they do all day. Their roles are there to be read (`cluster/bootstrap`); several of
 * our loops do under one name what the real ones share out among many.
 */
function isControlPlane({user}: Attributes): boolean {
	return (
		['system:apiserver', 'system:kube-controller-manager', 'system:kube-scheduler'].includes(user.name) ||
		/^system:serviceaccount:kube-system:[a-z-]+-(controller|collector|cleaner)$/.test(user.name)
	);
}

const hasVerb = (rule: any, verb: string): boolean => rule.verbs?.some((one: string) => one === '*' || one === verb) ?? false;

export function covers(rule: any, {verb, group, resource, subresource, name, path}: Attributes): boolean {
	if (!hasVerb(rule, verb)) return false;
	if (path !== undefined)
		return (
			rule.nonResourceURLs?.some(
				(url: string) => url === '*' || url === path || (url.endsWith('*') && path.startsWith(url.slice(0, -1))),
			) ?? false
		);
	const wanted = subresource ? `${resource}/${subresource}` : resource;
	const inGroup = rule.apiGroups?.some((one: string) => one === '*' || one === group);
	const isResource = rule.resources?.some((one: string) => one === '*' || one === wanted || (subresource && one === `*/${subresource}`));
	const isNamed = !rule.resourceNames?.length || (name !== undefined && rule.resourceNames.includes(name));
	return Boolean(inGroup && isResource && isNamed);
}

/** The server names bindings whose role is gone. */
function missingRoles({user, namespace}: Attributes, reader: Reader): string {
	const bindings: readonly KubeObject[] = [
		...reader.list('clusterrolebindings.rbac.authorization.k8s.io'),
		...(namespace ? reader.list('rolebindings.rbac.authorization.k8s.io', {namespace}) : []),
	];
	const lost = bindings
		.filter(binding => binding['subjects']?.some((subject: any) => subject.kind === 'User' && subject.name === user.name))
		.filter(({roleRef, metadata}) => {
			const plural = roleRef.kind === 'Role' ? 'roles' : 'clusterroles';
			return !reader.find(`${plural}.rbac.authorization.k8s.io`, roleRef.kind === 'Role' ? metadata.namespace : undefined, roleRef.name);
		})
		.map(({roleRef}) => `${roleRef.kind.toLowerCase()}.rbac.authorization.k8s.io "${roleRef.name}" not found`);
	return lost.length > 0 ? `RBAC: ${lost.length === 1 ? lost[0] : `[${lost.join(', ')}]`}` : '';
}
