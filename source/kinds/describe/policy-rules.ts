export interface PolicyRule {
	readonly verbs?: readonly string[];
	readonly apiGroups?: readonly string[];
	readonly resources?: readonly string[];
	readonly resourceNames?: readonly string[];
	readonly nonResourceURLs?: readonly string[];
}

/** One rule for each group, resource and name; those that differ only in their verbs become one, and all are sorted as kubectl prints them. */
export function compactRules(rules: readonly PolicyRule[]): PolicyRule[] {
	const simple = new Map<string, PolicyRule & {verbs: string[]}>();
	const compacted: PolicyRule[] = [];
	for (const rule of rules.flatMap(breakdown)) {
		const isSimple =
			(rule.resourceNames?.length ?? 0) <= 1 &&
			(rule.nonResourceURLs?.length ?? 0) === 0 &&
			rule.resources?.length === 1 &&
			rule.apiGroups?.length === 1;
		if (!isSimple) {
			compacted.push(rule);
			continue;
		}

		const key = `${rule.apiGroups![0]}/${rule.resources![0]}/${rule.resourceNames?.[0] ?? ''}`;
		const same = simple.get(key);
		if (same) same.verbs.push(...(rule.verbs ?? []).filter(verb => !same.verbs.includes(verb)));
		else simple.set(key, {...rule, verbs: [...(rule.verbs ?? [])]});
	}

	return [...compacted, ...simple.values()].sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : sortKey(a) > sortKey(b) ? 1 : 0));
}

function breakdown(rule: PolicyRule): PolicyRule[] {
	const verbs = rule.verbs ?? [];
	const resources = (rule.apiGroups ?? []).flatMap(group =>
		(rule.resources ?? []).flatMap(resource => {
			const names = rule.resourceNames && rule.resourceNames.length > 0 ? rule.resourceNames.map(name => ({resourceNames: [name]})) : [{}];
			return verbs.flatMap(verb => names.map(name => ({verbs: [verb], apiGroups: [group], resources: [resource], ...name})));
		}),
	);
	const paths = (rule.nonResourceURLs ?? []).flatMap(url => verbs.map(verb => ({verbs: [verb], nonResourceURLs: [url]})));
	return [...resources, ...paths];
}

/** `deployments.apps/scale` */
export function resourceOf({resources, apiGroups}: PolicyRule): string {
	const resource = resources?.[0];
	if (resource === undefined) return '';
	const group = apiGroups?.[0] ?? '';
	if (group === '') return resource;
	const slash = resource.indexOf('/');
	return slash === -1 ? `${resource}.${group}` : `${resource.slice(0, slash)}.${group}${resource.slice(slash)}`;
}

/** How Go prints a rule, by which rules are sorted (rbac.SortableRuleSlice). */
function sortKey({verbs = [], apiGroups = [], resources = [], resourceNames = [], nonResourceURLs = []}: PolicyRule): string {
	return `Verbs:[${verbs.join(' ')}],APIGroups:[${apiGroups.join(' ')}],Resources:[${resources.join(' ')}],ResourceNames:[${resourceNames.join(' ')}],NonResourceURLs:[${nonResourceURLs.join(' ')}],`;
}
