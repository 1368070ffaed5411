import type {AdmissionRequest} from '../api/admission.js';
import {fromLabelSelector, matchesLabels} from '../api/selector/label-selector.js';

/** What webhooks, policies and bindings say of the requests they are about. */
export interface Constraints {
	readonly resourceRules?: readonly any[];
	readonly excludeResourceRules?: readonly any[];
	readonly namespaceSelector?: any;
	readonly objectSelector?: any;
}

/** Models apiserver/pkg/admission/plugin/webhook/predicates and policy/matching. */
export function matches(
	{resourceRules, excludeResourceRules, namespaceSelector, objectSelector}: Constraints,
	request: AdmissionRequest,
): boolean {
	const ruled = (rules: readonly any[]) => rules.some(rule => isRuled(rule, request));
	if ((resourceRules && !ruled(resourceRules)) || ruled(excludeResourceRules ?? [])) return false;
	const {kind, draft, old} = request;
	const home = kind.namespaced ? namespaceOf(request)?.metadata.labels : kind.plural === 'namespaces' ? draft?.metadata.labels : undefined;
	const inNamespace = !kind.namespaced || matchesLabels(fromLabelSelector(namespaceSelector ?? {}) ?? [], home);
	return inNamespace && matchesLabels(fromLabelSelector(objectSelector ?? {}) ?? [], (draft ?? old)?.metadata.labels);
}

export const namespaceOf = ({kind, namespace, reader}: AdmissionRequest) =>
	kind.namespaced ? reader.find('namespaces', undefined, namespace ?? '') : undefined;

function isRuled(rule: any, {operation, kind, subresource, name}: AdmissionRequest): boolean {
	const resource = subresource ? `${kind.plural}/${subresource}` : kind.plural;
	const scope = kind.namespaced ? 'Namespaced' : 'Cluster';
	return (
		has(rule.operations, operation.toUpperCase()) &&
		has(rule.apiGroups, kind.group) &&
		has(rule.apiVersions, kind.version) &&
		hasResource(rule.resources, resource) &&
		(!rule.resourceNames?.length || rule.resourceNames.includes(name)) &&
		(rule.scope === undefined || rule.scope === '*' || rule.scope === scope)
	);
}

const has = (list: readonly string[] | undefined, value: string) => list?.some(one => one === '*' || one === value) ?? false;

/** A star alone is every resource without its subresources; with a slash, one half of the two. */
function hasResource(list: readonly string[] | undefined, wanted: string): boolean {
	const [resource, subresource = ''] = wanted.split('/');
	return (
		list?.some(one => {
			const [name, below = ''] = one.split('/');
			return (name === '*' || name === resource) && (below === '*' || below === subresource);
		}) ?? false
	);
}
