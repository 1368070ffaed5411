/**
 * Rules of RBAC as the tables here write them: `verbs | groups | resources | names`, or `get | /path /path/*` for addresses that are no
 * resource. `core` stands for the group without a name. A builder in kube-apiserver sorts every part, so the tables need no order.
 */
export function ruleOf(line: string): Record<string, readonly string[]> {
	const [verbs, ...rest] = line.split(' | ').map(words);
	if (rest.length === 1) return {nonResourceURLs: rest[0]!, verbs: verbs!};
	const [groups, resources, names] = rest;
	return {
		apiGroups: groups!.map(group => (group === 'core' ? '' : group)).sort(),
		resources: resources!,
		...(names && {resourceNames: names}),
		verbs: verbs!,
	};
}

const words = (text: string): string[] => text.split(' ').sort();

export const read = 'get list watch';
export const write = 'create delete deletecollection patch update';
/** Every part of the control plane may tell what it did. */
export const events = 'create patch update | core events.k8s.io | events';
/** What a server needs that asks kube-apiserver who its callers are. */
export const delegatedAuth = ['create | authentication.k8s.io | tokenreviews', 'create | authorization.k8s.io | subjectaccessreviews'];
